package dev.anneal.report;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.range.Consensus;
import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeCurve;
import dev.anneal.experiments.range.RangeResult;
import dev.anneal.experiments.range.RangeResult.Band;
import dev.anneal.experiments.range.SuggestionRule;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A range test as one HTML page that needs nothing else, like that of a comparison. Without
 * JavaScript its chart is a still image.
 */
final class RangePage {
  private RangePage() {}

  /**
   * Renders the page.
   *
   * @param result of the test
   * @param run what was tested
   * @param command the command line that repeats it
   * @return a complete HTML document
   */
  static String render(RangeResult result, PreparedRun run, String command) {
    return Template.of("range.html")
        .fill(
            Map.ofEntries(
                entry("title", "Range test on " + run.data().name()),
                entry("setting", RangeWords.setting(result)),
                entry("model", run.experiment().model().print()),
                entry("optimizer", run.experiment().groups().print()),
                entry("batch", Integer.toString(run.experiment().batch())),
                entry(
                    "finding",
                    RangeWords.suggestion(result)
                        + RangeWords.agreement(result).map(words -> " " + words).orElse("")),
                entry("notes", String.join(" ", RangeWords.notes(result))),
                entry("rules", rules(result)),
                entry("seeds", seeds(result)),
                entry("command", command),
                entry("image", RangeChart.render(result)),
                entry("json", data(result).toString().replace("<", "\\u003c")),
                entry("style", Template.resource("report.css")),
                entry("common", Template.resource("common.js")),
                entry("script", Template.resource("range.js")),
                entry("chartStyle", Template.resource("uplot/uPlot.min.css")),
                entry("chartScript", Template.resource("uplot/uPlot.iife.min.js")),
                entry("chartLicense", Template.resource("uplot/LICENSE"))));
  }

  private static String rules(RangeResult result) {
    Template row = Template.of("range-rule.html");
    return Arrays.stream(SuggestionRule.values())
        .map(rule -> {
          Consensus consensus = result.by(rule);
          return row.fill(
              Map.of(
                  "rule", rule.toString(),
                  "reason", consensus.suggestion().reason(),
                  "suggestion", number(consensus.suggestion().value()),
                  "least", number(consensus.least()),
                  "greatest", number(consensus.greatest())));
        })
        .collect(joining());
  }

  private static String seeds(RangeResult result) {
    Template row = Template.of("range-seed.html");
    return result.curves().stream()
        .map(curve ->
            row.fill(
                Map.of(
                    "index", Integer.toString(result.curves().indexOf(curve) + 1),
                    "seed", Long.toString(curve.seed()),
                    "end",
                        curve.end().orElseThrow().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    "steps", Integer.toString(curve.size()),
                    "minimum", number(SuggestionRule.MINIMUM_OVER_TEN.of(curve).value()),
                    "valley", number(SuggestionRule.VALLEY.of(curve).value()),
                    "steepest", number(SuggestionRule.STEEPEST_DESCENT.of(curve).value()),
                    "slide", number(SuggestionRule.SLIDE.of(curve).value()))))
        .collect(joining());
  }

  private static String number(OptionalDouble value) {
    return NumberFormats.four(value.orElse(Double.NaN));
  }

  private static ObjectNode data(RangeResult result) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    List<Band> bands = result.bands();
    json.put("parameter", result.parameter().replace('_', ' '));
    json.put("logarithmic", result.ladder().spacing() == Ladder.Spacing.EXPONENTIAL);
    json.put("floor", bands.stream().mapToDouble(Band::least).min().orElseThrow());
    json.put("ceiling", result.ceiling());
    result.consensus().suggestion().value().ifPresent(value -> json.put("suggestion", value));
    ArrayNode values = json.putArray("values");
    for (int step = 0; step < result.ladder().steps(); step++) {
      values.add(result.ladder().at(step));
    }
    add(json.putArray("mean"), bands, Band::mean);
    add(json.putArray("least"), bands, Band::least);
    add(json.putArray("greatest"), bands, Band::greatest);
    ArrayNode seeds = json.putArray("seeds");
    for (RangeCurve curve : result.curves()) {
      ObjectNode each = seeds.addObject();
      each.put("name", "seed " + curve.seed());
      ArrayNode smoothed = each.putArray("smoothed");
      for (int step = 0; step < curve.size(); step++) {
        smoothed.add(curve.smoothed(step));
      }
    }
    return json;
  }

  private static void add(ArrayNode array, List<Band> bands, ToDoubleFunction<Band> loss) {
    bands.forEach(band -> array.add(loss.applyAsDouble(band)));
  }
}
