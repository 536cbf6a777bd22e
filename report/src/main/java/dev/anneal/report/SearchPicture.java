package dev.anneal.report;

import dev.anneal.api.Messages;
import dev.anneal.search.Importance;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.TrialResult;
import dev.anneal.search.space.Dimension;
import dev.anneal.search.space.SearchPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Pictures of a search, which need no script. */
final class SearchPicture {
  private static final int TOP = 40;
  private static final int AXIS = 240;
  private static final int BOTTOM = 44;
  private static final int LETTERS = 14;

  /** What a trial may be worth beyond the median is squeezed into the lowest part of the axis. */
  private static final double SQUEEZED = 0.15;

  private final SearchSummary summary;
  private final List<TrialResult> latest;
  private final double best;
  private final double worst;
  private final double middle;

  private SearchPicture(SearchSummary summary) {
    this.summary = summary;
    latest =
        IntStream.range(0, summary.trials())
            .mapToObj(summary.search()::latest)
            .filter(result -> result.isTrained() && Double.isFinite(result.value()))
            .sorted(
                Comparator.comparingInt((TrialResult result) -> result.run().rung())
                    .thenComparing(Comparator.comparingDouble(TrialResult::value).reversed()))
            .toList();
    double[] values = latest.stream().mapToDouble(TrialResult::value).sorted().toArray();
    best = values.length == 0 ? 0 : values[0];
    worst = values.length == 0 ? 1 : values[values.length - 1];
    middle = values.length == 0 ? 1 : values[values.length / 2];
  }

  /** Where a value lies on the last axis: 1 for the best; the better half has most of it. */
  private double height(double value) {
    if (value <= middle) {
      return middle == best ? 1 : 1 - (1 - SQUEEZED) * (value - best) / (middle - best);
    }
    return SQUEEZED * (worst - value) / (worst - middle);
  }

  /** A line for each trial through its values, and what came of it. */
  static String coordinates(SearchSummary summary) {
    return new SearchPicture(summary).coordinates();
  }

  private String coordinates() {
    SvgCanvas canvas = new SvgCanvas("coordinates");
    List<Dimension> dimensions = summary.dimensions();
    int rung = summary.search().rung();
    String taken = summary.best().name();
    for (TrialResult result : latest) {
      SearchPoint point = summary.search().candidates().point(result.run().trial());
      StringBuilder path = new StringBuilder();
      for (int d = 0; d < dimensions.size(); d++) {
        Double position = point.positions().get(dimensions.get(d).name());
        if (position != null) {
          SvgCanvas.point(path, x(d), y(dimensions.get(d).range().shown(position)));
        }
      }
      SvgCanvas.point(path, x(dimensions.size()), y(height(result.value())));
      boolean winner = result.run().name().equals(taken);
      boolean last = result.run().rung() == rung;
      canvas.add(
          "<path class=\"%s\" d=\"%s\"><title>%s: %s</title></path>\n"
              .formatted(
                  winner ? "curve c1 taken" : last ? "curve c0" : "stopped",
                  path,
                  result.run().name(),
                  Template.escape(point + "; " + SearchWords.value(summary, result))));
    }
    for (int d = 0; d < dimensions.size(); d++) {
      List<String> labels = dimensions.get(d).range().labels();
      axis(canvas, d, dimensions.get(d).name());
      if (labels.size() == 2 || dimensions.get(d).range().count() == 0) {
        label(canvas, d, 0, labels.getFirst());
        label(canvas, d, 1, labels.getLast());
      } else {
        for (int i = 0; i < labels.size(); i++) {
          label(canvas, d, i / (labels.size() - 1.0), labels.get(i));
        }
      }
    }
    axis(canvas, dimensions.size(), summary.search().by().by());
    label(canvas, dimensions.size(), 1, summary.search().by().text(best));
    label(canvas, dimensions.size(), SQUEEZED, summary.search().by().text(middle));
    label(canvas, dimensions.size(), 0, summary.search().by().text(worst));
    return canvas.document(TOP + AXIS + BOTTOM);
  }

