package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.measure.Measure;
import dev.anneal.nn.measure.Predictions;
import dev.anneal.nn.plan.DataLoader;
import dev.anneal.nn.plan.Plan;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A model in training: what updates it, what measures it, and what is known of its epoch. */
final class Network {
  /** Samples of an evaluation batch. Each sample is computed by itself, so this changes no bit. */
  private static final int EVALUATION_BATCH = 256;

  /** Where an evaluation stands: nothing in it depends on that. */
  private static final Progress NOWHERE = Progress.at(0, 1, 1);

  private final Objective objective;
  private final TrainingGroups groups;
  private final MetricAccumulator accumulator;
  private final int outputs;
  private final int classes;
  private final int evaluationBatch;
  private final PlanFactory factory;
  private final Plan evaluation;
  private Map<Metric, Double> found = Map.of();

  /** For the samples that were measured last: as a rule the next are the same. */
  private Optional<PredictionRecorder> recorder = Optional.empty();

  Network(Objective objective, PlanFactory factory) {
    this.objective = objective;
    this.factory = factory;
    groups = new TrainingGroups(objective.groups(), factory);
    outputs = objective.model().outputs();
    classes = objective.loss().classes(outputs);
    accumulator = new MetricAccumulator(outputs, classes > 0);
    evaluationBatch = Math.max(factory.inputs().batch(), EVALUATION_BATCH);
    evaluation = factory.evaluation(evaluationBatch);
  }

  Objective objective() {
    return objective;
  }

  TrainingGroups groups() {
    return groups;
  }

  /** What was measured of this epoch so far. */
  MetricAccumulator accumulator() {
    return accumulator;
  }

  /** Makes sure that there are samples and metrics for it. */
  void check(Samples samples, Set<String> measured) {
    objective.model().check(samples, objective.loss());
    groups.checkMonitored(measured);
  }

  /** Whether something can be measured on its labels. */
  boolean takes(Measure measure) {
    return objective.loss().labels(outputs) > 0 && measure.takes(classes);
  }

  /** Refuses what cannot be measured. */
  void checkTakes(Measure measure) {
    if (!takes(measure)) {
      throw new InputException(
          "%s cannot be measured where labels are %s"
              .formatted(measure.quantity(), classes > 0 ? "classes" : "real numbers"));
    }
  }

  /** The names of what is measured each epoch and depends on the run alone. */
  Set<String> measured(boolean validated, boolean trainingAccuracy, List<Measure> measures) {
    Set<String> names = new LinkedHashSet<>();
    for (Metric.Source source :
        validated
            ? List.of(Metric.Source.TRAINING, Metric.Source.VALIDATION)
            : List.of(Metric.Source.TRAINING)) {
      names.add(Metric.loss(objective.name(), source).name());
      if (classes > 0 && (trainingAccuracy || source == Metric.Source.VALIDATION)) {
        names.add(Metric.accuracy(objective.name(), source).name());
      }
    }
    if (validated) {
      measures.stream()
          .filter(this::takes)
          .map(each -> Metric.validation(objective.name(), each.quantity()).name())
          .forEach(names::add);
    }
    return names;
  }

  /** The gradients of the last step that are not finite, where it was diagnosed. */
  Optional<String> badGradient() {
    return found.entrySet().stream()
        .filter(each -> each.getKey().quantity().equals(Metric.GRADIENT_NORM))
        .filter(each -> !Double.isFinite(each.getValue()))
        .map(each -> "the gradient of %s is not finite".formatted(each.getKey().part()))
        .findFirst();
  }

  /** Forgets the epoch before. */
  void beginEpoch() {
    accumulator.clear();
    found = Map.of();
  }

  /**
   * Takes a step on the current batch.
   *
   * @param count how many samples it has
   * @param diagnosed whether to find out what the update does
   */
  void update(int count, Progress progress, boolean diagnosed) {
    List<Plan> plans = groups.begin(progress, count);
    if (!diagnosed) {
      run(plans, count, progress);
      return;
    }
    plans = groups.watched();
    Diagnosis diagnosis = new Diagnosis(factory.store(), groups.trained(), objective.name());
    run(plans, count, progress);
    found = diagnosis.after(plans.getFirst(), groups.trained());
  }

