package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.List;
import java.util.stream.IntStream;

/** Some of other samples, which are shared and not copied. */
public final class Selection implements Samples {
  private final Samples whole;
  private final int[] rows;

  /** Takes the array without a copy: nobody else may change it. */
  Selection(Samples whole, int[] rows) {
    this.whole = whole;
    this.rows = rows;
  }

  /**
   * Picks samples.
   *
   * @param samples of these
   * @param rows which of them, in this order; at least one
   * @return the selection
   * @throws InputException if there are none, or there is no such sample
   */
  public static Selection of(Samples samples, int... rows) {
    if (rows.length == 0) {
      throw new InputException("a selection needs at least one sample");
    }
    for (int row : rows) {
      if (row < 0 || row >= samples.size()) {
        throw new InputException(
            "there is no sample %d; give 0 to %d".formatted(row, samples.size() - 1));
      }
    }
    return new Selection(samples, rows.clone());
  }

  /**
   * Cuts a range out of samples.
   *
   * @param samples what to cut
   * @param from first sample, from 0
   * @param to one after the last sample, at most {@code samples.size()}
   * @return samples {@code from} to {@code to - 1}, in the same order
   * @throws InputException if the range is empty or not within the samples
   */
  public static Selection range(Samples samples, int from, int to) {
    if (from < 0 || from >= to || to > samples.size()) {
      throw new InputException(
          "samples %d to %d (excluded) are not a range of the %d samples; give 0 <= from < to <= %3$d"
              .formatted(from, to, samples.size()));
    }
    return new Selection(samples, IntStream.range(from, to).toArray());
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int features() {
    return whole.features();
  }

  @Override
  public List<Integer> shape() {
    return whole.shape();
  }

  @Override
  public int classes() {
    return whole.classes();
  }

  @Override
  public int targets() {
    return whole.targets();
  }

  @Override
  public void copy(int sample, float[] to, int at) {
    whole.copy(rows[sample], to, at);
  }

  @Override
  public int label(int sample) {
    return whole.label(rows[sample]);
  }

  @Override
  public void target(int sample, float[] to, int at) {
    whole.target(rows[sample], to, at);
  }

  @Override
  public Samples epoch(int number) {
    return new Selection(whole.epoch(number), rows);
  }

  @Override
  public boolean weighted() {
    return whole.weighted();
  }

  @Override
  public float weight(int sample) {
    return whole.weight(rows[sample]);
  }
}
