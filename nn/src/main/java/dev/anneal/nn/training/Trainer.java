package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.minimize.FullBatchObjective;
import dev.anneal.nn.minimize.Lbfgs;
import dev.anneal.nn.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models that are trained, compiled. A run's result depends on the models, the losses, the
 * optimizers, the data, the batch size and the seed; not on the number of threads nor on the width
 * of vectors. A training step allocates nothing.
 *
 * <p>{@link Training} makes trainers. One is used by one thread at a time, and trains once.
 */
public final class Trainer implements AutoCloseable {
  private final Networks networks;
  private final Optional<Lbfgs> minimizer;
  private final long seed;
  private final SessionOptions options;
  private final History history;
  private Optional<Workers> own = Optional.empty();
  private boolean used;

  Trainer(
      List<Objective> objectives,
      List<Model> readers,
      Optional<Lbfgs> minimizer,
      Networks.Setting setting,
      SessionOptions options) {
    networks = new Networks(objectives, readers, setting);
    this.minimizer = minimizer;
    this.seed = setting.seed();
    this.options = options;
    history = new History(options.measures());
  }

  /** These workers are closed with the trainer. */
  void own(Workers made) {
    own = Optional.of(made);
  }

  /** What is named here follows other schedules than its optimizer has. */
  void follow(Map<String, Schedule> others) {
    List<TrainingGroups> groups = networks.all().stream().map(Network::groups).toList();
    List<String> known = groups.stream().flatMap(each -> each.names().stream()).distinct().toList();
    others.keySet().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new InputException(
              "no hyper-parameter is named \"%s\"%s; there are %s"
                  .formatted(name, Messages.didYouMean(name, known), Messages.list(known, "and")));
        });
    groups.forEach(each -> each.follow(others));
  }

  /** Ends the threads that the trainer began; those that it was given go on. */
  @Override
  public void close() {
    own.ifPresent(Workers::close);
  }

  /**
   * Trains, as {@link Training} says.
   *
   * @param samples what to train on, in a new random order each epoch
   * @return the metrics of each epoch; of one in which training diverged those up to there, which
   *     ends it
   * @throws InputException if model and data do not fit, if a schedule is driven by a metric that
   *     is not measured, or if one gives no finite number
   */
  public History fit(Samples samples) {
    return session(samples).run();
  }

  /**
   * Begins to train, step by step.
   *
   * @param samples what to train on, in a new random order each epoch
   * @return a session before its first step
   * @throws InputException if model and data do not fit, or if a schedule is driven by a metric
   *     that is not measured
   */
  public Session session(Samples samples) {
    return session(samples, options);
  }

  Session session(Samples samples, SessionOptions options) {
    if (used) {
      throw new IllegalStateException("a trainer trains once; make another for another run");
    }
    Session session =
        new Session(networks, stepper(samples, options.epochs()), options, history, samples);
    used = true;
    return session;
  }

  private Stepper stepper(Samples samples, int epochs) {
    if (minimizer.isEmpty()) {
      return new BatchStepper(networks, samples, epochs, history);
    }
    Objective objective = networks.first().objective();
    FullBatchObjective loss =
        new FullBatchObjective(
            objective.model(), objective.loss(), samples, seed, networks.workers());
    return new MinimizerStepper(networks, loss, minimizer.get(), samples.size());
  }

  /**
   * The metrics of each epoch so far.
   *
   * @return the history
   */
  public History history() {
    return history;
  }

  /**
   * Measures the model, of several the first.
   *
   * @param samples what to measure it on
   * @return mean loss, accuracy, and what is {@linkplain Training#measuring measured} beside them
   * @throws InputException if they do not fit the model, or a measure does not take their labels
   */
  public Evaluation evaluate(Samples samples) {
    Network network = networks.first();
    network.objective().model().check(samples, network.objective().loss());
    options.measures().forEach(network::checkTakes);
    return networks.exchanged(() -> network.evaluate(samples, options.measures()));
  }

  /**
   * What the model predicts for some samples, of several the first.
   *
   * @param samples a row for each, [samples x features]
   * @return a row for each, [samples x outputs]: probabilities where the model ends in softmax or
   *     sigmoid
   * @throws InputException if the rows are no samples of the model
   */
  public Tensor predict(Tensor samples) {
    return predict(networks.first().objective().model(), samples);
  }

  /**
   * What a model predicts that is trained here, or reads the same weights. Random nodes draw other
   * numbers for each row.
   *
   * @param model one that is trained, or of {@link Training#readers}
   * @param samples a row for each, [samples x features]
   * @return a row for each, [samples x outputs]
   * @throws InputException if the rows are no samples of the model
   */
  public Tensor predict(Model model, Tensor samples) {
    return networks.predict(model, samples);
  }

  /**
   * The weights of a parameter as they are now.
   *
   * @param parameter one of the model's {@link Model#parameters()}
   * @return a copy, [rows x columns]
   */
  public Tensor weights(Parameter parameter) {
    return Tensor.of(
        networks.store().matrix(parameter).get(), parameter.rows(), parameter.columns());
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
    networks.weightsChange();
    networks.store().matrix(parameter).set(weights.elements(), 0);
  }

  /**
   * Replaces all weights.
   *
   * @param weights parameter after parameter, each row-major
   */
  public void setWeights(float[] weights) {
    int size = networks.store().size();
    if (weights.length != size) {
      throw new InputException("the model has %d weights, not %d".formatted(size, weights.length));
    }
    networks.weightsChange();
    networks.store().set(weights);
  }

  /**
   * All weights as they are now.
   *
   * @return a copy: parameter after parameter, each row-major
   */
  public float[] weights() {
    return networks.store().copy();
  }
}
