package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.measure.Measure;
import dev.anneal.nn.minimize.Lbfgs;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to train and how: a model, its loss and its optimizer, or several; and defaults for the
 * rest.
 *
 * <pre>{@code
 * try (Trainer trainer =
 *     Training.of(model, loss, optimizer).batch(28).epochs(50).validation(held).fit(samples)) {
 *   double accuracy = trainer.history().last().value("val_accuracy");
 * }
 * }</pre>
 *
 * <p>The defaults: batches of 32, 10 epochs, seed 42, a thread for each processor, no validation,
 * no early stopping. A result does not depend on the threads.
 */
public final class Training {
  private final List<Objective> objectives;
  private final Optional<Lbfgs> minimizer;
  private List<Model> readers = List.of();
  private int batch = 32;
  private int epochs = 10;
  private long seed = 42;
  private boolean diagnosed;
  private Map<String, Schedule> followed = Map.of();
  private Optional<Workers> workers = Optional.empty();
  private Optional<Samples> validation = Optional.empty();
  private List<Measure> measures = List.of();
  private Optional<EarlyStopping> stopping = Optional.empty();
  private Optional<Monitor> best = Optional.empty();
  private Guard guard = Guard.STOP;
  private TrainingListener listener = TrainingListener.NONE;

  private Training(List<Objective> objectives, Optional<Lbfgs> minimizer) {
    this.objectives = List.copyOf(objectives);
    this.minimizer = minimizer;
  }

  /**
   * Begins with the defaults.
   *
   * @param model the model
   * @param loss what to minimize
   * @param optimizer how
   * @return a training, which the other methods change
   */
  public static Training of(Model model, Loss loss, Optimizer optimizer) {
    return ofGroups(model, loss, Groups.of(optimizer));
  }

  /**
   * Begins with the defaults, for training in groups.
   *
   * @param model the model
   * @param loss what to minimize
   * @param groups which parameters are trained how, and when
   * @return a training, which the other methods change
   */
  public static Training ofGroups(Model model, Loss loss, Groups groups) {
    return new Training(List.of(Objective.alone(model, loss, groups)), Optional.empty());
  }

  /**
   * Begins with the defaults, for networks that are trained in turn on the same batches, such as
   * the two of a generative adversary pair. A weight is shared where models give it the same name
   * ({@link Scope#part}). Metrics begin with the name of their objective: {@code generator/loss}.
   *
   * @param objectives in this order
   * @return a training, which the other methods change
   */
  public static Training inTurn(Objective... objectives) {
    return new Training(List.of(objectives), Optional.empty());
  }

  /**
   * Begins with the defaults, for a minimizer of the loss over all samples. An epoch is a step of
   * it; the batch size means nothing. It ends earlier where the minimizer has arrived.
   *
   * @param model the model; all its parameters are trained
   * @param loss what to minimize
   * @param minimizer how
   * @return a training, which the other methods change
   */
  public static Training minimizing(Model model, Loss loss, Lbfgs minimizer) {
    return new Training(List.of(Objective.alone(model, loss, Groups.NONE)), Optional.of(minimizer));
  }

  /**
   * Sets the batch size.
   *
   * @param samples at least 1; the last batch of an epoch may have fewer
   * @return this
   */
  public Training batch(int samples) {
    batch = samples;
    return this;
  }

  /**
   * Sets the number of epochs.
   *
   * @param times at least 1
   * @return this
   */
  public Training epochs(int times) {
    epochs = times;
    return this;
  }

  /**
   * Sets the seed of the initial weights, the order of the samples, dropout and noise.
   *
   * @param number any
   * @return this
   */
  public Training seed(long number) {
    seed = number;
    return this;
  }

  /**
   * Lets hyper-parameters follow other schedules than their optimizers and layers have, as a test
   * of learning rates does. Nothing else changes: not the rule, nor what it keeps from step to
   * step, so that the state of a session without them can be restored.
   *
   * @param schedules by the names that epochs report their values by ({@link Groups#schedules})
   * @return this
   */
  public Training following(Map<String, Schedule> schedules) {
    followed = new LinkedHashMap<>(schedules);
    return this;
  }

