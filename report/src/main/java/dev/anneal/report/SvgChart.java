package dev.anneal.report;

import static dev.anneal.report.SvgCanvas.LEFT;
import static dev.anneal.report.SvgCanvas.LINE;
import static dev.anneal.report.SvgCanvas.RIGHT;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.SampledCurve;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Schedules over a run as one SVG image that needs nothing else: a chart for each hyper-parameter
 * and a legend, light or dark as the reader's system is.
 */
public final class SvgChart {
  /** Boundaries are drawn where they can be told apart. */
  private static final int MOST_BOUNDARIES = 40;

  private final SvgCanvas canvas = new SvgCanvas("schedule");
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
    return chart.canvas.document(chart.top + 8);
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

  private void chart(String name, List<Preview.Series> all) {
    boolean rate = top == 0;
    canvas.text("title", LEFT, top + LINE, "start", name.replace('_', ' '));
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
          canvas.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
          canvas.text("", LEFT - 8, y.at(tick) + 4, "end", NumberFormats.brief(tick));
        });
    ticks(0, run.iterations() / unit, 8)
        .forEach(tick -> {
          canvas.line("grid", x.at(tick * unit), below, x.at(tick * unit), below + 5);
          canvas.text("", x.at(tick * unit), below + LINE, "middle", NumberFormats.brief(tick));
        });
    canvas.text("", RIGHT, below + 2 * LINE - 2, "end", run.isInEpochs() ? "epoch" : "iteration");
    all.stream().filter(_ -> single).forEach(each -> boundaries(each, x, above, below));
    all.forEach(each -> {
      StringBuilder path = new StringBuilder();
      for (SampledCurve.Point point : each.hyperparameter().curve().thinned(RIGHT - LEFT)) {
        SvgCanvas.point(path, x.at((double) point.iteration()), y.at(point.value()));
      }
      canvas.curve(each.index(), path.toString());
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
          canvas.add(
              "<g><title>%s</title>%s</g>\n"
                  .formatted(
                      Template.escape(boundary.name() + ": " + run.place(boundary.iteration())),
                      SvgCanvas.segment(
                          "boundary",
                          x.at((double) boundary.iteration()),
                          above,
                          x.at((double) boundary.iteration()),
                          below))));
    }
  }

  private void legend(int index, String label) {
    canvas.curve(index, "M%d %dh30".formatted(LEFT, top + LINE - 4));
    String text = label.length() > 112 ? label.substring(0, 111) + "…" : label;
    canvas.text("title", LEFT + 40, top + LINE, "start", text);
    top += LINE + 2;
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