  private double x(int axis) {
    int axes = summary.dimensions().size();
    return SvgCanvas.LEFT + (SvgCanvas.RIGHT - SvgCanvas.LEFT - 70.0) * axis / Math.max(1, axes);
  }

  private static double y(double position) {
    return TOP + AXIS * (1 - position);
  }

  private void axis(SvgCanvas canvas, int axis, String name) {
    canvas.line("boundary", x(axis), TOP, x(axis), TOP + (double) AXIS);
    canvas.text("title", x(axis), TOP - 16.0, "middle", Messages.brief(name));
  }

  private void label(SvgCanvas canvas, int axis, double position, String text) {
    String brief = text.length() > LETTERS ? text.substring(0, LETTERS - 1) + "…" : text;
    canvas.text("label", x(axis) + 5, y(position) + 4, "start", brief);
  }

  /** Which trials were stopped when: a row a trial, best last, as long as it trained. */
  static String stops(SearchSummary summary) {
    return new SearchPicture(summary).stops();
  }

  private String stops() {
    SvgCanvas canvas = new SvgCanvas("stops");
    int whole = summary.search().rungs().epochs().getLast();
    double width = SvgCanvas.RIGHT - (double) SvgCanvas.LEFT;
    double row = Math.clamp(320.0 / Math.max(1, latest.size()), 1, 14);
    double top = 14;
    String taken = summary.best().name();
    for (int i = 0; i < latest.size(); i++) {
      TrialResult result = latest.get(latest.size() - 1 - i);
      int epochs = summary.search().rungs().epochs().get(result.run().rung());
      boolean winner = result.run().name().equals(taken);
      canvas.add(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s: %d"
                  + " epochs, %s</title></rect>%n",
              winner ? "bar taken" : "bar",
              SvgCanvas.LEFT,
              top + i * row,
              width * epochs / whole,
              Math.max(0.6, row - 1),
              result.run().name(),
              epochs,
              SearchWords.value(summary, result)));
    }
    double bottom = top + latest.size() * row;
    for (int epochs : summary.search().rungs().epochs()) {
      double x = SvgCanvas.LEFT + width * epochs / whole;
      canvas.line("boundary", x, top, x, bottom + 4);
      canvas.text("label", x, bottom + SvgCanvas.LINE, "middle", Integer.toString(epochs));
    }
    canvas.text("label", SvgCanvas.LEFT - 6.0, top + 9, "end", "best");
    canvas.text("label", SvgCanvas.LEFT - 6.0, bottom + SvgCanvas.LINE, "end", "epochs");
    return canvas.document((int) bottom + SvgCanvas.LINE + 8);
  }

  /** How much each value mattered, with its interval. */
  static String importance(SearchSummary summary) {
    SvgCanvas canvas = new SvgCanvas("importance");
    List<Importance> all = summary.importance();
    double left = SvgCanvas.LEFT + 70.0;
    double width = SvgCanvas.RIGHT - left - 150;
    for (int i = 0; i < all.size(); i++) {
      Importance each = all.get(i);
      double y = 10 + 24.0 * i;
      canvas.add(
          String.format(
              Locale.ROOT,
              "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"14\"/>%n",
              left,
              y,
              width * each.share()));
      canvas.line(
          "title-line", left + width * each.low(), y + 7, left + width * each.high(), y + 7);
      canvas.text("title", left - 8, y + 11, "end", Messages.brief(each.name()));
      canvas.text(
          "label",
          SvgCanvas.RIGHT,
          y + 11,
          "end",
          "%s (%s to %s)"
              .formatted(
                  SearchWords.percent(each.share()),
                  SearchWords.percent(each.low()),
                  SearchWords.percent(each.high())));
    }
    return canvas.document(16 + 24 * all.size());
  }
}
