package dev.anneal.report;

import dev.anneal.experiments.Experiment;
import dev.anneal.search.Importance;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.TrialResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A search as JSON. A number that is not finite is null. */
public final class SearchJson {
  private SearchJson() {}

  /**
   * What it came to, in one line.
   *
   * @param summary of the search
   * @return an object: {@code best}, {@code val_loss}, {@code val_accuracy} or {@code val_r2},
   *     {@code trials}, {@code verdict}; {@code model}, where it was trained once more
   */
  public static String line(SearchSummary summary) {
    return head(summary).toString();
  }

  private static ObjectNode head(SearchSummary summary) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    Experiment best = summary.best();
    ObjectNode taken =
        json.putObject("best")
            .put("name", best.name())
            .put("optimizer", best.groups().print())
            .put("model", best.model().print())
            .put("batch", best.batch())
            .put("epochs", best.epochs());
    ObjectNode values = taken.putObject("values");
    SearchWords.point(summary).values().forEach(values::put);
    json.put("val_loss", finite(summary.loss()))
        .put(summary.classes() > 0 ? "val_accuracy" : "val_r2", finite(summary.quality()))
        .put("trials", summary.trials());
    summary
        .finals()
        .flatMap(finals -> finals.verdict())
        .ifPresentOrElse(
            verdict -> ComparisonJson.add(json.putObject("verdict"), verdict),
            () -> {
              ObjectNode none =
                  json.putObject("verdict")
                      .put("text", SearchWords.verdict(summary))
                      .put("supported", false)
                      .put("by", summary.search().by().by());
              none.putArray("best").add(best.name());
            });
    summary
        .model()
        .ifPresent(left -> {
          ObjectNode model = json.putObject("model").put("samples", left.samples());
          left.run().test().forEach((name, value) -> model.put(name, finite(value)));
        });
    return json;
  }

  /** All of it, for {@code results.json}. */
  static ObjectNode of(SearchSummary summary) {
    ObjectNode json = head(summary);
    json.put("command", summary.command()).put("seconds", summary.seconds());
    ArrayNode rungs = json.putArray("rungs");
    summary.search().rungs().epochs().forEach(rungs::add);
    ArrayNode importance = json.putArray("importance");
    for (Importance each : summary.importance()) {
      importance
          .addObject()
          .put("name", each.name())
          .put("share", each.share())
          .put("low", each.low())
          .put("high", each.high());
    }
    ArrayNode trials = json.putArray("trials_by_number");
    List<TrialResult> results = summary.search().results();
    for (int trial = 0; trial < summary.trials(); trial++) {
      ObjectNode node = trials.addObject().put("trial", trial + 1);
      ObjectNode values = node.putObject("values");
      summary.search().candidates().point(trial).values().forEach(values::put);
      ArrayNode rows = node.putArray("results");
      for (TrialResult result : results) {
        if (result.run().trial() == trial) {
          add(rows.addObject(), summary, result);
        }
      }
    }
    return json;
  }

  private static void add(ObjectNode row, SearchSummary summary, TrialResult result) {
    row.put("epochs", summary.search().rungs().epochs().get(result.run().rung()))
        .put("value", finite(summary.search().by().number(result.value())))
        .put("val_loss", finite(result.loss()))
        .put("diverged", result.diverged())
        .put("seconds", result.seconds());
    if (!result.isTrained()) {
      row.put("refusal", result.refusal());
    }
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
