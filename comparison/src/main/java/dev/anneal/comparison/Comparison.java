package dev.anneal.comparison;

import dev.anneal.experiments.Environment;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Machine;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.Architecture;
import dev.anneal.nn.Mlp;
import dev.anneal.preview.Preview;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Contenders that differ in schedule or optimizer and share all else, for people to look at.
 *
 * @param title what was compared
 * @param data the data set, in words or as a specification
 * @param model the network, likewise
 * @param trainingSamples how many samples train
 * @param validationSamples how many samples validate, 0 for none
 * @param batch how many samples an update takes
 * @param epochs how many epochs were planned
 * @param draws what was drawn for runs
 * @param criterion what contenders are compared by
 * @param previews what the schedules of the contenders were to do, under their names
 * @param contenders in the user's order
 * @param verdict what it says; nothing for a single contender
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
    Draws draws,
    Criterion criterion,
    List<Preview> previews,
    List<Contender> contenders,
    Optional<Verdict> verdict,
    Environment environment,
    String command,
    Instant created) {

  /** Of a target, which is rounded up: whoever sets it gets there. */
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.CEILING);

  /** Keeps its own copies of the lists. */
  public Comparison {
    previews = List.copyOf(previews);
    contenders = List.copyOf(contenders);
  }

  /**
   * A contest as it stands.
   *
   * @param contest after at least one look
   * @param verdict what may be said of it
   * @param previews what its schedules were to do
   * @param threads how many threads computed
   * @param command the command line that repeats it
   * @return its comparison, made now
   */
  public static Comparison of(
      Contest contest, Verdict verdict, List<Preview> previews, int threads, String command) {
    return of(
        contest.any(),
        contest.draws(),
        contest.by(),
        previews,
        contest.contenders(),
        Optional.of(verdict),
        threads,
        command);
  }

  /**
   * A run alone.
   *
   * @param run what was done
   * @param preview what its schedule was to do
   * @param result how it ended
   * @param threads how many threads computed
   * @param command the command line that repeats it
   * @return a comparison of one, made now
   */
  public static Comparison of(
      PreparedRun run, Preview preview, RunRecord result, int threads, String command) {
    Draw draw = new Draw(run.experiment().seed(), Optional.empty());
    List<Contender> alone =
        List.of(
            new Contender(
                result.name(),
                List.of(new DrawnRun(draw, result, new Criterion.Loss().value(result)))));
    return of(
        run,
        Draws.one(draw),
        new Criterion.Loss(),
        List.of(preview),
        alone,
        Optional.empty(),
        threads,
        command);
  }

  private static Comparison of(
      PreparedRun any,
      Draws draws,
      Criterion criterion,
      List<Preview> previews,
      List<Contender> contenders,
      Optional<Verdict> verdict,
      int threads,
      String command) {
    Experiment experiment = any.experiment();
    TrainingData data = any.data();
    return new Comparison(
        "%s on %s"
            .formatted(
                verdict.isEmpty() ? "A run" : contenders.size() + " contenders", data.name()),
        data.name() + ": " + data.source(),
        words(experiment.model()),
        data.training().size(),
        data.validationSize(),
        experiment.batch(),
        experiment.epochs(),
        draws,
        criterion,
        previews,
        contenders,
        verdict,
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
   * The contenders from best to worst.
   *
   * @return those that may be the best first; one that diverged in all its runs last among others
   */
  public List<Contender> ranked() {
    return Contender.ranked(contenders, verdict.map(Verdict::best).orElse(List.of()));
  }

  /**
   * A run that stands for each contender.
   *
   * @return in the user's order
   */
  public List<RunRecord> runs() {
    return contenders.stream().map(Contender::average).toList();
  }

  /**
   * The validation loss by which contenders are told to be fast or slow: that of the criterion, or
   * the lowest that the middle contender gets to, rounded up to three digits.
   *
   * @return NaN where nothing validates
   */
  public double target() {
    if (criterion instanceof Criterion.TimeTo time) {
      return time.target();
    }
    double[] lowest =
        runs().stream()
            .mapToDouble(run -> run.best().valLoss())
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return lowest.length == 0
        ? Double.NaN
        : new BigDecimal(lowest[lowest.length / 2]).round(DIGITS).doubleValue();
  }

  /**
   * How many epochs it takes until the validation loss is no greater than {@link #target()}.
   *
   * @param contender of this comparison
   * @return the median over its runs; NaN where that does not get there
   */
  public double epochsToTarget(Contender contender) {
    Criterion.TimeTo time = new Criterion.TimeTo(target());
    double[] epochs =
        contender.runs().stream()
            .map(DrawnRun::run)
            .mapToDouble(run -> time.isReached(run) ? time.value(run) : Double.POSITIVE_INFINITY)
            .sorted()
            .toArray();
    double median = (epochs[(epochs.length - 1) / 2] + epochs[epochs.length / 2]) / 2;
    return Double.isFinite(median) ? median : Double.NaN;
  }

  /**
   * The most draws of any contender.
   *
   * @return at least 1
   */
  public int drawn() {
    return contenders.stream().mapToInt(each -> each.runs().size()).max().orElse(1);
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
}
