package dev.anneal.data.prepare;

import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.ColumnSummary;
import java.util.Arrays;
import java.util.Locale;

/** What there is to predict. */
public enum Task {
  /** One of some classes. */
  CLASSIFICATION,

  /** A quantity. */
  REGRESSION;

  /** More different numbers than these are a quantity, as ratings and digits are not. */
  static final int MOST_CLASSES = 20;

  /**
   * The one that a column is likely meant for.
   *
   * @param target the column to predict
   * @return regression for days, and for numbers with fractions or of more than 20 values
   */
  public static Task of(Column target) {
    return switch (target) {
      case Categorical _ -> CLASSIFICATION;
      case Numeric numbers ->
          numbers.written().isDays()
                  || hasFractions(numbers)
                  || ColumnSummary.of(numbers).distinct() > MOST_CLASSES
              ? REGRESSION
              : CLASSIFICATION;
    };
  }

  /** Whether a number is no whole one. */
  static boolean hasFractions(Numeric numbers) {
    return Arrays.stream(numbers.values())
        .anyMatch(value -> !Double.isNaN(value) && value != Math.rint(value));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
