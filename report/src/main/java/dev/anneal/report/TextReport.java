package dev.anneal.report;

import static dev.anneal.api.numeric.NumberFormats.four;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison as plain text for a terminal: the ranked table and the conclusions, in 100 columns.
 */
public final class TextReport {
  private static final int WIDTH = 100;
  private static final List<String> HEADINGS =
      List.of(
          "",
          "run",
          "schedule",
          "val loss",
          "best (epoch)",
          "val acc %",
          "loss",
          "last lr",
          "time s");

  /** The column with the best epoch, or how far several seeds lie apart. */
  private static final int SPREAD = 4;

  /** The column with the accuracy, or the part of the variance that is explained. */
  private static final int QUALITY = 5;

  /** The columns from here on hold numbers and are aligned to the right. */
  private static final int NUMBERS = 3;

  private TextReport() {}

  /**
   * Renders the table and the conclusions.
   *
   * @param comparison the runs
   * @param unicode whether the terminal shows more than ASCII
   * @return lines, each with its end, of at most 100 columns
   */
  public static String render(Comparison comparison, boolean unicode) {
    var text = new StringBuilder();
    for (List<String> row : fit(table(comparison))) {
      text.append(String.join("  ", row).stripTrailing()).append('\n');
    }
    text.append('\n');
    for (Conclusion finding : Conclusion.of(comparison)) {
      wrap(printable(finding.sentence()), text);
    }
    String plain = text.toString().replace('\u00a0', ' ');
    return unicode ? plain : ascii(plain);
  }

  /**
   * A text in the width of the table.
   *
   * @param text any
   * @param unicode whether the terminal shows more than ASCII
   * @return lines, each with its end, of at most 100 columns
   */
  public static String wrapped(String text, boolean unicode) {
    var lines = new StringBuilder();
    wrap(printable(text), lines);
    String plain = lines.toString().replace('\u00a0', ' ');
    return unicode ? plain : ascii(plain);
  }

  private static List<List<String>> table(Comparison comparison) {
    List<List<String>> table = new ArrayList<>();
    List<String> headings = new ArrayList<>(HEADINGS);
    if (Quality.isOfQuantities(comparison)) {
      headings.set(QUALITY, "val r2");
    }
    boolean seeds = comparison.drawn() > 1;
    if (seeds) {
      headings.set(SPREAD, "± (seeds)");
    }
    table.add(headings);
    for (Contender contender : comparison.ranked()) {
      RunRecord run = contender.average();
      EpochRecord kept = run.kept();
      EpochRecord best = run.best();
      table.add(
          List.of(
              Integer.toString(table.size()),
              printable(run.name()),
              printable(run.schedule()),
              four(kept.valLoss()),
              seeds
                  ? spread(contender)
                  : run.validated() ? four(best.valLoss()) + " (" + best.epoch() + ")" : "–",
              Quality.text(kept),
              four(kept.loss()),
              four(kept.learningRate()),
              four(run.seconds())));
    }
    return table;
  }

  /** The standard deviation of the validation loss, and over how many seeds. */
  private static String spread(Contender contender) {
    double[] losses =
        contender.runs().stream().mapToDouble(each -> each.run().kept().valLoss()).toArray();
    int diverged = contender.diverged().size();
    return "%s (%d%s)"
        .formatted(
            NumberFormats.significant(Contender.deviation(losses), 2),
            losses.length,
            diverged == 0 ? "" : ", %d div.".formatted(diverged));
  }

  /**
   * Pads all cells to their column; what the numbers leave of the width goes to the names, then to
   * the schedules.
   */
  private static List<List<String>> fit(List<List<String>> table) {
    int[] widths = new int[HEADINGS.size()];
    for (int column = 0; column < widths.length; column++) {
      for (List<String> row : table) {
        widths[column] = Math.max(widths[column], length(row.get(column)));
      }
    }
    int left = WIDTH - 2 * (widths.length - 1) - widths[0];
    for (int column = NUMBERS; column < widths.length; column++) {
      left -= widths[column];
    }
    widths[1] = Math.min(widths[1], Math.max(left / 2, left - widths[2]));
    widths[2] = Math.min(widths[2], left - widths[1]);
    return table.stream().map(row -> fit(row, widths)).toList();
  }

  private static List<String> fit(List<String> row, int[] widths) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < widths.length; column++) {
      String cell = shorten(row.get(column), widths[column]);
      String padding = " ".repeat(widths[column] - length(cell));
      cells.add(column == 0 || column >= NUMBERS ? padding + cell : cell + padding);
    }
    return cells;
  }

  private static void wrap(String sentence, StringBuilder text) {
    int column = 0;
    for (String word : sentence.split(" ", -1)) {
      if (column > 0 && column + 1 + length(word) > WIDTH) {
        text.append("\n  ");
        column = 2;
      } else if (column > 0) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += length(word);
    }
    text.append('\n');
  }

  private static String shorten(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  /** A name must not steer the terminal. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }

  /** The text for a terminal that shows no more. */
  static String ascii(String text) {
    return text.replaceAll("[“”]", "\"")
        .replace('–', '-')
        .replace('…', '~')
        .replace("∞", "inf")
        .replace("±", "+-")
        .replaceAll("[^\\p{ASCII}]", "?");
  }
}
