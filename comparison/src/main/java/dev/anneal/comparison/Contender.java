package dev.anneal.comparison;

import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * One of those that are compared, as far as it has run.
 *
 * @param name what the user calls it
 * @param runs in the order of their draws, at least one
 */
public record Contender(String name, List<DrawnRun> runs) {
  private static final double TAIL = 0.025;

  /** Copies the list. */
  public Contender {
    runs = List.copyOf(runs);
  }

  /**
   * Contenders from best to worst: those that may be the best by their means, then those that were
   * thrown out, the last to go first.
   *
   * @param some of one comparison
   * @param best the names of those that may be the best
   * @return the same in another order
   */
  static List<Contender> ranked(List<Contender> some, Collection<String> best) {
    return some.stream()
        .sorted(
            Comparator.comparing((Contender each) -> !best.contains(each.name()))
                .thenComparing(each -> each.diverged().size() == each.runs().size())
                .thenComparingInt(each -> -each.runs().size())
                .thenComparingDouble(Contender::mean)
                .thenComparingDouble(each -> each.average().kept().loss()))
        .toList();
  }

  /**
   * The mean of what it is compared by.
   *
   * @return lower is better
   */
  public double mean() {
    return runs.stream().mapToDouble(DrawnRun::value).average().orElseThrow();
  }

  /**
   * Of what it is compared by, from run to run.
   *
   * @return the standard deviation; NaN for one run
   */
  public double deviation() {
    return deviation(runs.stream().mapToDouble(DrawnRun::value).toArray());
  }

  /**
   * Of some numbers.
   *
   * @param numbers any
   * @return their standard deviation; NaN for fewer than two
   */
  public static double deviation(double... numbers) {
    double mean = DoubleStream.of(numbers).average().orElse(Double.NaN);
    double squares = DoubleStream.of(numbers).map(each -> (each - mean) * (each - mean)).sum();
    return numbers.length < 2 ? Double.NaN : Math.sqrt(squares / (numbers.length - 1));
  }

  /**
   * Half the interval of 95 % around the mean, for this contender alone. Contenders share their
   * draws, so two whose intervals overlap may well be told apart.
   *
   * @return NaN for one run
   */
  public double reach() {
    return runs.size() < 2
        ? Double.NaN
        : TDistribution.of(runs.size() - 1.0).inverseSurvivalProbability(TAIL)
            * deviation()
            / Math.sqrt(runs.size());
  }

  /**
   * The runs that went astray.
   *
   * @return none for a stable one
   */
  public List<DrawnRun> diverged() {
    return runs.stream().filter(run -> run.run().diverged()).toList();
  }

  /**
   * A run that stands for all: numbers are means over the runs that did not go astray, or over all
   * where all did; what has no mean is that of the first.
   *
   * @return of a single run, the same
   */
  public RunRecord average() {
    if (runs.size() == 1) {
      return runs.getFirst().run();
    }
    boolean all = diverged().size() == runs.size();
    List<RunRecord> some =
        runs.stream().map(DrawnRun::run).filter(run -> all || !run.diverged()).toList();
    RunRecord first = some.getFirst();
    int longest = some.stream().mapToInt(run -> run.epochs().size()).max().orElseThrow();
    List<EpochRecord> epochs = new ArrayList<>();
    for (int i = 0; i < longest; i++) {
      int epoch = i;
      epochs.add(
          EpochRecord.mean(
              epoch + 1,
              some.stream()
                  .filter(run -> run.epochs().size() > epoch)
                  .map(run -> run.epochs().get(epoch))
                  .toList()));
    }
    List<EpochRecord> kept = some.stream().map(RunRecord::kept).toList();
    int[] keptEpochs = kept.stream().mapToInt(EpochRecord::epoch).sorted().toArray();
    return new RunRecord(
        name,
        first.schedule(),
        first.optimizer(),
        epochs,
        EpochRecord.mean(keptEpochs[keptEpochs.length / 2], kept),
        first.ending(),
        first.incidents(),
        first.learningRateCurves(),
        first.epochs().isEmpty() ? Diagnostics.NONE : first.diagnostics(),
        mean(some, RunRecord::seconds),
        mean(some, RunRecord::samplesPerSecond),
        tests(some),
        first.weightsSha256());
  }

  private static Map<String, Double> tests(List<RunRecord> runs) {
    Map<String, Double> tests = new LinkedHashMap<>();
    runs.getFirst()
        .test()
        .keySet()
        .forEach(
            name -> tests.put(name, mean(runs, run -> run.test().getOrDefault(name, Double.NaN))));
    return tests;
  }

  private static double mean(List<RunRecord> runs, ToDoubleFunction<RunRecord> number) {
    return runs.stream().mapToDouble(number).average().orElseThrow();
  }
}
