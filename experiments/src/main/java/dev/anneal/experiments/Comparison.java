package dev.anneal.experiments;

import dev.anneal.nn.Architecture;
import dev.anneal.nn.Mlp;
import dev.anneal.preview.Preview;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * @param previews what the schedules of the runs were to do, under the names of the runs
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
    List<Preview> previews,
    List<RunRecord> runs,
    Environment environment,
    String command,
    Instant created) {

  /** Keeps its own copies of the lists. */
  public Comparison {
    previews = List.copyOf(previews);
    runs = List.copyOf(runs);
  }

  /**
   * Runs just made.
   *
   * @param any one of them: they share all that is told of it
   * @param previews what their schedules were to do
   * @param runs how they ended
   * @param threads how many threads computed
   * @param command the command line that repeats them
   * @return their comparison, made now
   */
  public static Comparison of(
      PreparedRun any, List<Preview> previews, List<RunRecord> runs, int threads, String command) {
    Experiment experiment = any.experiment();
    TrainingData data = any.data();
    return new Comparison(
        "%s on %s".formatted(runs.size() == 1 ? "A run" : runs.size() + " runs", data.name()),
        data.name() + ": " + data.source(),
        words(experiment.model()),
        data.training().size(),
        data.validationSize(),
        experiment.batch(),
        experiment.epochs(),
        experiment.seed(),
        previews,
        runs,
        Machine.describe(threads),
        command,
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String words(Architecture model) {
    return model instanceof Mlp mlp
        ? "%s, %s, weights %s".formatted(mlp, mlp.hidden().kind(), mlp.kernel())
        : model.print();
  }

  /**
   * The runs from best to worst by final validation loss, then by final training loss. A loss that
   * is not finite comes last.
   *
   * @return all runs
   */
  public List<RunRecord> ranked() {
    return runs.stream()
        .sorted(
            Comparator.comparing(RunRecord::diverged)
                .thenComparingDouble(run -> finiteOrNan(run.kept().valLoss()))
                .thenComparingDouble(run -> finiteOrNan(run.kept().loss())))
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
