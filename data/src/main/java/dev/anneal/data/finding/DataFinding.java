package dev.anneal.data.finding;

import dev.anneal.api.Messages;

/**
 * Something in data that may lead a training astray.
 *
 * @param rule a short name for programs
 * @param column of which column; empty where it is of none
 * @param what it is
 * @param advice what to do about it
 */
public record DataFinding(String rule, String column, String what, String advice) {
  /**
   * The finding in one line.
   *
   * @return where, what, what to do, and the rule
   */
  public String sentence() {
    String where = column.isEmpty() ? "" : "column \"%s\" ".formatted(column);
    return Messages.oneLine("%s%s; %s [%s]".formatted(where, what, advice, rule));
  }
}
