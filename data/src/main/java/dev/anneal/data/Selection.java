package dev.anneal.data;

import dev.anneal.core.sample.Samples;

/**
 * Some of other samples, which are shared and not copied.
 *
 * @param whole the others
 * @param rows which of them, in this order; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a view: shared, never compared
public record Selection(Samples whole, int[] rows) implements Samples {
  @Override
  public int size() {
    return rows.length;
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
}
