package dev.anneal.cli;

import dev.anneal.comparison.Contest;
import dev.anneal.comparison.Draws;
import dev.anneal.search.Journal;
import dev.anneal.search.Rungs;
import dev.anneal.search.Search;
import dev.anneal.search.TrialResult;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * How a search spends its budget. What depends on time is decided once and stands in the journal.
 *
 * @param budget what it may cost
 * @param rungs how long trials train
 * @param seeds of the finals, as the option has them
 * @param seed of the search
 * @param finish what there is beside seeds
 */
record Plan(Budget budget, Rungs rungs, String seeds, long seed, Finish finish) {
  /**
   * How many are compared in the end, at most: with one seed each, the best of a recorded grid was
   * among the first four of the last rung in 8 of 10 searches, among the first six in 9 or 10.
   */
  private static final int FINALISTS = 6;

  /** Seeds of each that a verdict takes. */
  private static final int FEWEST_SEEDS = 3;

  /** Trials that tell how fast training is. */
  private static final int PILOT = 9;

  /** The last run has more samples, those that validated. */
  private static final double MORE_SAMPLES = 1.25;

  /**
   * The part of the time that is for trials; finals take the rest. Those that go on have larger
   * networks, as a rule, so that trials take up to twice of what the first ones tell.
   */
  private static final double SHARE = 0.4;

  /** More trials at once than there were would rest on too little. */
  private static final int GROWTH = 3;

  private static final String TRIALS = "trials";
  private static final String GROWN = "grown";
  private static final String ROUNDS = "rounds";
  private static final String NONE = "0";

  /**
   * For how many epochs there is time: usual trials, halved, take those of twelve whole runs; three
   * finalists those of three each, and the model those of two, since it goes alone. These have the
   * largest network, as a rule.
   *
   * @param seconds that are left
   * @param epochSeconds how long an epoch takes, by network
   * @return at least 10
   */
  static int epochs(double seconds, DoubleSummaryStatistics epochSeconds) {
    double whole = 12 * epochSeconds.getAverage() + (3 * FEWEST_SEEDS + 2) * epochSeconds.getMax();
    return (int) Math.max(10, seconds / whole);
  }

  /** How many trials begin. */
  int trials() {
    return switch (budget) {
      case Budget.Trials(int number) -> number;
      case Budget.Epochs(long number) -> rungs.affordable(number - finals(FEWEST_SEEDS) - last());
      case Budget.Within _ -> PILOT;
    };
  }

  /** How many there are by now; that there are some is the first thing to be decided. */
  int trials(Journal journal) {
    return journal.decided(TRIALS).orElseGet(() -> journal.decide(TRIALS, trials()));
  }

  /** What finals cost, in epochs. */
  private long finals(int draws) {
    return hasFinals() ? (long) FINALISTS * draws * whole() : 0;
  }

  /** What the model costs in the end, in epochs. */
  private long last() {
    return finish.model() ? whole() : 0;
  }

  private int whole() {
    return rungs.epochs().getLast();
  }

  boolean hasFinals() {
    return !seeds.strip().equals(NONE);
  }

  /**
   * Lets more trials begin where there is time for them. The first ones take longer than those to
   * come, since their kernels are being compiled: so their number grows threefold at most, and is
   * looked at again.
   *
   * @return whether there are more
   */
  boolean grow(SearchJob job) {
    Search search = job.search();
    Journal journal = job.journal();
    if (!(budget instanceof Budget.Within time)
        || search.rung() > 0
        || journal.decided(GROWN).isPresent()) {
      return false;
    }
    double share = hasFinals() ? SHARE : 1;
    double seconds = share * (time.seconds() - journal.seconds() - kept(job));
    long epochs = rungs.epochs().getFirst() * (long) search.trials();
    epochs += (long) Math.max(0, seconds / secondsPerEpoch(job));
    int before = search.trials();
    int number = Math.max(before, rungs.cost(PILOT) > epochs ? PILOT : rungs.affordable(epochs));
    if (number > before) {
      search.grow(journal.decide(TRIALS, Math.min(number, GROWTH * before)));
    }
    if (number <= GROWTH * before) {
      journal.decide(GROWN, number);
    }
    return number > before;
  }

  /** By the wall clock, with all that are made at a time, since their number was last decided. */
  private static double secondsPerEpoch(SearchJob job) {
    List<Integer> epochs = job.search().rungs().epochs();
    long made =
        job.journal().resultsSince(TRIALS).stream()
            .filter(TrialResult::isTrained)
            .mapToLong(result -> epochs.get(result.run().rung()))
            .sum();
    return job.journal().secondsSince(TRIALS) / Math.max(1, made);
  }

  /** How long a run with all epochs takes: those of the last rung were among the last ones. */
  private static double runSeconds(SearchJob job) {
    Search search = job.search();
    return search.members(search.rung()).stream()
        .mapToDouble(trial -> search.latest(trial).seconds())
        .average()
        .orElseThrow();
  }

  private double modelSeconds(SearchJob job) {
    return finish.model() ? MORE_SAMPLES * runSeconds(job) : 0;
  }

  /**
   * Seconds to keep for the model, before any run had all epochs: alone it may be no faster than
   * several side by side.
   */
  private double kept(SearchJob job) {
    return last() * MORE_SAMPLES * job.abreast().runs() * secondsPerEpoch(job);
  }

  /** How many go to the finals: none where they could not have the draws of a verdict. */
  int finalists(SearchJob job) {
    if (!hasFinals()) {
      return 0;
    }
    if (!(budget instanceof Budget.Within time)) {
      return FINALISTS;
    }
    Journal journal = job.journal();
    return journal
        .decided("finalists")
        .orElseGet(() -> {
          double left = time.seconds() - journal.seconds() - modelSeconds(job);
          double runs = left * job.abreast().runs() / runSeconds(job);
          int look = draws().rounds().ends().getFirst();
          int number = (int) Math.clamp(runs / look, 0, FINALISTS);
          return journal.decide("finalists", number < 2 ? 0 : number);
        });
  }

  /** What is drawn in the finals at most: seeds that no trial had, or folds of one such. */
  Draws draws() {
    Draws draws = Draws.parse(seeds, seed + 1);
    int number = draws.all().size();
    if (budget instanceof Budget.Epochs(long all)) {
      long affordable = (all - rungs.cost(trials()) - last()) / finals(1);
      if (affordable < number) {
        number = (int) Math.max(FEWEST_SEEDS, affordable);
        draws = Draws.parse(Integer.toString(number), seed + 1);
      }
    }
    return finish.folds() && number > 1 && !seeds.contains(",")
        ? Draws.parse("1", seed + 1).folds(number)
        : draws;
  }

  /**
   * Whether there is time for another round of the finals.
   *
   * @param contest they are
   * @param seconds what its rounds so far took
   */
  boolean hasTime(SearchJob job, Contest contest, double seconds) {
    if (!(budget instanceof Budget.Within time)) {
      return true;
    }
    Journal journal = job.journal();
    int draws = contest.seeds();
    int next = contest.draws().rounds().ends().get(contest.round());
    int most =
        journal
            .decided(ROUNDS)
            .orElseGet(() ->
                journal.seconds() + seconds * (next - draws) / draws + modelSeconds(job)
                        > time.seconds()
                    ? journal.decide(ROUNDS, contest.round())
                    : Integer.MAX_VALUE);
    return contest.round() < most;
  }
}
