package dev.anneal.bench.rounds;

import java.util.Optional;

/**
 * What a program says of one row.
 *
 * @param program who was measured
 * @param row what was measured
 * @param value the result
 */
record Line(String program, Row row, double value) {
  private static final int FIELDS = 5;

  /** Best values compare how lucky programs were. */
  private static final String BEST = " best";

  /**
   * Reads {@code program<TAB>what<TAB>threads<TAB>value<TAB>unit}.
   *
   * @return nothing for a best value
   * @throws IllegalArgumentException if it is no such line
   */
  static Optional<Line> parse(String text) {
    String[] fields = text.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not five fields: " + text);
    }
    if (fields[1].endsWith(BEST)) {
      return Optional.empty();
    }
    double value;
    int threads;
    try {
      threads = Integer.parseInt(fields[2]);
      value = Double.parseDouble(fields[3]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not a measurement: " + text);
    }
    return Optional.of(new Line(fields[0], new Row(fields[1], threads, fields[4]), value));
  }
}
