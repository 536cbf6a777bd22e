package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.cli.TextPlot.Line;
import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeResult;
import dev.anneal.experiments.range.RangeResult.Band;
import dev.anneal.preview.SampledCurve.Column;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The curves of a range test drawn with characters: the mean of the seeds, in their band. */
final class RangePlot {
  private static final int ROWS = 14;

  /** With the labels before it 80. */
  private static final int COLUMNS = 68;

  private RangePlot() {}

  static String of(RangeResult result, boolean unicode) {
    List<Band> bands = result.bands();
    int steps = result.ladder().steps();
    char shade = unicode ? '░' : ':';
    Line mean = Line.of(0, unicode, columns(bands, steps, Band::mean, Band::mean));
    Line band = new Line(shade, shade, columns(bands, steps, Band::least, Band::greatest));
    return TextPlot.of(
        List.of(mean, band),
        bands.stream().mapToDouble(Band::least).min().orElseThrow(),
        result.ceiling(),
        ROWS,
        COLUMNS,
        unicode,
        foot(result.ladder(), result.consensus().suggestion().value(), unicode));
  }

  /** Each column has the steps of its stretch of the ladder, or the one that it lies in. */
  private static List<Column> columns(
      List<Band> bands, int steps, ToDoubleFunction<Band> low, ToDoubleFunction<Band> high) {
    return IntStream.range(0, Math.ceilDiv(bands.size() * COLUMNS, steps))
        .mapToObj(column -> {
          int from = column * steps / COLUMNS;
          int to = Math.clamp((column + 1) * steps / COLUMNS, from + 1, bands.size());
          List<Band> within = bands.subList(from, to);
          return new Column(
              low.applyAsDouble(within.getFirst()),
              low.applyAsDouble(within.getLast()),
              within.stream().mapToDouble(low).min().orElseThrow(),
              within.stream().mapToDouble(high).max().orElseThrow());
        })
        .toList();
  }

  /** The ends of the ladder, and between them what is suggested, below its place. */
  private static String foot(Ladder ladder, OptionalDouble suggestion, boolean unicode) {
    StringBuilder foot = new StringBuilder(" ".repeat(COLUMNS));
    String from = NumberFormats.brief(ladder.from());
    String to = NumberFormats.brief(ladder.to());
    put(foot, from, 0);
    put(foot, to, COLUMNS - to.length());
    suggestion.ifPresent(value -> {
      String mark = (unicode ? "▲ " : "^ ") + NumberFormats.brief(value);
      int step =
          (int) IntStream.range(0, ladder.steps()).filter(each -> ladder.at(each) < value).count();
      int last = COLUMNS - to.length() - 1 - mark.length();
      put(foot, mark, Math.clamp((long) step * COLUMNS / ladder.steps(), from.length() + 1, last));
    });
    return foot.toString().stripTrailing();
  }

  private static void put(StringBuilder line, String text, int at) {
    line.replace(at, at + text.length(), text);
  }
}
