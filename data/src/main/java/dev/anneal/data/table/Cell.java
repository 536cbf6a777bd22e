package dev.anneal.data.table;

import dev.anneal.api.numeric.Numbers;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of a field may be.
 *
 * @param decimal point or comma
 */
record Cell(char decimal) {
  private static final Set<String> MISSING =
      Set.of("", "?", "na", "n/a", "nan", "null", "none", "#n/a");

  private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})([T ].*)?");
  private static final Pattern DAY_FIRST =
      Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})( .*)?");

  static boolean isMissing(String text) {
    return MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** A number; thousands may be apart. */
  OptionalDouble number(String text) {
    String pointed = decimal == ',' ? swapped(text) : text;
    return Numbers.parse(THOUSANDS.matcher(pointed).matches() ? pointed.replace(",", "") : pointed);
  }

  /** With points for commas, and the reverse. */
  private static String swapped(String text) {
    return text.replace('.', '\0').replace(',', '.').replace('\0', ',');
  }

  /** Days since 1970: of {@code 2026-11-27} or {@code 27.11.2026}, whatever time of day follows. */
  static OptionalDouble date(String text) {
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
