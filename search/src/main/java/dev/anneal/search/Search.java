package dev.anneal.search;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.comparison.Criterion;
import dev.anneal.experiments.ConstantPrediction;
import dev.anneal.experiments.DataSource;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainingData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A search under way: which trials run next, and which of them go on once all of a rung are
 * recorded.
 *
 * <p>On each rung a trial trains as if the rung were its whole run: a schedule that has an end
 * comes to it. Judged with the rate still high, the best of 27 contenders was not among the leading
 * third in three of three cases; judged by runs of their own length, in none. So a trial begins
 * anew on each rung, unless its schedules do the same in the longer run: then it goes on.
 *
 * <p>All trials share their seed, and with it first weights where the network allows, and the order
 * of samples. Trials go on by rank; those that the last of them is not clearly better than go on
 * too. All is a function of what was recorded. One thread uses it, but any may make runs ready and
 * record them.
 */
public final class Search {
  /** So many go on at most, for one that would go on by rank. */
  private static final double MOST_ALIKE = 1.25;

  private final Candidates candidates;
  private final Rungs rungs;
  private final Criterion by;
  private final Function<Experiment, TrainingData> opening;
  private final Map<DataSource, TrainingData> data = new HashMap<>();
  private final Map<TrialRun, TrialResult> results = new ConcurrentHashMap<>();
  private final List<List<Integer>> members = new ArrayList<>();
  private int trials;
  private OptionalDouble bound = OptionalDouble.empty();

  /**
   * Begins.
   *
   * @param candidates what is tried
   * @param rungs how long
   * @param trials how many, at least 1
   * @param by what they are ranked by
   * @param opening reads the samples of an experiment
   */
  public Search(
      Candidates candidates,
      Rungs rungs,
      int trials,
      Criterion by,
      Function<Experiment, TrainingData> opening) {
    this.candidates = candidates;
    this.rungs = rungs;
    this.by = by;
    this.opening = opening;
    grow(trials);
  }

  /**
   * Tries more, while those of the lowest rung are at work.
   *
   * @param number how many in all, no fewer than now
   */
  public void grow(int number) {
    if (members.size() > 1) {
      throw new IllegalStateException("the lowest rung is decided");
    }
    trials = Math.max(trials, number);
    members.clear();
    members.add(IntStream.range(0, trials).boxed().toList());
  }

  /**
   * The runs that the present rung still needs.
   *
   * @return in the order of the trials
   */
  public List<TrialRun> next() {
    return runs(rung()).stream().filter(run -> !results.containsKey(run)).toList();
  }

  private List<TrialRun> runs(int rung) {
    return members.get(rung).stream().map(trial -> new TrialRun(trial, rung)).toList();
  }

  /**
   * Where it is.
   *
   * @return the present rung, from 0
   */
  public int rung() {
    return members.size() - 1;
  }

  /**
   * A run, made ready.
   *
   * @param run which
   * @return with the epochs of its rung
   * @throws InputException if its values contradict each other
   */
  public PreparedRun prepared(TrialRun run) {
    Experiment experiment =
        candidates.experiment(run.trial()).withEpochs(rungs.epochs().get(run.rung()));
    return PreparedRun.of(experiment, open(experiment));
  }

  /**
   * A trial with all its epochs.
   *
   * @param trial its number
   * @return made ready
   */
  public PreparedRun whole(int trial) {
    return prepared(new TrialRun(trial, rungs.last()));
  }

  private synchronized TrainingData open(Experiment experiment) {
    return data.computeIfAbsent(experiment.data(), _ -> opening.apply(experiment));
  }

