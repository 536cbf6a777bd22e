package dev.anneal.nn.training;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.flight.FlightRecorder;
import dev.anneal.nn.measure.Measure;
import java.util.ArrayList;
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
  private static final Metric.Source TRAINING = Metric.Source.TRAINING;

  /** A last loss so many times that of the first batch is no success. */
  private static final double ASTRAY = 1000;

  /** Steps over which a rate is reached after a guard went back. */
  private static final int WARM_UP = 100;

  private static final int MOST_BACK_OFFS = 8;

  private final Networks networks;
  private final Stepper stepper;
  private final SessionOptions options;
  private final History history;
  private final RunningEpoch live = new RunningEpoch(this);
  private final FlightRecorder recorder = FlightRecorder.create();

  /** To look at all weights without allocating. */
  private final float[] weights;

  /** Where it stands: epochs that are done, and steps of the next one. */
  private int epoch;

  private int step;

  /** Time spent on these steps. */
  private long nanos;

  /** Whether the stepper stands there. */
  private boolean placed;

  /** The state between two epochs, and the weights that it has: taking it costs a copy of all. */
  private Optional<TrainingState> atRest = Optional.empty();

  private long atRestSince;

  /** From where a step that went wrong is found again: all steps repeat with the same bits. */
  private TrainingState epochStart;

  /** The loss of the first batch; NaN before it. */
  private double firstLoss = Double.NaN;

  /** How often a guard went back, and since which step of the run. */
  private int backOffs;

  private long backOffAt;
  private final List<Incident> incidents = new ArrayList<>();
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
    networks.begin(samples);
    weights = new float[networks.store().size()];
    epochStart = state();
  }

  private void check(Samples samples) {
    Set<String> measured = new LinkedHashSet<>();
    boolean validated = options.validation().isPresent();
    for (Network network : networks.all()) {
      measured.addAll(network.measured(validated, stepper.measuresAccuracy(), options.measures()));
    }
    for (Network network : networks.all()) {
      network.check(samples, measured);
      options.validation().ifPresent(each -> network.check(each, measured));
    }
    for (Measure measure : options.measures()) {
      if (networks.all().stream().noneMatch(each -> each.takes(measure))) {
        networks.first().checkTakes(measure);
      }
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
      epochStart = state();
      place();
    }
    scaleRates();
    recorder.beginStep();
    stepper.step(options.diagnosed() ? Stepper.Look.LAST : Stepper.Look.NEVER);
    networks.weightsChange();
    step++;
    recorder.endStep(epoch + 1, steps(), networks.first().accumulator().loss());
    nanos += System.nanoTime() - start;
    if (Double.isNaN(firstLoss)) {
      firstLoss = networks.first().accumulator().loss();
    }
    boolean finite = isFinite();
    if (!finite || (step == stepper.stepsPerEpoch() && !weightsAreFinite())) {
      guard();
      return ending.isEmpty();
    }
    options.listener().batch(live);
    if (step == stepper.stepsPerEpoch()) {
      endEpoch();
    }
    if (step == 0) {
      tellEpoch();
    }
    return ending.isEmpty();
  }

  private void place() {
    networks.all().forEach(Network::beginEpoch);
    stepper.moveTo(epoch, step);
    placed = true;
    atRest = Optional.empty();
    recorder.beginEpoch();
  }

  /** After a guard went back the rates are lower, and reached slowly. */
  private void scaleRates() {
    if (backOffs > 0) {
      double warm = Math.min(1, (double) (steps() - backOffAt + 1) / WARM_UP);
      double factor = Math.scalb(warm, -backOffs);
      networks.all().forEach(network -> network.groups().scale(factor));
    }
  }

  /** Steps of the whole run that are done. */
  private long steps() {
    return (long) epoch * stepper.stepsPerEpoch() + step;
  }

  /**
   * Finds the step that went wrong again, and stands before it: its loss is not finite, or the
   * weights after it are not.
   */
  private void guard() {
    int last = step;
    long spent = nanos;
    restore(epochStart.reader());
    if (!placed) {
      place();
    }
    String what = "the loss is not finite, though data, gradients and weights before it are";
    TrainingState before = state();
    while (step < last) {
      before = state();
      int at = step;
      scaleRates();
      stepper.step(Stepper.Look.ALWAYS);
      step++;
      boolean finite = weightsAreFinite();
      if (!finite || !isFinite() || networks.all().stream().anyMatch(Session::badGradient)) {
        what = reason(at, finite).orElse(what);
        break;
      }
    }
    restore(before.reader());
    nanos = spent;
    if (!placed) {
      place();
    }
    act(what);
  }

  private static boolean badGradient(Network network) {
    return network.badGradient().isPresent();
  }

  private Optional<String> reason(int at, boolean finite) {
    return stepper
        .notFinite(epoch, at)
        .or(() -> networks.all().stream().flatMap(each -> each.badGradient().stream()).findFirst())
        .or(() -> finite ? Optional.empty() : Optional.of(badWeights()));
  }

  private String badWeights() {
    return networks.store().matrices().entrySet().stream()
        .filter(each -> !Finite.all(each.getValue().get()))
        .map(each -> "the weights of %s are not finite".formatted(each.getKey().name()))
        .findFirst()
        .orElse("");
  }

  private void act(String what) {
    Guard guard = options.guard();
    if ((guard == Guard.BACK_OFF && backOffs == MOST_BACK_OFFS)
        || (guard == Guard.SKIP && !stepper.measuresAccuracy())) {
      guard = Guard.STOP;
    }
    incidents.add(new Incident(epoch + 1, steps() + 1, what, guard));
    switch (guard) {
      case STOP -> {
        if (step > 0) {
          endEpoch();
          tellEpoch();
        }
        ending = Optional.of(Ending.DIVERGED);
      }
      case SKIP -> {
        stepper.skip();
        step++;
        if (step == stepper.stepsPerEpoch()) {
          endEpoch();
          tellEpoch();
        } else {
          epochStart = state(); // a later accident is looked for from here
        }
      }
      case BACK_OFF -> {
        backOffs++;
        backOffAt = steps();
        epochStart = state();
      }
    }
  }

  private boolean weightsAreFinite() {
    networks.store().copy(weights);
    return Finite.all(weights);
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

  private void endEpoch() {
    history.add(measured());
    keepBest();
    epoch++;
    step = 0;
    nanos = 0;
    placed = false;
    ending = decided();
  }

  private void tellEpoch() {
    EpochMetrics row = history.last();
    String network = first().objective().name();
    recorder.endEpoch(
        epoch,
        row.value(Metric.loss(network, TRAINING)),
        row.value(Metric.loss(network, Metric.Source.VALIDATION)));
    options.listener().epoch(live, row);
  }

  private EpochMetrics measured() {
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    List<Network> all = networks.all();
    all.forEach(network -> network.reportTraining(metrics));
    options
        .validation()
        .ifPresent(samples ->
            networks.exchanged(() -> {
              all.forEach(
                  network -> network.reportValidation(metrics, samples, options.measures()));
              return metrics;
            }));
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

  /** Whether the history says that it is over; a run that ends far above its start went astray. */
  private Optional<Ending> decided() {
    Optional<Ending> over = over();
    double loss = history.last().value(Metric.loss(first().objective().name(), TRAINING));
    return over.isPresent() && firstLoss > 0 && loss > ASTRAY * firstLoss
        ? Optional.of(Ending.DIVERGED)
        : over;
  }

  private Optional<Ending> over() {
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
   * All that decides how the session goes on. Where a step has just ruined the weights, which the
   * guard will see at the next one, it is the state at the start of the epoch: it leads there too.
   *
   * @return a copy
   * @throws IllegalStateException once the session is finished
   */
  public TrainingState state() {
    if (finished) {
      throw new IllegalStateException("the session is finished; take its state before");
    }
    if (step > 0 && !weightsAreFinite()) {
      return epochStart;
    }
    if (step == stepper.stepsPerEpoch()) {
      endEpoch(); // a listener asks at the last step: there is none before which to go on
    }
    if (placed) {
      return copied();
    }
    if (atRest.isEmpty() || atRestSince != networks.changes()) {
      atRest = Optional.of(copied());
      atRestSince = networks.changes();
    }
    return atRest.get();
  }

  private TrainingState copied() {
    StateWriter to = new StateWriter();
    to.longs(TrainingState.POSITION, epoch, step, nanos);
    to.longs("back_offs", backOffs, backOffAt);
    to.doubles("first_loss", firstLoss);
    to.longs("incidents", incidents.size());
    for (int i = 0; i < incidents.size(); i++) {
      Incident incident = incidents.get(i);
      StateWriter own = to.within("incident_" + i);
      own.longs("where", incident.epoch(), incident.step());
      own.text("what", incident.what());
      own.text("guard", incident.guard().name());
    }
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
   * to stop may differ; one that a guard has ended is over.
   *
   * @param state what its {@link #state} gave
   * @throws dev.anneal.api.InputException if it is the state of something else
   * @throws IllegalStateException once a step was taken
   */
  public void restore(TrainingState state) {
    if (placed || history.epochs() > 0 || finished) {
      throw new IllegalStateException("a session is restored before its first step");
    }
    incidents.clear();
    restore(state.reader());
    epochStart = state;
    if (!incidents.isEmpty() && incidents.getLast().guard() == Guard.STOP) {
      ending = Optional.of(Ending.DIVERGED);
    } else if (step == 0 && epoch > 0) {
      ending = decided();
    }
  }

  private void restore(StateReader from) {
    long[] position = from.longs(TrainingState.POSITION, 3);
    epoch = Math.toIntExact(position[0]);
    step = Math.toIntExact(position[1]);
    nanos = position[2];
    networks.restore(from, step > 0);
    stepper.restore(from);
    history.restore(from.within("history"));
    long[] back = from.longs("back_offs", 2);
    backOffs = Math.toIntExact(back[0]);
    backOffAt = back[1];
    firstLoss = from.doubles("first_loss")[0];
    restoreIncidents(from);
    if (from.has("best/epoch")) {
      StateReader own = from.within("best");
      best =
          Optional.of(
              new BestWeights(Math.toIntExact(own.one("epoch")), own.weights(networks.store())));
    }
    from.end();
    placed = step > 0;
    if (placed) {
      stepper.moveTo(epoch, step);
    }
  }

  /** Those that are known stay: a guard that goes back does not forget them. */
  private void restoreIncidents(StateReader from) {
    long size = from.one("incidents");
    for (int i = 0; i < size; i++) {
      StateReader own = from.within("incident_" + i);
      long[] where = own.longs("where", 2);
      Incident incident =
          new Incident(
              Math.toIntExact(where[0]),
              where[1],
              own.text("what"),
              Guard.valueOf(own.text("guard")));
      if (i >= incidents.size()) {
        incidents.add(incident);
      }
    }
  }

  /**
   * What guards have met so far.
   *
   * @return in the order in which it happened
   */
  public List<Incident> incidents() {
    return List.copyOf(incidents);
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