  private void run(List<Plan> plans, int count, Progress progress) {
    for (int pass = 0; pass < plans.size(); pass++) {
      plans.get(pass).run(count, progress);
    }
    accumulator.add(plans.getFirst(), count);
  }

  /** Adds what training has measured in the epoch. */
  void reportTraining(Map<Metric, Double> metrics) {
    report(metrics, Metric.Source.TRAINING, accumulator.loss(), accumulator.accuracy());
  }

  /** Measures the model, with the weights that are in place, on other samples, and adds it. */
  void reportValidation(Map<Metric, Double> metrics, Samples samples, List<Measure> measures) {
    Evaluation evaluation = evaluate(samples, measures.stream().filter(this::takes).toList());
    report(metrics, Metric.Source.VALIDATION, evaluation.loss(), evaluation.accuracy());
    evaluation
        .measures()
        .forEach((name, value) -> metrics.put(Metric.validation(objective.name(), name), value));
  }

  /** Accuracy is not a number where none is measured. */
  private void report(
      Map<Metric, Double> metrics, Metric.Source source, double loss, double accuracy) {
    metrics.put(Metric.loss(objective.name(), source), loss);
    if (!Double.isNaN(accuracy)) {
      metrics.put(Metric.accuracy(objective.name(), source), accuracy);
    }
  }

  /** Adds the values of its schedules at the last update, and what that did. */
  void reportUpdate(Map<Metric, Double> metrics) {
    groups
        .names()
        .forEach(name -> metrics.put(Metric.scheduled(objective.name(), name), groups.value(name)));
    metrics.putAll(found);
  }

  /** Measures the model with the weights that are in place. */
  Evaluation evaluate(Samples samples, List<Measure> measures) {
    MetricAccumulator measured = new MetricAccumulator(outputs, classes > 0);
    Optional<PredictionRecorder> kept =
        measures.isEmpty() ? Optional.empty() : Optional.of(recorder(samples.size()));
    int[] inOrder = IntStream.range(0, samples.size()).toArray();
    Workers workers = factory.workers();
    DataLoader loader =
        new DataLoader(evaluation.inputs(), evaluationBatch, workers, samples, inOrder);
    for (int count = loader.advance(); count > 0; count = loader.advance()) {
      evaluation.run(count, NOWHERE);
      measured.add(evaluation, count);
      if (kept.isPresent()) {
        kept.get().add(evaluation, count);
      }
    }
    Map<String, Double> values = new LinkedHashMap<>();
    kept.map(PredictionRecorder::predictions)
        .ifPresent(all -> measures.forEach(each -> values.put(each.quantity(), value(each, all))));
    return new Evaluation(measured.loss(), measured.accuracy(), values);
  }

  private static double value(Measure measure, Predictions predictions) {
    try {
      return measure.of(predictions);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "measure %s, on %d predictions: %s".formatted(measure.quantity(), predictions.size(), e),
          e);
    }
  }

  private PredictionRecorder recorder(int size) {
    PredictionRecorder found =
        recorder
            .filter(each -> each.isFor(size))
            .orElseGet(() ->
                new PredictionRecorder(classes, outputs, objective.loss().labels(outputs), size));
    found.clear();
    recorder = Optional.of(found);
    return found;
  }

  PlanPredictor predictor() {
    return new PlanPredictor(objective.model(), evaluation, evaluationBatch);
  }

  void save(StateWriter to, boolean within) {
    groups.save(to);
    if (within) {
      accumulator.save(to.within("epoch"));
    }
  }

  void restore(StateReader from, boolean within) {
    groups.restore(from);
    if (within) {
      accumulator.restore(from.within("epoch"));
    }
  }
}
