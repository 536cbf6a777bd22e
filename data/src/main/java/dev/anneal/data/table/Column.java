package dev.anneal.data.table;

import java.util.List;

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
    /** As days, which become days since 1970, with the time of day (UTC) as a fraction. */
    DATES
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