  /**
   * Whether a run goes on from where its trial was on the rung before: all schedules are the same
   * up to there.
   *
   * @param run which
   * @return false for one that begins anew
   */
  public boolean goesOn(TrialRun run) {
    if (run.rung() == 0) {
      return false;
    }
    PreparedRun before = prepared(new TrialRun(run.trial(), run.rung() - 1));
    PreparedRun now = prepared(run);
    Map<String, Schedule> schedules = now.schedules();
    Cursor shorter = before.planned().cursor();
    Cursor longer = now.planned().cursor();
    for (long i = 0; i < before.updates(); i++) {
      shorter.moveTo(i);
      longer.moveTo(i);
      for (Map.Entry<String, Schedule> each : before.schedules().entrySet()) {
        Schedule other = schedules.get(each.getKey());
        if (other == null || Double.compare(each.getValue().at(shorter), other.at(longer)) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Records a run.
   *
   * @param run which
   * @param record how it ended
   * @return the same, for a journal
   */
  public TrialResult record(TrialRun run, RunRecord record) {
    TrialResult result = TrialResult.of(run, record, by, bound(run));
    record(result);
    return result;
  }

  /**
   * Records a trial that cannot be trained.
   *
   * @param run which
   * @param reason why
   * @return the same, for a journal
   */
  public TrialResult refuse(TrialRun run, String reason) {
    TrialResult result = TrialResult.refused(run, reason);
    record(result);
    return result;
  }

  /**
   * Records what a journal has.
   *
   * @param result of a run
   */
  public void record(TrialResult result) {
    results.put(result.run(), result);
  }

  /** What always predicting the same gets; no trial counts as worse. */
  private synchronized double bound(TrialRun run) {
    if (bound.isEmpty()) {
      PreparedRun prepared = prepared(run);
      OptionalDouble constant =
          prepared
              .data()
              .validation()
              .map(samples -> by.constant(new ConstantPrediction(prepared), samples))
              .orElse(OptionalDouble.empty());
      bound = OptionalDouble.of(constant.orElse(Double.NaN));
    }
    return bound.getAsDouble();
  }

  /**
   * Decides who goes on, once all runs of the rung are recorded.
   *
   * @throws InputException if none could be trained
   */
  public void promote() {
    List<Integer> ranked = ranked(rung());
    List<TrialResult> trained = ranked.stream().map(this::latest).toList();
    if (ranked.isEmpty()) {
      throw new InputException(
          "no trial could be trained; the first: "
              + latest(members.get(rung()).getFirst()).refusal());
    }
    int kept = Math.min(ranked.size(), Rungs.kept(members.get(rung()).size()));
    double last = trained.get(kept - 1).value();
    double alike = alike(trained);
    List<Integer> on =
        IntStream.range(0, (int) Math.min(ranked.size(), Math.ceil(MOST_ALIKE * kept)))
            .filter(i -> i < kept || trained.get(i).value() - last < alike)
            .mapToObj(ranked::get)
            .sorted()
            .toList();
    members.add(on);
  }

  private double alike(List<TrialResult> ranked) {
    TrialRun first = ranked.getFirst().run();
    return by.alike(
        ranked.getFirst().value(), bound(first), prepared(first).data().validationSize());
  }

  /**
   * What a trial came to.
   *
   * @param trial that has run
   * @return its result on the highest rung that it ran on
   */
  public TrialResult latest(int trial) {
    for (int rung = rung(); rung >= 0; rung--) {
      TrialResult result = results.get(new TrialRun(trial, rung));
      if (result != null) {
        return result;
      }
    }
    throw new IllegalStateException("not recorded: " + TrialRun.name(trial));
  }

  /** Those of a rung that were trained, best first, those alike by their numbers. */
  private List<Integer> ranked(int rung) {
    return runs(rung).stream()
        .map(results::get)
        .filter(TrialResult::isTrained)
        .sorted(
            Comparator.comparing(TrialResult::diverged)
                .thenComparingDouble(TrialResult::value)
                .thenComparingInt(result -> result.run().trial()))
        .map(result -> result.run().trial())
        .toList();
  }

  /**
   * Whether the last rung is the present one.
   *
   * @return then there is nothing to promote
   */
  public boolean isLast() {
    return rung() == rungs.last();
  }

  /**
   * Those that did best with all epochs, once the last rung is recorded, and what they should beat.
   *
   * @param most how many
   * @return their trials, best first; a baseline that is not among them in the place of the last
   */
  public List<Integer> finalists(int most) {
    List<Integer> best = new ArrayList<>(ranked(rung()).stream().limit(most).toList());
    if (most > 1 && best.stream().noneMatch(candidates::isBaseline)) {
      baseline()
          .ifPresent(trial -> {
            if (best.size() == most) {
              best.removeLast();
            }
            best.add(trial);
          });
    }
    return best;
  }

  /** The best of those that should be beaten, of the ones that came furthest. */
  private Optional<Integer> baseline() {
    return IntStream.rangeClosed(0, rung())
        .mapToObj(i -> ranked(rung() - i))
        .flatMap(List::stream)
        .filter(candidates::isBaseline)
        .findFirst();
  }

  /**
   * All that was recorded.
   *
   * @return by trial, then by rung
   */
  public List<TrialResult> results() {
    return results.values().stream()
        .sorted(
            Comparator.comparingInt((TrialResult result) -> result.run().trial())
                .thenComparingInt(result -> result.run().rung()))
        .toList();
  }

  /**
   * Who is on a rung.
   *
   * @param rung that was reached
   * @return trials in their order
   */
  public List<Integer> members(int rung) {
    return members.get(rung);
  }

  /**
   * What is tried.
   *
   * @return by trial
   */
  public Candidates candidates() {
    return candidates;
  }

  /**
   * How long trials train.
   *
   * @return in rungs
   */
  public Rungs rungs() {
    return rungs;
  }

  /**
   * How many are tried.
   *
   * @return at least 1
   */
  public int trials() {
    return trials;
  }

  /**
   * How many classes the target has.
   *
   * @return 0 for a quantity
   */
  public int classes() {
    return prepared(runs(rung()).getFirst()).data().target().classes();
  }

  /**
   * What trials are ranked by.
   *
   * @return the criterion
   */
  public Criterion by() {
    return by;
  }
}
