package dev.anneal.report;

import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.comparison.Criterion;
import dev.anneal.comparison.DrawnRun;
import dev.anneal.comparison.Verdict;
import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A comparison as JSON: of {@code results.json}, and within the page. A number that is not finite
 * is null.
 */
final class ComparisonJson {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ComparisonJson() {}

  static ObjectNode of(Comparison comparison) {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("title", comparison.title())
            .put("created", comparison.created().toString())
            .put("command", comparison.command())
            .put("data", comparison.data())
            .put("model", comparison.model())
            .put("training_samples", comparison.trainingSamples())
            .put("validation_samples", comparison.validationSamples())
            .put("batch", comparison.batch())
            .put("iterations_per_epoch", comparison.iterationsPerEpoch())
            .put("epochs", comparison.epochs())
            .put("seed", comparison.draws().all().getFirst().seed());
    comparison.draws().seeds().forEach(json.putArray("seeds")::add);
    json.put("target_val_loss", finite(comparison.target()));
    json.putObject("environment")
        .put("version", comparison.environment().version())
        .put("cpu", comparison.environment().cpu())
        .put("threads", comparison.environment().threads())
        .put("jdk", comparison.environment().jdk());
    comparison.verdict().ifPresent(verdict -> add(json.putObject("verdict"), verdict));
    ArrayNode findings = json.putArray("findings");
    for (Conclusion finding : Conclusion.of(comparison)) {
      ObjectNode node =
          findings
              .addObject()
              .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
              .put("sentence", finding.sentence());
      finding.runs().forEach(node.putArray("runs")::add);
    }
    List<Contender> ranked = comparison.ranked();
    ArrayNode runs = json.putArray("runs");
    for (Contender contender : comparison.contenders()) {
      RunRecord run = contender.average();
      ObjectNode node = runs.addObject().put("rank", ranked.indexOf(contender) + 1);
      add(node, run);
      add(node, contender, comparison.criterion());
      node.put("epochs_to_target", finite(comparison.epochsToTarget(contender)));
      ArrayNode lint = node.putArray("schedule_findings");
      comparison.previews().stream()
          .filter(preview -> preview.label().equals(run.name()))
          .forEach(preview -> ScheduleJson.addFindings(lint, preview));
    }
    return json;
  }

  /** What may be said. */
  static void add(ObjectNode json, Verdict verdict) {
    json.put("text", verdict.text())
        .put("kind", verdict.kind().name().toLowerCase(Locale.ROOT))
        .put("supported", verdict.supported())
        .put("by", verdict.by())
        .put("recommended", verdict.recommended().orElse(null));
    verdict.best().forEach(json.putArray("best")::add);
  }

  /** What it is compared by, and a row a seed. */
  private static void add(ObjectNode json, Contender contender, Criterion criterion) {
    double mean = criterion.number(contender.mean());
    double reach = contender.reach();
    json.put("mean", finite(mean))
        .put("deviation", finite(contender.deviation()))
        .put("low", finite(mean - reach))
        .put("high", finite(mean + reach))
        .put("diverged_seeds", contender.diverged().size());
    ArrayNode seeds = json.putArray("seeds");
    for (DrawnRun drawn : contender.runs()) {
      ObjectNode row = seeds.addObject().put("seed", drawn.draw().seed());
      drawn.draw().fold().ifPresent(fold -> row.put("fold", fold.toString()));
      row.put("value", finite(criterion.number(drawn.value())));
      addFigures(row, drawn.run());
    }
  }

  private static void add(ObjectNode json, RunRecord run) {
    json.put("name", run.name()).put("schedule", run.schedule()).put("optimizer", run.optimizer());
    addFigures(json, run);
    ArrayNode rows = json.putArray("history");
    for (EpochRecord row : run.epochs()) {
      ObjectNode node =
          rows.addObject()
              .put("epoch", row.epoch())
              .put("loss", finite(row.loss()))
              .put("accuracy", finite(row.accuracy()))
              .put("val_loss", finite(row.valLoss()))
              .put("val_accuracy", finite(row.valAccuracy()))
              .put("learning_rate", finite(row.learningRate()));
      row.measures().forEach((name, value) -> node.put(name, finite(value)));
    }
    addRates(json.putObject("learning_rate_curves"), run);
    if (!run.diagnostics().isEmpty()) {
      addDiagnostics(json.putObject("diagnostics"), run.diagnostics());
    }
  }

  private static void addFigures(ObjectNode json, RunRecord run) {
    EpochRecord kept = run.kept();
    EpochRecord best = run.best();
    json.put("diverged", run.diverged())
        .put("val_loss", finite(kept.valLoss()))
        .put("val_accuracy", finite(kept.valAccuracy()))
        .put("loss", finite(kept.loss()))
        .put("accuracy", finite(kept.accuracy()))
        .put("gap", finite(kept.gap()))
        .put("learning_rate", finite(kept.learningRate()));
    kept.measures().forEach((name, value) -> json.put(name, finite(value)));
    run.test().forEach((name, value) -> json.put(name, finite(value)));
    json.put("best_val_loss", finite(best.valLoss()))
        .put("best_epoch", run.validated() ? (Integer) best.epoch() : null)
        .put("epochs", run.epochs().size())
        .put("seconds", finite(run.seconds()))
        .put("samples_per_second", finite(run.samplesPerSecond()))
        .put("weights_sha256", run.weightsSha256());
  }

  /** All curves have the same positions. */
  private static void addRates(ObjectNode json, RunRecord run) {
    ArrayNode iterations = json.putArray("iterations");
    ObjectNode rates = json.putObject("learning_rates");
    run.learningRateCurves()
        .forEach((name, curve) -> {
          ArrayNode values = rates.putArray(name);
          curve.forEach(point -> values.add(finite(point.learningRate())));
        });
    run.learningRateCurve().forEach(point -> iterations.add(point.iteration()));
  }

  private static void addDiagnostics(ObjectNode json, Diagnostics diagnostics) {
    for (Diagnostics.Quantity quantity : diagnostics.quantities()) {
      ObjectNode lines = json.putObject(quantity.name());
      for (Diagnostics.Line line : quantity.lines()) {
        ArrayNode values = lines.putArray(line.subject());
        line.values().forEach(value -> values.add(finite(value)));
      }
    }
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
