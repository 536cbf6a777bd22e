package dev.anneal.cli;

import dev.anneal.comparison.Draws;
import dev.anneal.search.Journal;
import dev.anneal.search.Rungs;
import dev.anneal.search.Search;
import dev.anneal.search.TrialResult;

/**
 * How a search spends its budget. What depends on time is decided once and stands in the journal.
 *
 * @param budget what it may cost
 * @param rungs how long trials train
 * @param seeds of the finals, as the option has them
 * @param seed of the search
 */
record Plan(Budget budget, Rungs rungs, String seeds, long seed) {
  /**
   * How many are compared in the end, at most: with one seed each, the best of a recorded grid was
   * among the first four of the last rung in 8 of 10 searches, among the first six in 9 or 10.
   */
  private static final int FINALISTS = 6;

  /** Seeds of each that a verdict takes. */
  private static final int FEWEST_SEEDS = 3;

  /** Trials that tell how fast training is. */
  private static final int PILOT = 9;

  /** The part of the time that is for trials; finals take the rest. */
  private static final double SHARE = 0.6;

  private static final String TRIALS = "trials";
  private static final String ROUNDS = "rounds";
  private static final String NONE = "0";

  /** How many trials begin. */
  int trials() {
    return switch (budget) {
      case Budget.Trials(int number) -> number;
      case Budget.Epochs(long number) -> rungs.affordable(number - finals(FEWEST_SEEDS));
      case Budget.Within _ -> PILOT;
    };
  }

  /** How many there are by now. */
  int trials(Journal journal) {
    return journal.decided(TRIALS).orElseGet(this::trials);
  }

  /** What finals cost, in epochs. */
  private long finals(int draws) {
    return hasFinals() ? (long) FINALISTS * draws * whole() : 0;
  }

  private int whole() {
    return rungs.epochs().getLast();
  }

  boolean hasFinals() {
    return !seeds.strip().equals(NONE);
  }

  /**
   * Lets as many trials begin as there is time for, once the first have told how long they take.
   *
   * @return whether there are more
   */
  boolean grow(Search search, Journal journal) {
    if (!(budget instanceof Budget.Within time)
        || search.rung() > 0
        || journal.decided(TRIALS).isPresent()) {
      return false;
    }
    double share = hasFinals() ? SHARE : 1;
    long epochs = (long) (share * time.seconds() / secondsPerEpoch(search, journal));
    int number = rungs.cost(PILOT) > epochs ? PILOT : rungs.affordable(epochs);
    search.grow(journal.decide(TRIALS, number));
    return number > PILOT;
  }

  private static double secondsPerEpoch(Search search, Journal journal) {
    long epochs =
        search.results().stream()
            .filter(TrialResult::isTrained)
            .mapToLong(result -> search.rungs().epochs().get(result.run().rung()))
            .sum();
    return journal.seconds() / Math.max(1, epochs);
  }

  /** How many go to the finals: none where they could not have the seeds of a verdict. */
  int finalists(Search search, Journal journal) {
    if (!hasFinals()) {
      return 0;
    }
    if (!(budget instanceof Budget.Within time)) {
      return FINALISTS;
    }
    return journal
        .decided("finalists")
        .orElseGet(() -> {
          double epochs = (time.seconds() - journal.seconds()) / secondsPerEpoch(search, journal);
          int number = (int) Math.clamp(epochs / (FEWEST_SEEDS * whole()), 0, FINALISTS);
          return journal.decide("finalists", number < 2 ? 0 : number);
        });
  }

  /** What is drawn in the finals at most: seeds that no trial had. */
  Draws draws() {
    Draws draws = Draws.parse(seeds, seed + 1);
    if (!(budget instanceof Budget.Epochs(long number))) {
      return draws;
    }
    long affordable = (number - rungs.cost(trials())) / finals(1);
    return affordable < draws.all().size()
        ? Draws.parse(Long.toString(Math.max(FEWEST_SEEDS, affordable)), seed + 1)
        : draws;
  }

  /**
   * Whether there is time for another round of the finals.
   *
   * @param round how many there were
   * @param seconds what they took
   * @param draws so far
   * @param next draws after another
   */
  boolean hasTime(Journal journal, int round, double seconds, int draws, int next) {
    if (!(budget instanceof Budget.Within time)) {
      return true;
    }
    int most =
        journal
            .decided(ROUNDS)
            .orElseGet(() ->
                journal.seconds() + seconds * (next - draws) / draws > time.seconds()
                    ? journal.decide(ROUNDS, round)
                    : Integer.MAX_VALUE);
    return round < most;
  }
}
