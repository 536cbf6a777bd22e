package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.TrainingData;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What {@code train} and {@code compare} have in common: data, network, and how long to train. */
final class RunOptions {
  /** Threads are made at once; far more than processors would only stand in each other's way. */
  private static final int MOST_THREADS = 1024;

  @Option(
      names = SpecFile.OPTION,
      paramLabel = "FILE",
      description =
          "A YAML file with options, such as \"epochs: 20\"; the command line comes first.")
  @Nullable Path spec;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "fashion-mnist",
      description =
          "ionosphere, fashion-mnist (the 20,000 images of the reference experiment; with"
              + " --data-dir all of them), fashion-mnist-full, or csv:FILE, a table; see `anneal"
              + " data` (default: ${DEFAULT-VALUE}).")
  String data = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The folder of Fashion-MNIST's four IDX files.")
  @Nullable Path folder;

  @Mixin ReadingOptions reading = new ReadingOptions();

  @Mixin PreparationOptions preparation = new PreparationOptions();

  @Option(
      names = "--model",
      paramLabel = "SIZES|LAYERS",
      description =
          "Sizes of the hidden layers: 64-64, or linear for none; of all layers, features first:"
              + " 784-512-200-10; or layers, see `anneal plugins`: \"dense(64), relu,"
              + " dropout(0.2)\", where the output layer is added (default: by the data).")
  @Nullable String model;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      description =
          "Where weights start: glorot-uniform, glorot-normal, he-uniform, he-normal,"
              + " normal(DEVIATION), zeros (default: by the data).")
  @Nullable String init;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Of the hidden layers: relu, sigmoid, tanh, ... (default: relu).")
  @Nullable String activation;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "After each hidden layer, in [0, 1), or a schedule (default: 0).")
  @Nullable String dropout;

  @Option(
      names = "--loss",
      paramLabel = "SPEC",
      description =
          "What to minimize; see `anneal plugins`: huber(delta=1), quantile(q=0.9), ... (default:"
              + " cross-entropy; of quantities mean-squared-error).")
  @Nullable String loss;

  @Option(
      names = "--class-weights",
      paramLabel = "balanced",
      description = "Let each class weigh the same, however many samples it has.")
  @Nullable String classWeights;

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs (default: by the data).")
  @Nullable Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples for an update (default: by the data).")
  @Nullable String batch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Of all random numbers (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Changes the speed, not the result (default: the processors).")
  @Nullable Integer threads;

  @Option(
      names = "--validation-split",
      paramLabel = "PART",
      description = "The part of the samples that validates, 0 for none (default: by the data).")
  @Nullable Double validationSplit;

  @Option(
      names = "--split",
      paramLabel = "ORDER",
      description =
          "Which part validates: ordered, the last; stratified, drawn with each class in its share"
              + " (default: stratified for files, else ordered).")
  @Nullable String split;

  @Option(
      names = "--split-seed",
      paramLabel = "N",
      description = "Of the samples that are drawn (default: --seed).")
  @Nullable Long splitSeed;

  @Option(
      names = "--test-split",
      paramLabel = "PART",
      description = "A part that is set aside and measured once, at the end (default: 0).")
  @Nullable Double testSplit;

  @Option(
      names = "--fold",
      paramLabel = "I/K",
      description = "Validate on fold I of K, such as 1/5, instead of --validation-split.")
  @Nullable String fold;

  @Option(
      names = "--group",
      paramLabel = "COLUMN",
      description = "Keep rows with one value of this column in one part; it is no input.")
  @Nullable String group;

  @Option(
      names = "--validation-data",
      paramLabel = "NAME",
      description = "A data set to validate on instead.")
  @Nullable String validationData;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without improvement.")
  @Nullable String patience;

  @Option(
      names = "--monitor",
      paramLabel = "METRIC",
      defaultValue = MetricHistory.VAL_LOSS,
      description = "What --patience and --restore-best watch (default: ${DEFAULT-VALUE}).")
  String monitor = MetricHistory.VAL_LOSS;

  @Option(
      names = "--min-delta",
      paramLabel = "X",
      defaultValue = "0",
      description = "What counts as an improvement (default: ${DEFAULT-VALUE}).")
  double minDelta;

  @Option(
      names = "--restore-best",
      description =
          "Put the weights of the best epoch by --monitor back at the end, however it comes.")
  boolean restoreBest;

  @Option(
      names = "--on-divergence",
      paramLabel = "ACTION",
      description =
          "About a step whose numbers are not finite: stop, with the last finite weights; skip it;"
              + " back-off, with half the rate from there on (default: stop).")
  @Nullable String guard;

  @Option(
      names = "--diagnose",
      description =
          "Look at what the optimizer does to each layer and group: gradient norms, update ratios,"
              + " effective rates.")
  boolean diagnose;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write; files of an earlier run there are replaced (default: a new folder under"
              + " runs).")
  @Nullable Path out;

  /**
   * A run as the options describe it, checked against its data.
   *
   * @param terminal where to show how far the reading of data is
   */
  static PreparedRun run(CommandSpec command, Catalogue catalogue, Terminal terminal) {
    Experiment experiment = Experiment.of(SpecFile.given(command, Map.of()), catalogue);
    return PreparedRun.of(experiment, open(experiment, terminal));
  }

  /** Reads the data of a run. */
  static TrainingData open(Experiment experiment, Terminal terminal) {
    return ReadingBar.show(
        terminal, listener -> experiment.data().open(experiment.seed(), listener));
  }

  int threads() {
    return threads(threads);
  }

  /** How many threads compute, where the user has said so or not. */
  static int threads(@Nullable Integer wanted) {
    int number =
        wanted == null
            ? Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())
            : wanted;
    if (number < 1 || number > MOST_THREADS) {
      throw new InputException("--threads must be 1 to %d, not %d".formatted(MOST_THREADS, number));
    }
    return number;
  }

  /** Where to write; a new folder named by kind and time where the user says nothing. */
  Path out(String kind) {
    return out == null ? Folders.fresh(Path.of("runs"), kind) : out;
  }
}
