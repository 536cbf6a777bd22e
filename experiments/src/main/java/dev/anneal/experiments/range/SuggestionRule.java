package dev.anneal.experiments.range;

import dev.anneal.experiments.range.Suggestion.None;
import dev.anneal.experiments.range.Suggestion.Value;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a curve suggests a rate. Each looks at the smoothed loss from the end of the start, a tenth
 * of the ladder, to its minimum.
 */
public enum SuggestionRule {
  /** A tenth of the rate at the minimum (fastai's {@code minimum}). */
  MINIMUM_OVER_TEN("minimum/10") {
    @Override
    Suggestion suggest(RangeCurve curve) {
      if (curve.fallsToTheTop()) {
        return new None("the loss still falls at the top of the ladder: climb higher (--to)");
      }
      return curve.atMinimum() == curve.lead()
          ? new None("the loss is least at the start of the ladder: begin lower (--from)")
          : new Value(curve.rate(curve.atMinimum()) / 10);
    }
  },

  /**
   * Half as many steps before its end as the longest sequence of steps has, each of which has a
   * lower loss than the one before: its middle, were it without gaps (fastai's {@code valley}). The
   * middle of the very sequence would lie in the noise of the start where the fall is short.
   */
  VALLEY("valley") {
    @Override
    Suggestion suggest(RangeCurve curve) {
      int from = curve.lead();
      int[] length = new int[curve.atMinimum() + 1];
      int end = from;
      for (int i = from; i < length.length; i++) {
        length[i] = 1;
        for (int j = from; j < i; j++) {
          if (curve.smoothed(j) > curve.smoothed(i)) {
            length[i] = Math.max(length[i], length[j] + 1);
          }
        }
        end = length[i] > length[end] ? i : end;
      }
      return new Value(curve.rate(end - length[end] / 2));
    }
  },

  /** Where the loss falls fastest with the logarithm of the rate. A lottery on noisy curves. */
  STEEPEST_DESCENT("steepest descent") {
    @Override
    Suggestion suggest(RangeCurve curve) {
      int steepest =
          IntStream.rangeClosed(curve.lead(), curve.atMinimum())
              .boxed()
              .min(Comparator.comparingDouble(curve::slopeOverLogarithm))
              .orElseThrow();
      return new Value(curve.rate(steepest));
    }
  },

  /**
   * An interval of 15 steps slides down from the minimum until the slopes at its ends differ by no
   * more than half a percent of the fall a step: its lower end (after the interval slide rule of
   * ESRI and fastai, whose bound is 0.005 whatever the loss).
   */
  SLIDE("slide") {
    private static final int WIDTH = 15;
    private static final double SAME = 0.005;

    @Override
    Suggestion suggest(RangeCurve curve) {
      double most = SAME * curve.fall();
      int at = Math.min(curve.atMinimum(), curve.size() - 1 - WIDTH);
      while (at >= curve.lead() && Math.abs(curve.slope(at + WIDTH) - curve.slope(at)) > most) {
        at--;
      }
      return at < curve.lead()
          ? new None("the slope of the loss is nowhere the same for 15 steps")
          : new Value(curve.rate(at));
    }
  };

  private final String words;

  SuggestionRule(String words) {
    this.words = words;
  }

  abstract Suggestion suggest(RangeCurve curve);

  /**
   * What a curve suggests.
   *
   * @param curve of one seed
   * @return a rate, or why not
   */
  public Suggestion of(RangeCurve curve) {
    Optional<String> unsupported = curve.unsupported();
    return unsupported.isPresent() ? new None(unsupported.get()) : suggest(curve);
  }

  /**
   * Its name for programs.
   *
   * @return in snake case
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return words;
  }
}
