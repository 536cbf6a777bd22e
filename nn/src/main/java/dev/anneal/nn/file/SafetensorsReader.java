package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.zip.CRC32;

/**
 * Reads a file from its beginning to its end. All rules of the format are checked before anything
 * is allocated that the file's length does not justify.
 */
final class SafetensorsReader {
  @FunctionalInterface
  private interface Widening {
    float widen(short bits);
  }

  private final String source;
  private final ReadableByteChannel channel;
  private final long length;
  private final CRC32 sum = new CRC32();
  private final ByteBuffer buffer = Part.buffer();

  SafetensorsReader(String source, ReadableByteChannel channel, long length) {
    this.source = source;
    this.channel = channel;
    this.length = length;
  }

  Safetensors read(Safetensors.Checksum checksum) throws IOException {
    try {
      return content(checksum);
    } catch (InputException e) {
      throw new InputException("%s: %s".formatted(source, e.getMessage()), e);
    }
  }

  private Safetensors content(Safetensors.Checksum wanted) throws IOException {
    byte[] json = header();
    SafetensorsHeader header = SafetensorsHeader.parse(utf8(json));
    List<HeaderEntry> entries = header.inFileOrder(length - Long.BYTES - json.length);
    String checksum = header.checksum;
    if (checksum != null) {
      Arrays.fill(json, header.digitsAt, header.digitsAt + FileChecksum.DIGITS, (byte) '0');
    } else if (wanted == Safetensors.Checksum.REQUIRED) {
      throw new InputException(
          "there is no checksum (crc32 in __metadata__); the file is damaged, or not from Anneal");
    }
    sum.update(json);
    Map<String, StoredArray> arrays = new HashMap<>();
    for (HeaderEntry entry : entries) {
      arrays.put(entry.name(), array(entry));
    }
    if (checksum != null && !checksum.equals(FileChecksum.hex(sum))) {
      throw new InputException("the checksum does not fit the content; the file is damaged");
    }
    SequencedMap<String, StoredArray> ordered = new LinkedHashMap<>();
    for (HeaderEntry entry : header.entries) {
      ordered.put(entry.name(), Objects.requireNonNull(arrays.get(entry.name())));
    }
    return new Safetensors(header.metadata, ordered);
  }

  private byte[] header() throws IOException {
    if (length < Long.BYTES) {
      throw new InputException("%d bytes are no safetensors file".formatted(length));
    }
    fill(buffer.limit(Long.BYTES));
    sum.update(buffer.duplicate());
    long size = buffer.getLong();
    if (size < 0 || size > SafetensorsHeader.LONGEST) {
      throw new InputException(
          "its first 8 bytes announce a header of %s bytes, more than the %d that the format allows"
              .formatted(Long.toUnsignedString(size), SafetensorsHeader.LONGEST));
    }
    if (size > length - Long.BYTES) {
      throw new InputException(
          "its first 8 bytes announce a header of %d bytes, but only %d follow; it is incomplete"
              .formatted(size, length - Long.BYTES));
    }
    byte[] header = new byte[(int) size];
    fill(ByteBuffer.wrap(header));
    if (size == 0 || header[0] != '{') {
      throw new InputException("the header, at byte 8, does not begin with {");
    }
    return header;
  }

  private static String utf8(byte[] header) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException("the header is not UTF-8", e);
    }
  }

  private StoredArray array(HeaderEntry entry) throws IOException {
    List<Long> shape = entry.shape();
    int count = entry.count();
    return switch (entry.type()) {
      case F64 ->
          new StoredArray.F64(
              shape,
              read(entry, new double[count], (b, to, i, n) -> b.asDoubleBuffer().get(to, i, n)));
      case F32 ->
          new StoredArray.F32(
              shape,
              read(entry, new float[count], (b, to, i, n) -> b.asFloatBuffer().get(to, i, n)));
      case F16 ->
          new StoredArray.F32(shape, read(entry, new float[count], widen(Float::float16ToFloat)));
      case BF16 ->
          new StoredArray.F32(
              shape,
              read(entry, new float[count], widen(bits -> Float.intBitsToFloat(bits << 16))));
      case I64 ->
          new StoredArray.I64(
              shape, read(entry, new long[count], (b, to, i, n) -> b.asLongBuffer().get(to, i, n)));
      case I32 ->
          new StoredArray.I32(
              shape, read(entry, new int[count], (b, to, i, n) -> b.asIntBuffer().get(to, i, n)));
      case U8 ->
          new StoredArray.U8(
              shape, read(entry, new byte[count], (b, to, i, n) -> b.get(0, to, i, n)));
    };
  }

  /** Turns numbers of 16 bits to such of 32, which have all their values. */
  private static Part<float[]> widen(Widening widening) {
    return (buffer, to, from, count) -> {
      for (int i = 0; i < count; i++) {
        to[from + i] = widening.widen(buffer.getShort(i * Short.BYTES));
      }
    };
  }

  private <A> A read(HeaderEntry entry, A values, Part<A> part) throws IOException {
    int size = entry.type().bytes;
    for (int from = 0, step; from < entry.count(); from += step) {
      step = Math.min(entry.count() - from, buffer.capacity() / size);
      fill(buffer.clear().limit(step * size));
      sum.update(buffer.duplicate());
      part.move(buffer, values, from, step);
    }
    return values;
  }

  /** Fills a buffer and makes it ready to be read. */
  private void fill(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new InputException("the file ends before the %d bytes that it had".formatted(length));
      }
    }
    bytes.flip();
  }
}
