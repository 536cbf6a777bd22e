package dev.anneal.nn.training;

import dev.anneal.core.sample.Samples;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A training run, step by step: the one loop of all that trains. Between two steps its {@link
 * #state} can be taken, written, and given to another session with the same description, which goes
 * on from there with the same bits.
 *
 * <pre>{@code
 * Session session = training.trainer().session(samples);
 * while (session.step()) {}
 * session.finish();
 * }</pre>
 *
 * <p>A session is used by one thread at a time; only {@link #stop} may be called by any.
 */
public final class Session {
  private static final double NANO = 1e-9;

  private final Networks networks;
  private final Stepper stepper;
  private final SessionOptions options;
  private final History history;
  private final RunningEpoch live = new RunningEpoch(this);

  /** Where it stands: epochs that are done, and steps of the next one. */
  private int epoch;

  private int step;

  /** Time spent on these steps. */
  private long nanos;

  /** Whether the stepper stands there. */
  private boolean placed;

  private Optional<BestWeights> best = Optional.empty();
  private Optional<Ending> ending = Optional.empty();
  private boolean finished;
  private volatile boolean stopping;

  Session(
      Networks networks,
      Stepper stepper,
      SessionOptions options,
      History history,
      Samples samples) {
    this.networks = networks;
    this.stepper = stepper;
    this.options = options;
    this.history = history;
    check(samples);
  }

  private void check(Samples samples) {
    Set<String> measured = new LinkedHashSet<>();
    boolean validated = options.validation().isPresent();
    for (Network network : networks.all()) {
      measured.addAll(network.measured(validated, stepper.measuresAccuracy()));
    }
    for (Network network : networks.all()) {
      network.check(samples, measured);
      options.validation().ifPresent(each -> network.check(each, measured));
    }
    options.stopping().ifPresent(each -> each.monitor().checkMeasured(measured));
    options.best().ifPresent(each -> each.checkMeasured(measured));
  }

  /**
   * Takes a step: an update of the weights, or with a minimizer one of its steps. The last of an
   * epoch includes validation and the decision whether to go on.
   *
   * @return whether there are more
   * @throws dev.anneal.api.InputException if a schedule gives no finite number
   */
  public boolean step() {
    if (ending.isEmpty() && stopping) {
      ending = Optional.of(Ending.STOPPED);
    }
    if (ending.isPresent()) {
      return false;
    }
    long start = System.nanoTime();
    if (!placed) {
      networks.all().forEach(Network::beginEpoch);
      stepper.moveTo(epoch, step);
      placed = true;
    }
    stepper.step(options.diagnosed());
    step++;
    nanos += System.nanoTime() - start;
    options.listener().batch(live);
    boolean finite = isFinite();
    if (step == stepper.stepsPerEpoch() || !finite) {
      endEpoch(finite);
    }
    return ending.isEmpty();
  }

  private boolean isFinite() {
    List<Network> all = networks.all();
    for (int i = 0; i < all.size(); i++) {
      if (!Double.isFinite(all.get(i).accumulator().loss())) {
        return false;
      }
    }
    return true;
  }

  private void endEpoch(boolean finite) {
    EpochMetrics row = measured();
    history.add(row);
    keepBest();
    epoch++;
    step = 0;
    nanos = 0;
    placed = false;
    ending = finite ? decided() : Optional.of(Ending.DIVERGED);
    options.listener().epoch(live, row);
  }

  private EpochMetrics measured() {
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    List<Network> all = networks.all();
    all.forEach(network -> network.reportTraining(metrics));
    options
        .validation()
        .ifPresent(samples -> all.forEach(network -> network.reportValidation(metrics, samples)));
    all.forEach(network -> network.reportUpdate(metrics));
    metrics.put(Metric.SAMPLES_PER_SECOND, all.getFirst().accumulator().samples() / (nanos * NANO));
    return new EpochMetrics(epoch + 1, metrics);
  }

  private void keepBest() {
    options
        .best()
        .filter(monitor -> monitor.best(history) == history.epochs() - 1)
        .ifPresent(_ -> best = Optional.of(new BestWeights(epoch, networks.toEvaluate())));
  }

  /** Whether the history says that it is over. */
  private Optional<Ending> decided() {
    if (epoch >= options.epochs()) {
      return Optional.of(Ending.COMPLETED);
    }
    if (options.stopping().filter(rule -> rule.stops(history)).isPresent()) {
      return Optional.of(Ending.STOPPED_EARLY);
    }
    return stepper.isDone() ? Optional.of(Ending.CONVERGED) : Optional.empty();
  }

  /** Asks for an end after the step that is being taken. Any thread may do so. */
  public void stop() {
    stopping = true;
  }

  /**
   * Takes all steps that are left, and finishes.
   *
   * @return the metrics of each epoch
   */
  public History run() {
    while (step()) {}
    finish();
    return history;
  }

  /**
   * Puts the weights in place that the session is to end with: those of the best epoch where they
   * are asked for, those to measure the model with where the optimizer has others. No step can be
   * taken afterwards.
   */
  public void finish() {
    if (finished) {
      return;
    }
    finished = true;
    ending = Optional.of(ending.orElse(Ending.STOPPED));
    networks.settle();
    best.ifPresent(kept -> networks.store().set(kept.weights()));
  }

  /**
   * All that decides how the session goes on.
   *
   * @return a copy
   * @throws IllegalStateException once the session is finished
   */
  public TrainingState state() {
    if (finished) {
      throw new IllegalStateException("the session is finished; take its state before");
    }
    StateWriter to = new StateWriter();
    to.longs("position", epoch, step, nanos);
    networks.save(to, step > 0);
    stepper.save(to);
    history.save(to.within("history"));
    best.ifPresent(kept -> {
      StateWriter own = to.within("best");
      own.longs("epoch", kept.epoch());
      own.weights(networks.store(), kept.weights());
    });
    return to.state();
  }

  /**
   * Goes on from where another session with the same description was. The number of epochs and when
   * to stop may differ.
   *
   * @param state what its {@link #state} gave
   * @throws dev.anneal.api.InputException if it is the state of something else
   * @throws IllegalStateException once a step was taken
   */
  public void restore(TrainingState state) {
    if (placed || history.epochs() > 0 || finished) {
      throw new IllegalStateException("a session is restored before its first step");
    }
    StateReader from = state.reader();
    long[] position = from.longs("position", 3);
    epoch = Math.toIntExact(position[0]);
    step = Math.toIntExact(position[1]);
    nanos = position[2];
    networks.restore(from, step > 0);
    stepper.restore(from);
    history.restore(from.within("history"));
    if (from.has("best/epoch")) {
      StateReader own = from.within("best");
      best =
          Optional.of(
              new BestWeights(Math.toIntExact(own.one("epoch")), own.weights(networks.store())));
    }
    from.end();
    if (step > 0) {
      stepper.moveTo(epoch, step);
      placed = true;
    } else if (epoch > 0) {
      ending = decided();
    }
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
   * Why there are no more steps.
   *
   * @return nothing while there are
   */
  public Optional<Ending> ending() {
    return ending;
  }

  /**
   * The epoch whose weights are kept: the best where that is asked for, else the last that is
   * complete.
   *
   * @return counted from 0; -1 before the end of the first
   */
  public int keptEpoch() {
    return best.map(BestWeights::epoch).orElse(history.epochs() - 1);
  }

  /**
   * Where it stands.
   *
   * @return epochs that are done
   */
  public int epoch() {
    return epoch;
  }

  /**
   * Where it stands in the epoch.
   *
   * @return steps that are done, less than {@link #stepsPerEpoch}
   */
  public int stepOfEpoch() {
    return step;
  }

  /**
   * How many steps an epoch has.
   *
   * @return at least 1
   */
  public int stepsPerEpoch() {
    return stepper.stepsPerEpoch();
  }

  Network first() {
    return networks.first();
  }
}
