package dev.anneal.report;

import static dev.anneal.report.SvgCanvas.LEFT;
import static dev.anneal.report.SvgCanvas.LINE;
import static dev.anneal.report.SvgCanvas.RIGHT;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeResult;
import dev.anneal.experiments.range.RangeResult.Band;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The curves of a range test as one SVG image that needs nothing else: the smoothed loss over the
 * rate, the mean of the seeds in their band, and where a suggestion lies.
 */
final class RangeChart {
  private static final int ABOVE = LINE + 10;
  private static final int BELOW = ABOVE + 300;

  private final SvgCanvas canvas = new SvgCanvas("range");
  private final Ladder ladder;
  private final double low;
  private final double high;

  private RangeChart(RangeResult result) {
    ladder = result.ladder();
    List<Band> bands = result.bands();
    low = bands.stream().mapToDouble(Band::least).min().orElseThrow();
    high = result.ceiling();
    canvas.text("title", LEFT, LINE, "start", "smoothed loss: mean and band of the seeds");
    axes(result.parameter());
    canvas.add(
        "<clipPath id=\"room\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>\n<g clip-path=\"url(#room)\">\n"
            .formatted(LEFT, ABOVE, RIGHT - LEFT, BELOW - ABOVE));
    StringBuilder band = path(bands, Band::least, IntStream.range(0, bands.size()));
    StringBuilder back =
        path(
            bands, Band::greatest, IntStream.range(0, bands.size()).map(i -> bands.size() - 1 - i));
    back.setCharAt(0, 'L');
    canvas.add("<path class=\"band\" d=\"%s%sZ\"/>\n".formatted(band, back));
    canvas.curve(0, path(bands, Band::mean, IntStream.range(0, bands.size())).toString());
    canvas.add("</g>\n");
    result.consensus().suggestion().value().ifPresent(this::suggestion);
  }

  /** An SVG document. */
  static String render(RangeResult result) {
    return new RangeChart(result).canvas.document(BELOW + 2 * LINE + 14);
  }

  private void axes(String parameter) {
    SvgChart.ticks(low, high, 6)
        .forEach(tick -> {
          canvas.line("grid", LEFT, y(tick), RIGHT, y(tick));
          canvas.text("", LEFT - 8, y(tick) + 4, "end", NumberFormats.brief(tick));
        });
    values()
        .forEach(tick -> {
          canvas.line("grid", x(tick), BELOW, x(tick), BELOW + 5);
          canvas.text("", x(tick), BELOW + LINE, "middle", NumberFormats.brief(tick));
        });
    canvas.text("", RIGHT, BELOW + 2 * LINE - 2, "end", parameter.replace('_', ' '));
  }

  /** Where the axis of values has its ticks. */
  private DoubleStream values() {
    return switch (ladder.spacing()) {
      case EXPONENTIAL ->
          IntStream.rangeClosed(
                  (int) Math.ceil(Math.log10(ladder.from()) - 1e-9),
                  (int) Math.floor(Math.log10(ladder.to()) + 1e-9))
              .mapToDouble(power -> Math.pow(10, power));
      case LINEAR -> SvgChart.ticks(ladder.from(), ladder.to(), 8);
    };
  }

  private void suggestion(double value) {
    if (value < ladder.from()) {
      return; // below the ladder there is no place for it
    }
    canvas.line("boundary", x(value), ABOVE, x(value), BELOW);
    boolean right = x(value) < (LEFT + RIGHT) / 2.0;
    canvas.text(
        "title",
        x(value) + (right ? 6 : -6),
        ABOVE + LINE - 4,
        right ? "start" : "end",
        "try " + NumberFormats.brief(value));
  }

  private StringBuilder path(List<Band> bands, ToDoubleFunction<Band> loss, IntStream steps) {
    StringBuilder path = new StringBuilder();
    steps.forEach(
        step -> SvgCanvas.point(path, x(ladder.at(step)), y(loss.applyAsDouble(bands.get(step)))));
    return path;
  }

  private double x(double value) {
    double part =
        switch (ladder.spacing()) {
          case EXPONENTIAL ->
              Math.log(value / ladder.from()) / Math.log(ladder.to() / ladder.from());
          case LINEAR -> (value - ladder.from()) / (ladder.to() - ladder.from());
        };
    return LEFT + part * (RIGHT - LEFT);
  }

  /** Far beyond the room a number of SVG would be too long. */
  private double y(double loss) {
    return Math.max(-1000, BELOW - (loss - low) / (high - low) * (BELOW - ABOVE));
  }
}
