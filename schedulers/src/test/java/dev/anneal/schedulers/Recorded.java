package dev.anneal.schedulers;

import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** A history of one metric, whatever its name. */
record Recorded(double... values) implements MetricHistory {
  static Recorded of(List<Double> values) {
    return new Recorded(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Ties, negative numbers, the infinities and NaN among them. */
  static Arbitrary<Recorded> any() {
    Arbitrary<Double> metric =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(-3, 3).map(n -> n / 2.0)),
            Tuple.of(6, Arbitraries.doubles().between(-2, 2)),
            Tuple.of(1, Arbitraries.of(Double.NaN)),
            Tuple.of(1, Arbitraries.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300)));
    return metric.list().ofMinSize(1).ofMaxSize(40).map(Recorded::of);
  }

  @Override
  public int epochs() {
    return values.length;
  }

  @Override
  public double value(String metric, int epoch) {
    return values[epoch];
  }

  /** A run that has recorded all this, an epoch of some length each. */
  Cursor run(int perEpoch) {
    return new Cursor(perEpoch, (long) perEpoch * (values.length + 1), this);
  }
}
