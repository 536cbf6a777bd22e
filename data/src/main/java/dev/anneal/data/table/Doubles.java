package dev.anneal.data.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers whose count is not known before. They lie in blocks, which are never copied while there
 * come more: an array that doubles would for a moment take three times its memory.
 */
final class Doubles {
  private static final int LEAST = 16;

  /**
   * 256 KB. From half a region on, 512 KB in small heaps, G1 gives each block regions of its own.
   */
  private static final int MOST = 1 << 15;

  private final Memory memory;
  private final List<double[]> full = new ArrayList<>();
  private double[] block = new double[0];
  private int at;
  private int size;

  Doubles(Memory memory) {
    this.memory = memory;
  }

  void add(double value) {
    if (at == block.length) {
      grow();
    }
    block[at++] = value;
    size++;
  }

  private void grow() {
    if (at > 0) {
      full.add(block);
    }
    int next = Math.clamp(size, LEAST, MOST);
    memory.take(next * (long) Double.BYTES);
    block = new double[next];
    at = 0;
  }

  int size() {
    return size;
  }

  /** All of them; none are left. */
  double[] toArray() {
    memory.take(size * (long) Double.BYTES);
    double[] all = new double[size];
    int to = 0;
    for (double[] each : full) {
      System.arraycopy(each, 0, all, to, each.length);
      to += each.length;
    }
    System.arraycopy(block, 0, all, to, at);
    clear();
    return all;
  }

  void clear() {
    full.forEach(each -> memory.give(each.length * (long) Double.BYTES));
    memory.give(block.length * (long) Double.BYTES);
    full.clear();
    block = new double[0];
    at = 0;
    size = 0;
  }
}
