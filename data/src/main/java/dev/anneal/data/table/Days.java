package dev.anneal.data.table;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Days as texts, with or without the time of day. What is written in another order than its
 * separators tell, {@code 04/03/2026}, has two readings.
 */
enum Days {
  DAY_FIRST,
  MONTH_FIRST;

  private static final double NANOS = 86_400e9;

  private static final String TIME =
      "(?:(?:T|\\s+)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?"
          + "(?:\\s?(?<half>[AaPp])[Mm])?\\s?(?<zone>Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?)?";

  /** Those that have one reading. */
  private static final List<Pattern> CLEAR =
      List.of(
          pattern("(?<year>\\d{4})([-/])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})"),
          pattern("(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.(?<year>\\d{4})"),
          pattern("(?<month>[A-Za-z]{3,9})\\.? (?<day>\\d{1,2}),? (?<year>\\d{4})"),
          pattern("(?<day>\\d{1,2})\\.?[- ](?<month>[A-Za-z]{3,9})\\.?[- ](?<year>\\d{4})"));

  private static final Pattern DAY_MONTH =
      pattern("(?<day>\\d{1,2})([-/])(?<month>\\d{1,2})\\2(?<year>\\d{4})");
  private static final Pattern MONTH_DAY =
      pattern("(?<month>\\d{1,2})([-/])(?<day>\\d{1,2})\\2(?<year>\\d{4})");

  private static Pattern pattern(String date) {
    return Pattern.compile(date + TIME);
  }

  /**
   * Reads a day.
   *
   * @return days since 1970, with the time of day as a fraction; NaN where it is no day
   */
  double of(String text) {
    for (Pattern pattern : CLEAR) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        return days(matcher);
      }
    }
    Matcher matcher = (this == DAY_FIRST ? DAY_MONTH : MONTH_DAY).matcher(text);
    return matcher.matches() ? days(matcher) : Double.NaN;
  }

  private static double days(Matcher text) {
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(text.group("year")),
              month(text.group("month")),
              Integer.parseInt(text.group("day")));
      return text.group("hour") == null ? day.toEpochDay() : days(day.atTime(time(text)), text);
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  private static double days(LocalDateTime local, Matcher text) {
    String zone = text.group("zone");
    LocalDateTime utc =
        zone == null || zone.equals("UTC")
            ? local
            : local.minusSeconds(ZoneOffset.of(zone).getTotalSeconds());
    return utc.toLocalDate().toEpochDay() + utc.toLocalTime().toNanoOfDay() / NANOS;
  }

  private static LocalTime time(Matcher text) {
    int hour = Integer.parseInt(text.group("hour"));
    String half = text.group("half");
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("no such hour");
      }
      hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
    }
    return LocalTime.of(
        hour,
        Integer.parseInt(text.group("minute")),
        number(text.group("second")),
        number(nanos(text.group("fraction"))));
  }

  private static @Nullable String nanos(@Nullable String fraction) {
    return fraction == null ? null : (fraction + "00000000").substring(0, 9);
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** As a number or by its English name, which may be cut. */
  private static int month(String text) {
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text);
    }
    return Arrays.stream(Month.values())
        .filter(month -> month.name().startsWith(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new DateTimeException("no such month"))
        .getValue();
  }

  /** Writes days since 1970 so that they are read back; no time of day is midnight. */
  static String print(double days) {
    double whole = Math.floor(days);
    LocalDateTime time =
        LocalDate.ofEpochDay((long) whole)
            .atStartOfDay()
            .plusNanos(Math.round((days - whole) * NANOS));
    return (time.toLocalTime().equals(LocalTime.MIDNIGHT) ? time.toLocalDate() : time).toString();
  }
}
