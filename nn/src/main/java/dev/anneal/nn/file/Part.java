package dev.anneal.nn.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Moves some numbers between an array and the beginning of a buffer, so that a file of any size
 * passes through one small buffer. Bits stay as they are: a NaN keeps its payload.
 *
 * @param <A> the type of the array
 */
@FunctionalInterface
interface Part<A> {
  /**
   * Moves numbers.
   *
   * @param buffer in the byte order of the format, at position 0
   * @param values the array
   * @param from index of the first number in the array
   * @param count how many
   */
  void move(ByteBuffer buffer, A values, int from, int count);

  /** A buffer to go through. */
  static ByteBuffer buffer() {
    return ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  }
}
