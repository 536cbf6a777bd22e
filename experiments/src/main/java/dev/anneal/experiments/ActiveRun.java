package dev.anneal.experiments;

import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.nn.training.Ending;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Evaluation;
import dev.anneal.nn.training.History;
import dev.anneal.nn.training.Metric;
import dev.anneal.nn.training.Session;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.nn.training.TrainingState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An experiment that is being carried out. It is used by one thread; only {@link #stop} may be
 * called by any.
 */
public final class ActiveRun {
  /** Points of a learning-rate curve, at most: more than a chart has pixels. */
  private static final int CURVE = 1000;

  private final PreparedRun run;
  private final Trainer trainer;
  private final Session session;
  private final RateRecorder rates;
  private final RunAlarms watch;
  private final List<DataFinding> alarms = new ArrayList<>();
  private double seconds;

  /**
   * Begins.
   *
   * @param run what to do
   * @param workers who computes; their number changes no bit of the result
   * @param listener looks on
   */
  public ActiveRun(PreparedRun run, Workers workers, TrainingListener listener) {
    this.run = run;
    Experiment experiment = run.experiment();
    watch = new RunAlarms(run);
    rates = new RateRecorder(Math.ceilDiv(run.updates(), CURVE));
    Training training =
        run.training()
            .workers(workers)
            .guard(experiment.guard())
            .listener(TrainingListener.all(rates, listener));
    experiment.stopping().ifPresent(training::stopping);
    experiment.best().ifPresent(training::restoringBest);
    if (experiment.diagnosed()) {
      training.diagnosed();
    }
    trainer = training.trainer();
    session = trainer.session(run.data().training());
  }

  /**
   * Goes on from where a run was.
   *
   * @param state of a run of the same experiment; the number of epochs may differ
   * @param spent seconds that it had trained by then
   * @throws dev.anneal.api.InputException if it is the state of something else
   */
  public void restore(TrainingState state, double spent) {
    session.restore(state);
    List<EpochMetrics> rows = session.history().rows();
    IntStream.rangeClosed(1, rows.size())
        .forEach(epochs -> alarms.addAll(watch.after(rows.subList(0, epochs))));
    seconds = spent;
    rates.recall(run, session);
  }

  /**
   * Takes a step.
   *
   * @return whether there are more
   */
  public boolean step() {
    long start = System.nanoTime();
    int epochs = session.history().epochs();
    boolean more = session.step();
    if (session.history().epochs() > epochs) {
      alarms.addAll(watch.after(session.history().rows()));
    }
    seconds += (System.nanoTime() - start) * 1e-9;
    return more;
  }

  /** Asks for an end after the step that is being taken. Any thread may do so. */
  public void stop() {
    session.stop();
  }

  /**
   * What shows so far that the run leads nowhere.
   *
   * @return in the order in which it showed
   */
  public List<DataFinding> alarms() {
    return List.copyOf(alarms);
  }

  /**
   * Whether it was asked to end before its time.
   *
   * @return whether there is more to do
   */
  public boolean isStopped() {
    return session.ending().equals(Optional.of(Ending.STOPPED));
  }

  /**
   * The time spent on steps.
   *
   * @return in seconds, with those of the runs that it goes on from
   */
  public double seconds() {
    return seconds;
  }

  /**
   * The run as it is described.
   *
   * @return the run
   */
  public PreparedRun run() {
    return run;
  }

  /**
   * Where it stands.
   *
   * @return the session; not to be stepped
   */
  public Session session() {
    return session;
  }

  /**
   * Ends, with the weights that are to be kept.
   *
   * @return how
   */
  public Outcome finish() {
    return finish(run.data().test());
  }

  /**
   * Ends likewise, and leaves the test samples alone: they are for the one run that is chosen of
   * several.
   *
   * @return how
   */
  public Outcome finishUntested() {
    return finish(Optional.empty());
  }

  private Outcome finish(Optional<Samples> tested) {
    session.finish();
    History history = session.history();
    String rate = run.learningRates().keySet().iterator().next();
    List<EpochRecord> rows =
        history.rows().stream().map(epoch -> EpochRecord.of(epoch, rate)).toList();
    float[] weights = trainer.weights();
    RunRecord result =
        new RunRecord(
            run.experiment().name(),
            run.schedule(),
            run.optimizerWithoutRate(),
            rows,
            session.keptEpoch() < 0 ? EpochRecord.NONE : rows.get(session.keptEpoch()),
            session.ending().orElseThrow(),
            session.incidents(),
            rates.curves(),
            run.experiment().diagnosed() ? Diagnostics.of(history, run.model()) : Diagnostics.NONE,
            seconds,
            rows.isEmpty() ? Double.NaN : history.last().value(Metric.SAMPLES_PER_SECOND),
            test(tested.map(trainer::evaluate)),
            Checksums.sha256(weights));
    alarms.addAll(watch.atEnd(result.kept()));
    return new Outcome(result, Checksums.of(run.data()), alarms, weights);
  }

  private static Map<String, Double> test(Optional<Evaluation> measured) {
    Map<String, Double> test = new LinkedHashMap<>();
    measured.ifPresent(found -> {
      test.put("test_loss", found.loss());
      if (!Double.isNaN(found.accuracy())) {
        test.put("test_accuracy", found.accuracy());
      }
      found.measures().forEach((name, value) -> test.put("test_" + name, value));
    });
    return test;
  }
}
