package dev.anneal.report;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.SampledCurve;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Schedules over a run as one SVG image that needs nothing else: a chart for each hyper-parameter
 * and a legend, light or dark as the reader's system is.
 */
public final class SvgChart {
  private static final int WIDTH = 860;
  private static final int LEFT = 66;
  private static final int RIGHT = WIDTH - 16;
  private static final int LINE = 18;

  /** Boundaries are drawn where they can be told apart. */
  private static final int MOST_BOUNDARIES = 40;

  /** The colours of report.css. */
  private static final List<String> LIGHT =
      List.of("#0072b2", "#d55e00", "#008f68", "#1b1b1b", "#b8629a", "#b97f00", "#3a9bd0");

  private static final List<String> DARK =
      List.of("#56b4e9", "#e66f1a", "#00b083", "#e6e6e3", "#cc79a7", "#e69f00", "#f0e442");
  private static final List<String> DASHES = List.of("none", "10 4", "2 3", "10 3 2 3", "5 3");

  private final StringBuilder svg = new StringBuilder();
  private final PlannedRun run;
  private final boolean single;
  private int top;

  private SvgChart(List<Preview> previews) {
    run = previews.getFirst().rate().run();
    single = previews.size() == 1;
    Preview.charts(previews).forEach(this::chart);
    previews.forEach(preview -> legend(previews.indexOf(preview), preview.label()));
  }

  /**
   * Draws schedules.
   *
   * @param previews the schedules, at least one, over the same run
   * @return an SVG document
   */
  public static String render(List<Preview> previews) {
    SvgChart chart = new SvgChart(previews);
    int height = chart.top + 8;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"schedule\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(WIDTH, height)
        + style()
        + "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, height)
        + chart.svg
        + "</svg>\n";
  }

  /**
   * Draws schedules to a file, which appears complete or not at all.
   *
   * @param previews the schedules, at least one, over the same run
   * @param file where to; it is replaced if it exists
   * @throws InputException if the file cannot be written
   */
  public static void write(List<Preview> previews, Path file) {
    AtomicFile.write(file, render(previews));
  }

  private static String style() {
    StringBuilder css = new StringBuilder("<style>\n");
    css.append(colours(LIGHT, "#fff", "#1b1b1b", "#5c5c5c", "#ececec"))
        .append("@media (prefers-color-scheme: dark) {\n")
        .append(colours(DARK, "#16181b", "#e6e6e3", "#a3a6a8", "#282b2f"))
        .append("}\n")
        .append(".schedule text { font: 12px system-ui, sans-serif; }\n")
        .append(".schedule path { fill: none; }\n")
        .append(".schedule .curve { stroke-width: 1.75; stroke-linejoin: round; }\n")
        .append(".schedule .boundary { stroke-dasharray: 2 4; }\n");
    return css.append("</style>\n").toString();
  }

  private static String colours(
      List<String> curves, String page, String ink, String soft, String grid) {
    StringBuilder css = new StringBuilder();
    css.append(".schedule .page { fill: %s; }\n".formatted(page))
        .append(".schedule text { fill: %s; }\n".formatted(soft))
        .append(".schedule .title { fill: %s; }\n".formatted(ink))
        .append(".schedule .grid { stroke: %s; }\n".formatted(grid))
        .append(".schedule .boundary { stroke: %s; }\n".formatted(soft));
    for (int i = 0; i < curves.size(); i++) {
      css.append(".schedule .c%d { stroke: %s; }\n".formatted(i, curves.get(i)));
    }
    return css.toString();
  }

