package dev.anneal.data.table;

import dev.anneal.api.numeric.Numbers;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A column of a table.
 *
 * <p>Of each there is a value a row, or none where the file has nothing, {@code ?}, {@code NA},
 * {@code NaN} or {@code null}.
 */
public sealed interface Column {
  /**
   * What it is called.
   *
   * @return its name in the header; without one its place, counted from 1
   */
  String name();

  /**
   * How many rows have no value.
   *
   * @return at least 0
   */
  int missing();

  /** What the numbers of a column are written as. */
  enum Written {
    /** As numbers. */
    NUMBERS,
    /**
     * As days, which become days since 1970, with the time of day (UTC) as a fraction; the day
     * before the month where that is in doubt.
     */
    DATES,
    /** Likewise, the month before the day. */
    MONTH_FIRST_DATES;

    /**
     * Whether they are days.
     *
     * @return whether they became days since 1970
     */
    public boolean isDays() {
      return this != NUMBERS;
    }

    /**
     * Reads one as a column of these is written.
     *
     * @param text without blanks around it
     * @return the number; nothing where it is none
     */
    public OptionalDouble number(String text) {
      return switch (this) {
        case NUMBERS -> Numbers.parse(text);
        case DATES -> optional(Days.DAY_FIRST.of(text));
        case MONTH_FIRST_DATES -> optional(Days.MONTH_FIRST.of(text));
      };
    }

    private static OptionalDouble optional(double value) {
      return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /**
   * Numbers.
   *
   * @param name see {@link #name()}
   * @param written as what
   * @param values one a row, NaN where there is none; not to be changed
   * @param missing how many are NaN
   */
  @SuppressWarnings("ArrayRecordComponent") // a holder of numbers: shared, never compared
  record Numeric(String name, Written written, double[] values, int missing) implements Column {}

  /**
   * Texts.
   *
   * @param name see {@link #name()}
   * @param categories the different texts, in the order of their letters
   * @param codes the index of the text of each row, -1 where there is none; not to be changed
   * @param missing how many are -1
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Categorical(String name, List<String> categories, int[] codes, int missing)
      implements Column {
    /** Copies the list. */
    public Categorical {
      categories = List.copyOf(categories);
    }
  }
}
