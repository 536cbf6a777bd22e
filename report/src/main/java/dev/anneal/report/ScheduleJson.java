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

/** Previews for programs; what is not known, or is not finite, is null. */
public final class ScheduleJson {
  private ScheduleJson() {}

  /**
   * All that is known but the values.
   *
   * @param previews the schedules, at least one, over the same run
   * @return an object with names in snake case, on several lines
   */
  public static String of(List<Preview> previews) {
    PlannedRun run = previews.getFirst().rate().run();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("iterations", run.iterations());
    json.put("iterations_per_epoch", run.iterationsPerEpoch());
    ArrayNode schedules = json.putArray("schedules");
    for (Preview preview : previews) {
      ObjectNode each = schedules.addObject();
      each.put("name", preview.label());
      ArrayNode curves = each.putArray("hyperparameters");
      preview.hyperparameters().forEach(hyperparameter -> add(curves.addObject(), hyperparameter));
      addFindings(each.putArray("findings"), preview);
    }
    return json.toPrettyString();
  }

  private static void add(ObjectNode json, HyperparameterPreview hyperparameter) {
    json.put("name", hyperparameter.name());
    json.put("schedule", Catalogue.describe(hyperparameter.schedule()));
    put(json, "start", hyperparameter.start());
    put(json, "after_first_epoch", hyperparameter.afterFirstEpoch().orElse(Double.NaN));
    put(json, "end", hyperparameter.end());
    add(json.putObject("least"), hyperparameter.curve().least());
    add(json.putObject("greatest"), hyperparameter.curve().greatest());
    json.put("iterations_read", hyperparameter.curve().size());
    ArrayNode boundaries = json.putArray("boundaries");
    hyperparameter
        .turns()
        .forEach(turn -> {
          Boundary boundary = turn.boundary();
          ObjectNode each = boundaries.addObject();
          each.put("iteration", boundary.iteration());
          each.put(
              "epoch", (double) boundary.iteration() / hyperparameter.run().iterationsPerEpoch());
          each.put("what", boundary.name());
          each.put("kind", boundary.kind().name().toLowerCase(Locale.ROOT));
          each.put("jumps", boundary.jumps());
          each.put("beyond", hyperparameter.isBeyond(boundary));
          put(each, "before", turn.before());
          put(each, "at", turn.at());
        });
  }

  private static void add(ObjectNode json, SampledCurve.Point point) {
    json.put("iteration", point.iteration());
    put(json, "value", point.value());
  }

  /** What the linter has against a preview. */
  static void addFindings(ArrayNode findings, Preview preview) {
    Linter.check(preview).forEach(finding -> add(findings.addObject(), finding));
  }

  private static void add(ObjectNode json, Finding finding) {
    json.put("rule", finding.rule());
    json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.put("hyperparameter", finding.subject());
    json.put("iteration", finding.iteration());
    json.put("what", finding.what());
    json.put("advice", finding.advice());
  }

  private static void put(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }
}
