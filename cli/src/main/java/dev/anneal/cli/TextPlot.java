package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview.Series;
import dev.anneal.preview.SampledCurve;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Curves drawn with characters, for a first look. A column shows all that happens in its stretch of
 * the run, so that no jump and no peak is missed.
 */
final class TextPlot {
  private static final int COLUMNS = 72;

  private final char[][] cells;
  private final boolean unicode;
  private final double low;
  private final double high;

  private TextPlot(int rows, int columns, double low, double high, boolean unicode) {
    cells = new char[rows][columns];
    Arrays.stream(cells).forEach(row -> Arrays.fill(row, ' '));
    this.low = low;
    this.high = high;
    this.unicode = unicode;
  }

  /** What a curve is drawn with. */
  static char mark(int index, boolean unicode) {
    String marks = unicode ? "•×○+◆▵■" : "*xo+#@%";
    return marks.charAt(index % marks.length());
  }

  /**
   * A line.
   *
   * @param mark what it is drawn with
   * @param stroke what joins its marks, where nothing is drawn yet
   * @param columns from the left; no more where it ends
   */
  record Line(char mark, char stroke, List<SampledCurve.Column> columns) {
    /** Draws it in the usual way. */
    static Line of(int index, boolean unicode, List<SampledCurve.Column> columns) {
      return new Line(TextPlot.mark(index, unicode), unicode ? '│' : '|', columns);
    }
  }

  /** Draws curves of the same run, the first on top. */
  static String of(List<Series> curves, int rows, boolean unicode) {
    double low =
        curves.stream().mapToDouble(curve -> curve.hyperparameter().foot()).min().orElseThrow();
    double high =
        curves.stream()
            .mapToDouble(curve -> curve.hyperparameter().curve().greatest().value())
            .max()
            .orElseThrow();
    List<Line> lines =
        curves.stream()
            .map(curve ->
                Line.of(curve.index(), unicode, curve.hyperparameter().curve().columns(COLUMNS)))
            .toList();
    PlannedRun run = curves.getFirst().hyperparameter().run();
    String end =
        run.isInEpochs()
            ? "epoch " + run.epoch(run.iterations())
            : "iteration " + NumberFormats.count(run.iterations());
    return of(
        lines,
        low,
        Math.max(high, low + Math.max(Double.MIN_NORMAL, Math.ulp(low))),
        rows,
        COLUMNS,
        unicode,
        "0" + " ".repeat(COLUMNS - 1 - end.length()) + end);
  }

  /**
   * Draws lines, the first on top.
   *
   * @param low the value of the lowest row
   * @param high that of the highest, above it; what lies beyond is drawn there
   * @param columns how wide it is, at least as many as lines have
   * @param foot what to write under the plot, from its left
   */
  static String of(
      List<Line> lines,
      double low,
      double high,
      int rows,
      int columns,
      boolean unicode,
      String foot) {
    TextPlot plot = new TextPlot(rows, columns, low, high, unicode);
    lines.reversed().forEach(plot::draw);
    return plot.print(foot);
  }

  private int row(double value) {
    double within = Math.clamp(value, low, high);
    return (int) Math.round((within - low) / (high - low) * (cells.length - 1));
  }

  private void draw(Line line) {
    List<SampledCurve.Column> columns = line.columns();
    double before = columns.getFirst().first();
    for (int c = 0; c < columns.size(); c++) {
      SampledCurve.Column column = columns.get(c);
      stroke(line.stroke(), c, row(before), row(column.first()));
      stroke(line.stroke(), c, row(column.least()), row(column.greatest()));
      cells[row(column.least())][c] = line.mark();
      cells[row(column.greatest())][c] = line.mark();
      before = column.last();
    }
  }

  /** Joins two rows. */
  private void stroke(char mark, int column, int from, int to) {
    for (int row = Math.min(from, to) + 1; row < Math.max(from, to); row++) {
      if (cells[row][column] == ' ') {
        cells[row][column] = mark;
      }
    }
  }

  private String print(String foot) {
    StringBuilder plot = new StringBuilder();
    int top = cells.length - 1;
    for (int row = top; row >= 0; row--) {
      boolean labelled = row == top || row == 0 || row == (top + 1) / 2;
      String label = labelled ? NumberFormats.brief(low + (high - low) * row / top) : "";
      plot.append(String.format(Locale.ROOT, "%10s ", label))
          .append(unicode ? '┤' : '|')
          .append(new String(cells[row]).stripTrailing())
          .append('\n');
    }
    return plot.append(" ".repeat(11))
        .append(unicode ? '└' : '+')
        .append((unicode ? "─" : "-").repeat(cells[0].length))
        .append('\n')
        .append(" ".repeat(12))
        .append(foot)
        .toString();
  }
}
