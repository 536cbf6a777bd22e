package dev.anneal.data.table;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the text of a field may be: a number, or missing. */
final class Cell {
  private static final Set<String> USUAL =
      Set.of("", "?", "na", "n/a", "nan", "null", "none", "#n/a");

  /** In an attribute-relation file a category may well be {@code none}. */
  private static final Set<String> USUAL_IN_ARFF = Set.of("", "?", "nan");

  private static final int LONGEST_USUAL = 4;
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

  static final char NO_MARK = 0;

  /** Powers of ten that are doubles without an error. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** So many digits are a long. */
  private static final int DIGITS = 18;

  /** Whole numbers up to it are doubles without an error. */
  private static final long EXACT = 1L << 53;

  private static final int NO_EXPONENT = Integer.MIN_VALUE;

  /** An exponent beyond all doubles, however many digits a number has. */
  private static final int HUGE = 1 << 21;

  private final Set<String> usual;
  private final Set<String> missing;
  private final char decimal;
  private final Pattern thousands;
  private final Pattern apart;

  /**
   * Looks for numbers of a kind.
   *
   * @param decimal point or comma
   * @param thousands between groups of three digits; any of the spaces is all of them
   * @param usual texts that are no values, in small letters
   * @param missing further ones, as they are
   */
  private Cell(char decimal, char thousands, Set<String> usual, Set<String> missing) {
    this.usual = usual;
    this.missing = missing;
    this.decimal = decimal;
    apart = Pattern.compile(apart(thousands));
    this.thousands = thousands(thousands, decimal);
  }

  static Cell of(Dialect dialect, Set<String> missing) {
    return new Cell(
        dialect.decimal(), dialect.thousands(), dialect.arff() ? USUAL_IN_ARFF : USUAL, missing);
  }

  static Cell of(char decimal, char thousands, Set<String> missing) {
    return new Cell(decimal, thousands, USUAL, missing);
  }

  /** A number whose thousands are apart. No zero is in front: {@code 0,123} is no such number. */
  static Pattern thousands(char mark, char decimal) {
    return Pattern.compile(
        "[+-]?[1-9]\\d{0,2}(%s\\d{3})+(%s\\d*)?"
            .formatted(apart(mark), Pattern.quote(Character.toString(decimal))));
  }

  private static String apart(char mark) {
    return switch (mark) {
      case ' ' -> "[ \u00a0\u202f]";
      case '\'' -> "['\u2019]";
      default -> Pattern.quote(Character.toString(mark));
    };
  }

  boolean isMissing(String text) {
    return missing.contains(text) || isOf(usual, text);
  }

  /** Whether it stands for a missing value, unless something else is said. */
  static boolean isUsuallyMissing(String text) {
    return isOf(USUAL, text);
  }

  private static boolean isOf(Set<String> marks, String text) {
    return text.length() <= LONGEST_USUAL && marks.contains(text.toLowerCase(Locale.ROOT));
  }

  /** Whether a number stands for a missing value, as -999 may. */
  boolean isMissing(char[] text, int from, int end) {
    return !missing.isEmpty() && missing.contains(new String(text, from, end - from));
  }

  /** Whether it is a number, with or without a mark or zeros in front. */
  boolean isNumber(String text) {
    String plain = unmarked(signed(text));
    return !Double.isNaN(number(plain.toCharArray(), 0, plain.length(), false));
  }

  /** The sign of a currency or percent sign before or after what may be a number. */
  static char mark(String text) {
    if (text.isEmpty()) {
      return NO_MARK;
    }
    char first = text.charAt(text.length() > 1 && "+-".indexOf(text.charAt(0)) >= 0 ? 1 : 0);
    char last = text.charAt(text.length() - 1);
    return isMark(first) ? first : isMark(last) ? last : NO_MARK;
  }

  private static boolean isMark(char letter) {
    return letter == '%'
        || letter == '\u2030'
        || Character.getType(letter) == Character.CURRENCY_SYMBOL;
  }

  /** In accounts a number in parentheses is a negative one. */
  private static final Pattern ACCOUNT = Pattern.compile("\\((\\p{Sc}?\\s?[\\d.,' ]+)\\)");

  /** A number as accounts write it, with its sign in front. */
  static String signed(String text) {
    Matcher account = ACCOUNT.matcher(text);
    return account.matches() ? "-" + account.group(1) : text;
  }

  /** Without its mark, if it has one. */
  static String unmarked(String text) {
    char mark = mark(text);
    if (mark == NO_MARK) {
      return text;
    }
    int at = text.indexOf(mark);
    return text.substring(0, at).strip() + text.substring(at + 1).strip();
  }

  /**
   * Reads a number. A decimal one of few digits is a whole number, which is exact, times or over a
   * power of ten, which is exact too, so that one rounding makes it the nearest double (Clinger,
   * How to Read Floating Point Numbers Accurately, 1990); others take twice the time.
   *
   * @param text where it is
   * @param from its first letter
   * @param end after its last
   * @param codes whether digits with a zero in front, as 01234, are a code and no number
   * @return the nearest double, which may be infinite; NaN where it is no number
   */
  double number(char[] text, int from, int end, boolean codes) {
    int at = from;
    boolean negative = at < end && text[at] == '-';
    if (negative || (at < end && text[at] == '+')) {
      at++;
    }
    long digits = 0;
    int first = at;
    while (at < end && isDigit(text[at])) {
      digits = 10 * digits + text[at++] - '0';
    }
    int count = at - first;
    if (at == end && codes && count > 1 && text[from] == '0') {
      return Double.NaN;
    }
    int power = 0;
    if (at < end && text[at] == decimal) {
      int point = ++at;
      while (at < end && isDigit(text[at])) {
        digits = 10 * digits + text[at++] - '0';
      }
      power = point - at;
      count -= power;
    }
    if (count == 0) {
      return other(text, from, end);
    }
    if (at < end && (text[at] | 0x20) == 'e') {
      int exponent = exponent(text, at + 1, end);
      if (exponent == NO_EXPONENT) {
        return Double.NaN;
      }
      power += exponent;
      at = end;
    }
    if (at < end) {
      return other(text, from, end);
    }
    if (count > DIGITS || digits > EXACT || power >= POWERS.length || power <= -POWERS.length) {
      return parsed(text, from, end);
    }
    double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
    return negative ? -value : value;
  }

  private double parsed(char[] text, int from, int end) {
    if (decimal == '.') {
      return JavaDoubleParser.parseDouble(text, from, end - from);
    }
    return JavaDoubleParser.parseDouble(new String(text, from, end - from).replace(decimal, '.'));
  }

  /** Of digits with or without a sign; none where they are not. */
  private static int exponent(char[] text, int from, int end) {
    int at = from;
    boolean negative = at < end && text[at] == '-';
    if (negative || (at < end && text[at] == '+')) {
      at++;
    }
    if (at == end) {
      return NO_EXPONENT;
    }
    int value = 0;
    for (; at < end; at++) {
      if (!isDigit(text[at])) {
        return NO_EXPONENT;
      }
      value = Math.min(HUGE, 10 * value + text[at] - '0');
    }
    return negative ? -value : value;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  /** With thousands apart, or infinite. */
  private double other(char[] text, int from, int end) {
    String whole = new String(text, from, end - from);
    if (thousands.matcher(whole).matches()) {
      String plain = apart.matcher(whole).replaceAll("");
      return number(plain.toCharArray(), 0, plain.length(), false);
    }
    if (INFINITE.matcher(whole).matches()) {
      return whole.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.NaN;
  }
}
