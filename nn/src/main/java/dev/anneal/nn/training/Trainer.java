package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.plan.DataLoader;
import dev.anneal.nn.plan.Inputs;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.Seeds;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Trains a model. A run's result depends on the model, the loss, the optimizer, the data, the batch
 * size and the seed; not on the number of threads nor on the width of vectors. A training step
 * allocates nothing.
 *
 * <p>{@link Training} makes trainers. One is used by one thread at a time.
 */
public final class Trainer implements AutoCloseable {
  /** Samples of an evaluation batch. Each sample is computed by itself, so this changes no bit. */
  private static final int EVALUATION_BATCH = 256;

  /** Where an evaluation stands: nothing in it depends on that. */
  private static final Progress NOWHERE = Progress.at(0, 1, 1);

  private final Model model;
  private final Loss loss;
  private final int outputs;
  private final boolean classes;
  private final int batch;
  private final int evaluationBatch;
  private final ParameterStore store;
  private final Inputs inputs;
  private final TrainingGroups training;
  private final Plan evaluation;
  private final Workers workers;
  private final RandomStream order;
  private final History history = new History();
  private final Run run;
  private Optional<Workers> own = Optional.empty();
  private boolean diagnosing;

  /** What {@link #fit(Samples)} does beside training. */
  record Run(
      int epochs,
      Optional<Samples> validation,
      Optional<EarlyStopping> stopping,
      TrainingListener listener) {
    static final Run ONCE = new Run(1, Optional.empty(), Optional.empty(), TrainingListener.NONE);
  }

  Trainer(Model model, Loss loss, Optimizer optimizer, int batch, long seed, Workers workers) {
    this(model, loss, Groups.of(optimizer), batch, seed, workers);
  }

  Trainer(Model model, Loss loss, Groups groups, int batch, long seed, Workers workers) {
    this(model, loss, groups, batch, seed, workers, Run.ONCE);
  }

  Trainer(Model model, Loss loss, Groups groups, int batch, long seed, Workers workers, Run run) {
    this(model, loss, groups, batch, seed, workers, Width.preferred(), true, run);
  }

  Trainer(
      Model model,
      Loss loss,
      Groups groups,
      int batch,
      long seed,
      Workers workers,
      Width width,
      boolean fuse) {
    this(model, loss, groups, batch, seed, workers, width, fuse, Run.ONCE);
  }

  Trainer(
      Model model,
      Loss loss,
      Groups groups,
      int batch,
      long seed,
      Workers workers,
      Width width,
      boolean fuse,
      Run run) {
    if (batch < 1) {
      throw new InputException("the batch must have at least 1 sample, not " + batch);
    }
    this.model = model;
    this.run = run;
    this.batch = batch;
    this.workers = workers;
    order = Seeds.ORDER.of(seed);
    RandomStream drawn = Seeds.MODEL.of(seed);
    this.loss = loss;
    outputs = model.outputs();
    classes = loss.classes(outputs) > 0;
    Program trained = model.training(loss);
    Program evaluated = model.evaluation(loss);
    store =
        ParameterStore.of(model.parameters(), List.of(trained, evaluated), Seeds.WEIGHTS.of(seed));
    inputs = Inputs.of(trained, model.features(), batch);
    RandomStream noise = Seeds.OPTIMIZER.of(seed);
    training =
        new TrainingGroups(
            groups,
            new PlanFactory(model, loss, store, inputs, drawn, noise, width, workers, fuse));
    evaluationBatch = Math.max(batch, EVALUATION_BATCH);
    evaluation =
        new Plan(evaluated, store, model.features(), evaluationBatch, drawn, width, workers);
  }

  /** See {@link Training#diagnosed}. */
  Trainer diagnose() {
    diagnosing = true;
    return this;
  }

  /** These workers are closed with the trainer. */
  void own(Workers made) {
    own = Optional.of(made);
  }

  /** Ends the threads that the trainer began; those that it was given go on. */
  @Override
  public void close() {
    own.ifPresent(Workers::close);
  }

  /**
   * Trains, once, as {@link Training} says.
   *
   * @param samples what to train on, in a new random order each epoch
   * @return the metrics of each epoch; the last one's loss is not finite if training diverged,
   *     which ends it
   * @throws InputException if model and data do not fit, if a schedule is driven by a metric that
   *     is not measured, or if one gives no finite number
   */
  public History fit(Samples samples) {
    return fit(samples, run.validation, run.epochs, run.stopping, run.listener);
  }

  /**
   * The metrics of each epoch so far.
   *
   * @return the history
   */
  public History history() {
    return history;
  }

  History fit(
      Samples samples,
      Optional<Samples> validation,
      int epochs,
      Optional<EarlyStopping> stopping,
      TrainingListener listener) {
    if (epochs < 1) {
      throw new InputException("training takes at least 1 epoch, not " + epochs);
    }
    if (history.epochs() > 0) {
      throw new IllegalStateException("a trainer trains once; make another for another run");
    }
    model.check(samples, loss);
    validation.ifPresent(each -> model.check(each, loss));
    Set<String> measured = EpochMetrics.measured(validation.isPresent(), classes);
    training.checkMonitored(measured);
    stopping.ifPresent(each -> each.checkMonitored(measured));
    int iterationsPerEpoch = Math.ceilDiv(samples.size(), batch);
    Cursor cursor = new Cursor(iterationsPerEpoch, (long) epochs * iterationsPerEpoch, history);
    RunningEpoch running =
        new RunningEpoch(cursor, new MetricAccumulator(outputs, classes), training);
    int[] shuffled = new int[samples.size()];
    float[] best = {};
    for (int epoch = 0; epoch < epochs; epoch++) {
      order.permute(epoch, shuffled);
      history.add(epoch(samples, shuffled, validation, running, listener));
      listener.epoch(history.last());
      if (!Double.isFinite(history.last().value(MetricHistory.LOSS))) {
        break;
      }
      if (stopping.isPresent()) {
        boolean restore = stopping.get().restoreBest();
        if (restore && stopping.get().best(history) == epoch) {
          training.exchange();
          best = store.weights().clone();
          training.exchange();
        }
        if (stopping.get().stops(history)) {
          training.settle();
          System.arraycopy(best, 0, store.weights(), 0, best.length);
          return history;
        }
      }
    }
    training.settle();
    return history;
  }

