package dev.anneal.data.prepare;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;

/** What stands for a number that is missing. A text that is missing is a category of its own. */
public enum Imputation {
  /** The median of the column. */
  MEDIAN("medians stand for numbers, and texts have a category for it") {
    @Override
    OptionalDouble learn(double[] sorted) {
      return OptionalDouble.of(Quantiles.of(sorted, 0.5));
    }
  },

  /** The mean of the column. */
  MEAN("means stand for numbers, and texts have a category for it") {
    @Override
    OptionalDouble learn(double[] sorted) {
      return Arrays.stream(sorted).average();
    }
  },

  /** Nothing: rows with something missing are left out. */
  DROP("such rows are left out") {
    @Override
    OptionalDouble learn(double[] sorted) {
      return OptionalDouble.empty();
    }
  },

  /** Nothing: it is refused. */
  ERROR("that is refused") {
    @Override
    OptionalDouble learn(double[] sorted) {
      return OptionalDouble.empty();
    }
  };

  private final String words;

  Imputation(String words) {
    this.words = words;
  }

  /**
   * What happens, in words.
   *
   * @return the end of a sentence
   */
  public String words() {
    return words;
  }

  /** Learns from the numbers that are there, in ascending order, at least one. */
  abstract OptionalDouble learn(double[] sorted);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
