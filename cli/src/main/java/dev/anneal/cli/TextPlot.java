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

  private TextPlot(int rows, double low, double high, boolean unicode) {
    cells = new char[rows][COLUMNS];
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

  /** Draws curves of the same run, the first on top. */
  static String of(List<Series> curves, int rows, boolean unicode) {
    double low =
        curves.stream().mapToDouble(curve -> curve.hyperparameter().foot()).min().orElseThrow();
    double high =
        curves.stream()
            .mapToDouble(curve -> curve.hyperparameter().curve().greatest().value())
            .max()
            .orElseThrow();
    TextPlot plot =
        new TextPlot(
            rows, low, Math.max(high, low + Math.max(Double.MIN_NORMAL, Math.ulp(low))), unicode);
    curves.reversed().forEach(plot::draw);
    return plot.print(curves.getFirst().hyperparameter().run());
  }

  private int row(double value) {
    return (int) Math.round((value - low) / (high - low) * (cells.length - 1));
  }

  private void draw(Series curve) {
    char mark = mark(curve.index(), unicode);
    List<SampledCurve.Column> columns = curve.hyperparameter().curve().columns(COLUMNS);
    double before = columns.getFirst().first();
    for (int c = 0; c < COLUMNS; c++) {
      SampledCurve.Column column = columns.get(c);
      stroke(c, row(before), row(column.first()));
      stroke(c, row(column.least()), row(column.greatest()));
      cells[row(column.least())][c] = mark;
      cells[row(column.greatest())][c] = mark;
      before = column.last();
    }
  }

  /** A line between two rows, where nothing is drawn yet. */
  private void stroke(int column, int from, int to) {
    for (int row = Math.min(from, to) + 1; row < Math.max(from, to); row++) {
      if (cells[row][column] == ' ') {
        cells[row][column] = unicode ? '│' : '|';
      }
    }
  }

  private String print(PlannedRun run) {
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
    String end =
        run.isInEpochs()
            ? "epoch " + run.epoch(run.iterations())
            : "iteration " + NumberFormats.count(run.iterations());
    return plot.append(" ".repeat(11))
        .append(unicode ? '└' : '+')
        .append((unicode ? "─" : "-").repeat(COLUMNS))
        .append('\n')
        .append(" ".repeat(12))
        .append('0')
        .append(" ".repeat(COLUMNS - 1 - end.length()))
        .append(end)
        .toString();
  }
}
