package dev.anneal.experiments;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Runs that differ in schedule or optimizer and share all else.
 *
 * @param title what was compared
 * @param data the data set, in words or as a specification
 * @param model the network, likewise
 * @param trainingSamples how many samples train
 * @param validationSamples how many samples validate, 0 for none
 * @param batch how many samples an update takes
 * @param epochs how many epochs were planned
 * @param seed the seed of all random numbers
 * @param runs the runs, in the user's order
 * @param environment where they were made
 * @param command the command line that repeats them
 * @param created when they were made
 */
public record Comparison(
    String title,
    String data,
    String model,
    int trainingSamples,
    int validationSamples,
    int batch,
    int epochs,
    long seed,
    List<RunResult> runs,
    Environment environment,
    String command,
    Instant created) {

  /** Keeps its own copy of the list. */
  public Comparison {
    runs = List.copyOf(runs);
  }

  /**
   * The runs from best to worst by final validation loss, then by final training loss. A loss that
   * is not finite comes last.
   *
   * @return all runs
   */
  public List<RunResult> ranked() {
    return runs.stream()
        .sorted(
            Comparator.comparing(RunResult::diverged)
                .thenComparingDouble(run -> finiteOrNan(run.last().valLoss()))
                .thenComparingDouble(run -> finiteOrNan(run.last().loss())))
        .toList();
  }

  /**
   * How many updates make an epoch, the last batch being a short one where the samples do not
   * divide.
   *
   * @return at least 1
   */
  public int iterationsPerEpoch() {
    return Math.max(1, Math.ceilDiv(trainingSamples, Math.max(1, batch)));
  }

  /** NaN is greater than any number for {@link Double#compare}. */
  private static double finiteOrNan(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