  private void chart(String name, List<Preview.Series> all) {
    boolean rate = top == 0;
    text("title", LEFT, top + LINE, "start", name.replace('_', ' '));
    int above = top + LINE + 10;
    int below = above + (rate ? 260 : 120);
    double low = all.stream().mapToDouble(each -> each.hyperparameter().foot()).min().orElseThrow();
    double most =
        all.stream()
            .mapToDouble(each -> each.hyperparameter().curve().greatest().value())
            .max()
            .orElseThrow();
    double high = most > low ? most + 0.04 * (most - low) : low + Math.max(1, Math.abs(low));
    Scale y = value -> below - (value - low) / (high - low) * (below - above);
    double unit = run.isInEpochs() ? run.iterationsPerEpoch() : 1;
    Scale x = iteration -> LEFT + iteration / run.iterations() * (RIGHT - LEFT);

    ticks(low, high, rate ? 6 : 3)
        .forEach(tick -> {
          line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
          text("", LEFT - 8, y.at(tick) + 4, "end", NumberFormats.brief(tick));
        });
    ticks(0, run.iterations() / unit, 8)
        .forEach(tick -> {
          line("grid", x.at(tick * unit), below, x.at(tick * unit), below + 5);
          text("", x.at(tick * unit), below + LINE, "middle", NumberFormats.brief(tick));
        });
    text("", RIGHT, below + 2 * LINE - 2, "end", run.isInEpochs() ? "epoch" : "iteration");
    all.stream().filter(_ -> single).forEach(each -> boundaries(each, x, above, below));
    all.forEach(each -> {
      StringBuilder path = new StringBuilder();
      for (SampledCurve.Point point : each.hyperparameter().curve().thinned(RIGHT - LEFT)) {
        path.append(path.isEmpty() ? 'M' : 'L')
            .append(one(x.at((double) point.iteration())))
            .append(' ')
            .append(one(y.at(point.value())));
      }
      curve(each.index(), path.toString());
    });
    top = below + 2 * LINE + 6;
  }

  private void boundaries(Preview.Series series, Scale x, int above, int below) {
    List<Boundary> within =
        series.hyperparameter().boundaries().stream()
            .filter(
                boundary -> !series.hyperparameter().isBeyond(boundary) && boundary.iteration() > 0)
            .toList();
    if (within.size() <= MOST_BOUNDARIES) {
      within.forEach(boundary ->
          svg.append("<g><title>")
              .append(Template.escape(boundary.name() + ": " + run.place(boundary.iteration())))
              .append("</title>")
              .append(
                  segment(
                      "boundary",
                      x.at((double) boundary.iteration()),
                      above,
                      x.at((double) boundary.iteration()),
                      below))
              .append("</g>\n"));
    }
  }

  private void legend(int index, String label) {
    curve(index, "M%d %dh30".formatted(LEFT, top + LINE - 4));
    String text = label.length() > 112 ? label.substring(0, 111) + "…" : label;
    text("title", LEFT + 40, top + LINE, "start", text);
    top += LINE + 2;
  }

  private void curve(int index, String path) {
    svg.append(
        "<path class=\"curve c%d\" stroke-dasharray=\"%s\" d=\"%s\"/>\n"
            .formatted(index % LIGHT.size(), DASHES.get(index % DASHES.size()), path));
  }

  private void line(String type, double x1, double y1, double x2, double y2) {
    svg.append(segment(type, x1, y1, x2, y2)).append('\n');
  }

  private static String segment(String type, double x1, double y1, double x2, double y2) {
    return "<path class=\"%s\" d=\"M%s %sL%s %s\"/>"
        .formatted(type, one(x1), one(y1), one(x2), one(y2));
  }

  private void text(String type, double x, double y, String anchor, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(type, one(x), one(y), anchor, Template.escape(text)));
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /**
   * Round numbers within a range: about so many, at distances of 1, 2 or 5 times a power of 10.
   * There are fewer where numbers of that size lie further apart, and none where the distance is no
   * number.
   */
  static DoubleStream ticks(double low, double high, int about) {
    double rough = (high - low) / about;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        DoubleStream.of(1, 2, 5, 10).filter(m -> m * power >= rough).findFirst().orElse(10) * power;
    double first = Math.ceil(low / step);
    double more = Math.floor(high / step) - first;
    // Counted, since 1 more than a large number is that number.
    return step > 0 && step < Double.POSITIVE_INFINITY
        ? LongStream.rangeClosed(0, (long) more).mapToDouble(i -> (first + i) * step).distinct()
        : DoubleStream.empty();
  }

  private interface Scale {
    double at(double value);
  }
}
