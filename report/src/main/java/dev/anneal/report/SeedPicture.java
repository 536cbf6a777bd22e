package dev.anneal.report;

import static java.util.stream.Collectors.joining;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.comparison.DrawnRun;
import dev.anneal.comparison.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Each contender's seeds as points on a line, with their mean: one picture that tells a lead from
 * luck. It needs no script.
 */
final class SeedPicture {
  private static final Template POINT =
      new Template("<i class=\"point{{kind}}\" style=\"left:{{at}}%\" title=\"{{title}}\"></i>");
  private static final Template TICK =
      new Template("<i style=\"left:{{at}}%\"><b>{{value}}</b></i>");

  /** Where the largest is so many times the smallest, a linear axis shows one of them only. */
  private static final double WIDE = 30;

  private static final int TICKS = 5;

  private final Comparison comparison;
  private final double low;
  private final double high;
  private final boolean logarithmic;

  private SeedPicture(Comparison comparison) {
    this.comparison = comparison;
    double least = values(comparison).min().orElse(0);
    double most = values(comparison).max().orElse(1);
    logarithmic = least > 0 && most > WIDE * least;
    double margin = 0.03 * (axis(most) - axis(least));
    low = axis(least) - margin;
    high = axis(most) + Math.max(margin, Double.MIN_NORMAL);
  }

  private static DoubleStream values(Comparison comparison) {
    return comparison.contenders().stream()
        .flatMap(each -> each.runs().stream())
        .mapToDouble(each -> comparison.criterion().number(each.value()))
        .filter(Double::isFinite);
  }

  /** The section; nothing where there is one seed. */
  static String of(Comparison comparison) {
    if (comparison.drawn() < 2 || values(comparison).findAny().isEmpty()) {
      return "";
    }
    SeedPicture picture = new SeedPicture(comparison);
    List<Contender> ranked = comparison.ranked();
    List<String> best = comparison.verdict().map(Verdict::best).orElse(List.of());
    boolean behind = !best.isEmpty() && best.size() < ranked.size();
    String noun = comparison.draws().noun();
    String what = comparison.criterion().noun();
    return Template.of("seeds.html")
        .fill(
            Map.of(
                "title",
                "%s, %s by %s".formatted(capital(what), noun, noun),
                "rows",
                ranked.stream()
                    .map(each -> picture.row(each, !best.isEmpty() && !best.contains(each.name())))
                    .collect(joining()),
                "ticks",
                picture.ticks(),
                "noun",
                noun,
                "behind",
                behind ? "Pale ones are behind." : ""));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private String row(Contender contender, boolean behind) {
    double mean = number(contender.mean());
    double reach = Double.isFinite(contender.reach()) ? contender.reach() : 0;
    double from = at(mean - reach);
    String value = comparison.criterion().text(contender.mean());
    return Template.of("strip.html")
        .fill(
            Map.of(
                "kind",
                behind ? " behind" : "",
                "name",
                contender.name(),
                "label",
                "%s: mean %s of %d".formatted(contender.name(), value, contender.runs().size()),
                "low",
                one(from),
                "width",
                one(at(mean + reach) - from),
                "points",
                contender.runs().stream()
                    .filter(each -> Double.isFinite(each.value()))
                    .map(this::point)
                    .collect(joining()),
                "mean",
                one(at(mean)),
                "value",
                value));
  }

  private String point(DrawnRun drawn) {
    return POINT.fill(
        Map.of(
            "kind",
            drawn.run().diverged() ? " diverged" : "",
            "at",
            one(at(number(drawn.value()))),
            "title",
            "%s: %s%s"
                .formatted(
                    drawn.draw(),
                    comparison.criterion().text(drawn.value()),
                    drawn.run().diverged() ? ", diverged" : "")));
  }

  private double number(double value) {
    return comparison.criterion().number(value);
  }

  private double axis(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  /** In percent of the axis, and on it. */
  private double at(double value) {
    double place = logarithmic && value <= 0 ? low : axis(value);
    return 100 * Math.clamp((place - low) / (high - low), 0, 1);
  }

  private String ticks() {
    DoubleStream ticks =
        logarithmic
            ? IntStream.rangeClosed((int) Math.ceil(low), (int) Math.floor(high))
                .mapToDouble(power -> Math.pow(10, power))
            : SvgChart.ticks(low, high, TICKS);
    return ticks
        .mapToObj(
            tick -> TICK.fill(Map.of("at", one(at(tick)), "value", NumberFormats.brief(tick))))
        .collect(joining());
  }

  private static String one(double percent) {
    return String.format(Locale.ROOT, "%.2f", percent);
  }
}
