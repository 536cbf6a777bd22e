package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.Objects;

/** A range of other samples, which are shared and not copied. */
public final class Slice implements Samples {
  private final Samples whole;
  private final int start;
  private final int size;

  private Slice(Samples whole, int start, int size) {
    this.whole = whole;
    this.start = start;
    this.size = size;
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
  public static Slice of(Samples samples, int from, int to) {
    if (from < 0 || from >= to || to > samples.size()) {
      throw new InputException(
          "samples %d to %d (excluded) are not a range of the %d samples; give 0 <= from < to <= %3$d"
              .formatted(from, to, samples.size()));
    }
    return new Slice(samples, from, to - from);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int features() {
    return whole.features();
  }

  @Override
  public int classes() {
    return whole.classes();
  }

  @Override
  public void copy(int sample, float[] to, int at) {
    whole.copy(start + Objects.checkIndex(sample, size), to, at);
  }

  @Override
  public int targets() {
    return whole.targets();
  }

  @Override
  public int label(int sample) {
    return whole.label(start + Objects.checkIndex(sample, size));
  }

  @Override
  public void target(int sample, float[] to, int at) {
    whole.target(start + Objects.checkIndex(sample, size), to, at);
  }
}
