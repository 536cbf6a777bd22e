package dev.anneal.report;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.SampledCurve;
import dev.anneal.preview.lint.Finding;
import dev.anneal.preview.lint.Linter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Forecasts for programs; what is not known, or is not finite, is null. */
public final class ScheduleJson {
  private ScheduleJson() {}

  /**
   * All that is known but the values.
   *
   * @param forecasts the schedules, at least one, over the same run
   * @return an object with names in snake case, on several lines
   */
  public static String of(List<Preview> forecasts) {
    PlannedRun run = forecasts.getFirst().rate().run();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("iterations", run.iterations());
    json.put("iterations_per_epoch", run.iterationsPerEpoch());
    ArrayNode schedules = json.putArray("schedules");
    for (Preview forecast : forecasts) {
      ObjectNode each = schedules.addObject();
      each.put("name", forecast.label());
      ArrayNode previews = each.putArray("hyperparameters");
      forecast.hyperparameters().forEach(preview -> add(previews.addObject(), preview));
      addFindings(each.putArray("findings"), forecast);
    }
    return json.toPrettyString();
  }

  private static void add(ObjectNode json, HyperparameterPreview preview) {
    json.put("name", preview.name());
    json.put("schedule", Catalogue.describe(preview.schedule()));
    put(json, "start", preview.start());
    put(json, "after_first_epoch", preview.afterFirstEpoch().orElse(Double.NaN));
    put(json, "end", preview.end());
    add(json.putObject("least"), preview.trace().least());
    add(json.putObject("greatest"), preview.trace().greatest());
    json.put("iterations_read", preview.trace().size());
    ArrayNode boundaries = json.putArray("boundaries");
    preview
        .turns()
        .forEach(turn -> {
          Boundary boundary = turn.boundary();
          ObjectNode each = boundaries.addObject();
          each.put("iteration", boundary.iteration());
          each.put("epoch", (double) boundary.iteration() / preview.run().iterationsPerEpoch());
          each.put("what", boundary.name());
          each.put("kind", boundary.kind().name().toLowerCase(Locale.ROOT));
          each.put("jumps", boundary.jumps());
          each.put("beyond", preview.isBeyond(boundary));
          put(each, "before", turn.before());
          put(each, "at", turn.at());
        });
  }

  private static void add(ObjectNode json, SampledCurve.Point point) {
    json.put("iteration", point.iteration());
    put(json, "value", point.value());
  }

  /** What the linter has against a forecast. */
  static void addFindings(ArrayNode findings, Preview forecast) {
    Linter.check(forecast).forEach(remark -> add(findings.addObject(), remark));
  }

  private static void add(ObjectNode json, Finding remark) {
    json.put("rule", remark.rule());
    json.put("severity", remark.severity().name().toLowerCase(Locale.ROOT));
    json.put("hyperparameter", remark.subject());
    json.put("iteration", remark.iteration());
    json.put("what", remark.what());
    json.put("advice", remark.advice());
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }
}
