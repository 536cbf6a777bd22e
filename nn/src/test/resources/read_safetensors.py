"""Prints a safetensors file, read as the format is described and with Python alone."""

import json
import struct
import sys
import zlib

with open(sys.argv[1], "rb") as file:
    content = file.read()
(length,) = struct.unpack("<Q", content[:8])
header = json.loads(content[8 : 8 + length])
data = content[8 + length :]
metadata = header.pop("__metadata__")
digits = metadata.pop("crc32").encode()
assert content.count(digits) == 1
assert b"%08x" % zlib.crc32(content.replace(digits, b"0" * 8)) == digits
print(json.dumps(metadata))
for name, array in header.items():
    letter = {"F64": "d", "F32": "f", "I64": "q", "I32": "i", "U8": "B"}[array["dtype"]]
    begin, end = array["data_offsets"]
    values = struct.unpack("<%d%s" % ((end - begin) // struct.calcsize(letter), letter), data[begin:end])
    print(json.dumps([name, array["dtype"], array["shape"], values]))
