package dev.anneal.nn.file;

import java.util.List;
import java.util.stream.LongStream;

/**
 * An array as a file keeps it: numbers of one type in row-major order, and a shape. The numbers are
 * not copied: who makes one changes them no more. Two are equal only if they share their numbers.
 */
@SuppressWarnings("ArrayRecordComponent") // as large as a model: never copied, never compared
public sealed interface StoredArray {
  /**
   * The extents.
   *
   * @return each 0 or more; their product is the number of values; none for a single number
   */
  List<Long> shape();

  /**
   * Numbers of 32 bits.
   *
   * @param shape the extents
   * @param values as many as the shape says
   */
  record F32(List<Long> shape, float[] values) implements StoredArray {
    /** Checks the shape. */
    public F32 {
      shape = checked(shape, values.length);
    }
  }

  /**
   * Numbers of 64 bits.
   *
   * @param shape the extents
   * @param values as many as the shape says
   */
  record F64(List<Long> shape, double[] values) implements StoredArray {
    /** Checks the shape. */
    public F64 {
      shape = checked(shape, values.length);
    }
  }

  /**
   * Whole numbers of 64 bits.
   *
   * @param shape the extents
   * @param values as many as the shape says
   */
  record I64(List<Long> shape, long[] values) implements StoredArray {
    /** Checks the shape. */
    public I64 {
      shape = checked(shape, values.length);
    }
  }

  /**
   * Whole numbers of 32 bits.
   *
   * @param shape the extents
   * @param values as many as the shape says
   */
  record I32(List<Long> shape, int[] values) implements StoredArray {
    /** Checks the shape. */
    public I32 {
      shape = checked(shape, values.length);
    }
  }

  /**
   * Bytes without sign.
   *
   * @param shape the extents
   * @param values as many as the shape says
   */
  record U8(List<Long> shape, byte[] values) implements StoredArray {
    /** Checks the shape. */
    public U8 {
      shape = checked(shape, values.length);
    }
  }

  /**
   * Numbers of 32 bits.
   *
   * @param values in row-major order
   * @param shape the extents
   * @return the array
   * @throws IllegalArgumentException if the shape asks for another number of values
   */
  static F32 of(float[] values, long... shape) {
    return new F32(list(shape), values);
  }

  /**
   * Numbers of 64 bits.
   *
   * @param values in row-major order
   * @param shape the extents
   * @return the array
   * @throws IllegalArgumentException if the shape asks for another number of values
   */
  static F64 of(double[] values, long... shape) {
    return new F64(list(shape), values);
  }

  /**
   * Whole numbers of 64 bits.
   *
   * @param values in row-major order
   * @param shape the extents
   * @return the array
   * @throws IllegalArgumentException if the shape asks for another number of values
   */
  static I64 of(long[] values, long... shape) {
    return new I64(list(shape), values);
  }

  /**
   * Whole numbers of 32 bits.
   *
   * @param values in row-major order
   * @param shape the extents
   * @return the array
   * @throws IllegalArgumentException if the shape asks for another number of values
   */
  static I32 of(int[] values, long... shape) {
    return new I32(list(shape), values);
  }

  /**
   * Bytes without sign.
   *
   * @param values in row-major order
   * @param shape the extents
   * @return the array
   * @throws IllegalArgumentException if the shape asks for another number of values
   */
  static U8 of(byte[] values, long... shape) {
    return new U8(list(shape), values);
  }

  private static List<Long> list(long... shape) {
    return LongStream.of(shape).boxed().toList();
  }

  private static List<Long> checked(List<Long> shape, int values) {
    if (Dtype.count(shape) != values) {
      throw new IllegalArgumentException("%d values for the shape %s".formatted(values, shape));
    }
    return List.copyOf(shape);
  }
}