  /**
   * Sets the validation samples, on which loss and accuracy are measured after each epoch.
   *
   * @param samples not trained on
   * @return this
   */
  public Training validation(Samples samples) {
    validation = Optional.of(samples);
    return this;
  }

  /**
   * Sets what is measured beside loss and accuracy: on the validation samples after each epoch, as
   * {@code val_} and its name, and wherever {@link Trainer#evaluate} is asked. Of networks that are
   * trained in turn it is measured on those whose labels it takes.
   *
   * @param judges each with a name of its own
   * @return this
   */
  public Training measuring(Measure... judges) {
    measures = List.of(judges);
    return this;
  }

  /**
   * Sets when to stop early.
   *
   * @param rule the rule
   * @return this
   */
  public Training stopping(EarlyStopping rule) {
    stopping = Optional.of(rule);
    return this;
  }

  /**
   * Sets what to do about numbers that are not finite. Without it training ends, with the last
   * finite weights.
   *
   * @param policy what to do
   * @return this
   */
  public Training guard(Guard policy) {
    guard = policy;
    return this;
  }

  /**
   * Puts the weights of the best epoch back at the end, however it comes. Without it the last ones
   * are kept.
   *
   * @param by what makes an epoch the best
   * @return this
   */
  public Training restoringBest(Monitor by) {
    best = Optional.of(by);
    return this;
  }

  /**
   * Sets models that read the same weights and are not trained.
   *
   * @param models for {@link Trainer#predict(Model, dev.anneal.core.tensor.Tensor)}
   * @return this
   */
  public Training readers(Model... models) {
    readers = List.of(models);
    return this;
  }

  /**
   * Sets a listener.
   *
   * @param added told of every update and epoch
   * @return this
   */
  public Training listener(TrainingListener added) {
    listener = added;
    return this;
  }

  /**
   * Adds to the metrics of each epoch what its last update did to each layer and group: {@code
   * dense_1/gradient_norm}, {@code dense_1/update_ratio}, {@code dense_1/effective_rate}, and what
   * optimizers report, such as {@code clip_factor}. It changes no bit of the training and costs as
   * much as a few updates an epoch.
   *
   * @return this
   */
  public Training diagnosed() {
    diagnosed = true;
    return this;
  }

  /**
   * Sets the threads that compute, instead of the trainer's own.
   *
   * @param shared not closed with the trainer; any number of trainers may use them at once
   * @return this
   */
  public Training workers(Workers shared) {
    workers = Optional.of(shared);
    return this;
  }

  /**
   * Compiles the model, without training it.
   *
   * @return the trainer, whose weights may be replaced before {@link Trainer#fit}
   * @throws InputException if a parameter is in no group or in two, if a group takes none, or if
   *     what is to follow another schedule does not exist
   */
  public Trainer trainer() {
    Workers team = workers.orElseGet(() -> new Workers(Runtime.getRuntime().availableProcessors()));
    Trainer trainer =
        new Trainer(
            objectives,
            readers,
            minimizer,
            new Networks.Setting(batch, seed, team, Width.preferred(), true),
            new SessionOptions(
                epochs, validation, measures, stopping, best, diagnosed, guard, listener));
    if (workers.isEmpty()) {
      trainer.own(team);
    }
    trainer.follow(followed);
    return trainer;
  }

  /**
   * Trains.
   *
   * @param samples what to train on, in a new random order each epoch
   * @return the trainer, which has the weights and the {@linkplain Trainer#history history}
   * @throws InputException if model and data do not fit, if a schedule is driven by a metric that
   *     is not measured, or if one gives no finite number
   */
  public Trainer fit(Samples samples) {
    Trainer trainer = trainer();
    trainer.fit(samples);
    return trainer;
  }
}