  private EpochMetrics epoch(
      Samples samples,
      int[] shuffled,
      Optional<Samples> validation,
      RunningEpoch running,
      TrainingListener listener) {
    long start = System.nanoTime();
    Cursor cursor = running.cursor();
    MetricAccumulator accumulator = running.accumulator();
    accumulator.clear();
    Map<String, Double> found = new LinkedHashMap<>();
    Optional<Diagnosis> diagnosis = Optional.empty();
    DataLoader loader = new DataLoader(inputs, batch, workers, samples, shuffled);
    for (int count = loader.advance(); count > 0; count = loader.advance()) {
      List<Plan> plans = training.begin(cursor);
      if (diagnosing && (cursor.iteration() + 1) % cursor.iterationsPerEpoch() == 0) {
        plans = training.watched();
        diagnosis = Optional.of(new Diagnosis(store, training.trained()));
      }
      for (int pass = 0; pass < plans.size(); pass++) {
        plans.get(pass).run(count, cursor);
      }
      accumulator.add(plans.getFirst(), count);
      if (diagnosis.isPresent()) {
        found.putAll(diagnosis.get().after(plans.getFirst(), training.trained()));
      }
      cursor.advance();
      listener.batch(running);
      if (!Double.isFinite(accumulator.loss())) {
        break;
      }
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(MetricHistory.LOSS, accumulator.loss());
    if (classes) {
      metrics.put(MetricHistory.ACCURACY, accumulator.accuracy());
    }
    validation
        .map(this::measure)
        .ifPresent(result -> {
          metrics.put(MetricHistory.VAL_LOSS, result.loss());
          if (classes) {
            metrics.put(MetricHistory.VAL_ACCURACY, result.accuracy());
          }
        });
    training.names().forEach(name -> metrics.put(name, training.value(name)));
    metrics.putAll(found);
    metrics.put(EpochMetrics.SAMPLES_PER_SECOND, accumulator.samples() / seconds);
    return new EpochMetrics(running.epoch(), metrics);
  }

  /**
   * Measures the model.
   *
   * @param samples what to measure it on
   * @return mean loss and accuracy
   */
  public Evaluation evaluate(Samples samples) {
    model.check(samples, loss);
    return measure(samples);
  }

  private Evaluation measure(Samples samples) {
    training.exchange();
    try {
      return measured(samples);
    } finally {
      training.exchange();
    }
  }

  private Evaluation measured(Samples samples) {
    MetricAccumulator accumulator = new MetricAccumulator(outputs, classes);
    int[] inOrder = IntStream.range(0, samples.size()).toArray();
    DataLoader loader =
        new DataLoader(evaluation.inputs(), evaluationBatch, workers, samples, inOrder);
    for (int count = loader.advance(); count > 0; count = loader.advance()) {
      evaluation.run(count, NOWHERE);
      accumulator.add(evaluation, count);
    }
    return new Evaluation(accumulator.loss(), accumulator.accuracy());
  }

  /**
   * What the model predicts for some samples.
   *
   * @param samples a row for each, [samples x features]
   * @return a row for each, [samples x outputs]: probabilities where the model ends in softmax or
   *     sigmoid
   * @throws InputException if the rows are no samples of the model
   */
  public Tensor predict(Tensor samples) {
    training.exchange();
    try {
      return new Predictor(model, evaluation, evaluationBatch).predict(samples);
    } finally {
      training.exchange();
    }
  }

  /**
   * The weights of a parameter as they are now.
   *
   * @param parameter one of the model's {@link Model#parameters()}
   * @return a copy, [rows x columns]
   */
  public Tensor weights(Parameter parameter) {
    return Tensor.of(store.matrix(parameter).get(), parameter.rows(), parameter.columns());
  }

  /**
   * Replaces the weights of a parameter, to go on from what another run has learned.
   *
   * @param parameter one of the model's {@link Model#parameters()}
   * @param weights [rows x columns]
   * @throws InputException if they have another shape
   */
  public void setWeights(Parameter parameter, Tensor weights) {
    if (!Arrays.equals(weights.shape(), new int[] {parameter.rows(), parameter.columns()})) {
      throw new InputException(
          "%s is [%d x %d], not a %s"
              .formatted(parameter.name(), parameter.rows(), parameter.columns(), weights));
    }
    store.matrix(parameter).set(weights.elements(), 0);
  }

  /**
   * Replaces all weights.
   *
   * @param weights parameter after parameter, each row-major
   */
  public void setWeights(float[] weights) {
    int size = model.parameters().stream().mapToInt(Parameter::size).sum();
    if (weights.length != size) {
      throw new InputException("the model has %d weights, not %d".formatted(size, weights.length));
    }
    store.set(weights);
  }

  /**
   * All weights as they are now.
   *
   * @return a copy: parameter after parameter, each row-major
   */
  public float[] weights() {
    return store.copy();
  }
}
