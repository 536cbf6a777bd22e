package dev.anneal.cli;

import dev.anneal.experiments.Figures;
import dev.anneal.experiments.Preview;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/** A curve drawn with characters, for a first look. */
final class TextPlot {
  private static final int COLUMNS = 72;
  private static final int ROWS = 14;

  private TextPlot() {}

  static String of(Preview preview, boolean unicode) {
    double[] values =
        IntStream.range(0, COLUMNS)
            .mapToDouble(
                c -> preview.at(Math.round((preview.iterations() - 1.0) * c / (COLUMNS - 1))))
            .toArray();
    double low = Math.min(0, Arrays.stream(values).min().orElseThrow());
    double high = Math.max(low + Double.MIN_NORMAL, Arrays.stream(values).max().orElseThrow());
    int[] height = new int[COLUMNS];
    for (int c = 0; c < COLUMNS; c++) {
      height[c] = (int) Math.round((values[c] - low) / (high - low) * (ROWS - 1));
    }
    StringBuilder plot = new StringBuilder();
    for (int row = ROWS - 1; row >= 0; row--) {
      boolean labelled = row == ROWS - 1 || row == 0 || row == ROWS / 2;
      String label = labelled ? Figures.brief(low + (high - low) * row / (ROWS - 1)) : "";
      plot.append(String.format(Locale.ROOT, "%10s ", label)).append(unicode ? '┤' : '|');
      for (int c = 0; c < COLUMNS; c++) {
        plot.append(mark(height, c, row, unicode));
      }
      plot.append('\n');
    }
    plot.append(" ".repeat(11))
        .append(unicode ? '└' : '+')
        .append((unicode ? "─" : "-").repeat(COLUMNS));
    String end = "epoch " + preview.iterations() / preview.iterationsPerEpoch();
    return plot.append('\n')
        .append(" ".repeat(12))
        .append('0')
        .append(" ".repeat(COLUMNS - 1 - end.length()))
        .append(end)
        .toString();
  }

  /** The curve, and a stroke where it jumps from one column to the next. */
  private static char mark(int[] height, int column, int row, boolean unicode) {
    if (height[column] == row) {
      return unicode ? '•' : '*';
    }
    int before = height[Math.max(0, column - 1)];
    boolean between =
        Math.min(before, height[column]) < row && row < Math.max(before, height[column]);
    return between ? unicode ? '│' : '|' : ' ';
  }
}
