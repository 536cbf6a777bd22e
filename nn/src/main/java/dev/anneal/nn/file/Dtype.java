package dev.anneal.nn.file;

import java.util.List;

/** The types of numbers that are read, by the names that the format gives them. */
enum Dtype {
  F64(Double.BYTES),
  F32(Float.BYTES),
  F16(Short.BYTES),
  BF16(Short.BYTES),
  I64(Long.BYTES),
  I32(Integer.BYTES),
  U8(Byte.BYTES);

  /** Bytes of a number in a file. */
  final int bytes;

  Dtype(int bytes) {
    this.bytes = bytes;
  }

  /** The type that an array is written in. */
  static Dtype of(StoredArray array) {
    return switch (array) {
      case StoredArray.F64 _ -> F64;
      case StoredArray.F32 _ -> F32;
      case StoredArray.I64 _ -> I64;
      case StoredArray.I32 _ -> I32;
      case StoredArray.U8 _ -> U8;
    };
  }

  /** How many numbers a shape has; -1 if an extent is negative or there are more than 2^63. */
  static long count(List<Long> shape) {
    long count = 1;
    for (long extent : shape) {
      if (extent < 0 || Math.multiplyHigh(count, extent) != 0 || count * extent < 0) {
        return -1;
      }
      count *= extent;
    }
    return count;
  }
}
