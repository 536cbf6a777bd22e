package dev.anneal.api.schedule;

import dev.anneal.api.schedule.Duration.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A length of training as its decimal text says it, and its first iteration in exact arithmetic.
 */
record Time(BigDecimal amount, Measure measure) {
  Duration duration() {
    return new Duration(amount.doubleValue(), measure);
  }

  /** In updates. */
  BigDecimal iterations(int perEpoch, long total) {
    return switch (measure) {
      case ITERATIONS -> amount;
      case EPOCHS -> amount.multiply(BigDecimal.valueOf(perEpoch));
      case PERCENT -> amount.multiply(BigDecimal.valueOf(total)).movePointLeft(2);
    };
  }

  long first(int perEpoch, long total) {
    return ceil(iterations(perEpoch, total));
  }

  /** The first iteration on a clock of whole epochs. */
  long firstOfEpoch(int perEpoch, long total) {
    BigDecimal epochs =
        iterations(perEpoch, total).divide(BigDecimal.valueOf(perEpoch), 30, RoundingMode.CEILING);
    return ceil(epochs.setScale(20, RoundingMode.HALF_EVEN)) * perEpoch;
  }

  private static long ceil(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  static Arbitrary<Time> any() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 20).map(BigDecimal::valueOf),
            Arbitraries.integers().between(0, 2000).map(cents -> BigDecimal.valueOf(cents, 2)));
    return Combinators.combine(amounts, Arbitraries.of(Measure.class)).as(Time::new);
  }
}
