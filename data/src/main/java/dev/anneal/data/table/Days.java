package dev.anneal.data.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days as texts. */
final class Days {
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})([T ].*)?");
  private static final Pattern DAY_FIRST =
      Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})( .*)?");

  private Days() {}

  /** Days since 1970: of {@code 2026-11-27} or {@code 27.11.2026}, whatever time of day follows. */
  static OptionalDouble of(String text) {
    Matcher year = YEAR_FIRST.matcher(text);
    if (year.matches()) {
      return day(year.group(1), year.group(2), year.group(3));
    }
    Matcher day = DAY_FIRST.matcher(text);
    return day.matches() ? day(day.group(3), day.group(2), day.group(1)) : OptionalDouble.empty();
  }

  private static OptionalDouble day(String year, String month, String day) {
    try {
      return OptionalDouble.of(
          (double)
              LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
                  .toEpochDay());
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }
}
