package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.parallel.Workers;
import dev.anneal.data.DataSet;
import dev.anneal.data.DataSets;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Preset;
import dev.anneal.experiments.Runner;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.training.EarlyStopping;
import dev.anneal.nn.training.Monitor;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code train} and {@code compare} have in common: data, network, and how long to train. */
final class RunOptions {
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
              + " --data-dir all of them), fashion-mnist-full, or csv:FILE with the label in the"
              + " last column (default: ${DEFAULT-VALUE}).")
  String data = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The folder of Fashion-MNIST's four IDX files.")
  @Nullable Path folder;

  @Option(
      names = "--model",
      paramLabel = "SIZES",
      description = "Sizes of the layers, features first: 784-512-200-10 (default: by the data).")
  @Nullable String model;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      description =
          "Where weights start: glorot-scalar, glorot-normal, he-scalar, he-normal,"
              + " normal(DEVIATION), zeros (default: by the data).")
  @Nullable String init;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Of the hidden layers: relu, sigmoid, tanh (default: relu).")
  @Nullable Activation activation;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "After each hidden layer, in [0, 1), or a schedule (default: 0).")
  @Nullable String dropout;

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs (default: by the data).")
  @Nullable Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples for an update (default: by the data).")
  @Nullable Integer batch;

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
      description = "The last part of the samples validates, 0 for none (default: by the data).")
  @Nullable Double validationSplit;

  @Option(
      names = "--validation-data",
      paramLabel = "NAME",
      description = "A data set to validate on instead.")
  @Nullable String validationData;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without improvement.")
  @Nullable Integer patience;

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

  /** An optimizer text; a schedule is that of its base, and of what is copied from there. */
  static Groups groups(String optimizer, @Nullable String schedule, Catalogue catalogue) {
    if (schedule == null) {
      return Groups.parse(optimizer, catalogue);
    }
    Schedule rate = catalogue.schedule(schedule);
    Groups groups = Groups.parse(optimizer, catalogue, base -> base.withLearningRate(rate));
    if (groups.base().isEmpty()) {
      throw new InputException(
          "--schedule is for the optimizer without a pattern, and \"%s\" has none"
              .formatted(optimizer));
    }
    return groups;
  }

  /** The data and its preset, opened once. */
  record Opened(TrainingData data, Preset preset) {}

  Opened open() {
    DataSet set = DataSets.open(data, Optional.ofNullable(folder));
    Preset preset = Preset.of(set);
    if (validationData != null && validationSplit != null) {
      throw new InputException("give --validation-split or --validation-data, not both");
    }
    TrainingData opened =
        validationData == null
            ? TrainingData.split(
                set, validationSplit == null ? preset.validationSplit() : validationSplit)
            : TrainingData.validatedOn(set, validationData);
    return new Opened(opened, preset);
  }

  /** One run on that data, checked against it. */
  Experiment experiment(String name, Groups groups, Opened opened, Catalogue catalogue) {
    Preset preset = opened.preset();
    Optional<Monitor> best = monitor(opened.data());
    Experiment experiment =
        new Experiment(
            name,
            mlp(preset.model(), catalogue),
            groups,
            epochs == null ? preset.epochs() : epochs,
            batch == null ? preset.batch() : batch,
            seed,
            best.flatMap(this::stopping),
            restoreBest ? best : Optional.empty());
    experiment.model().model().check(opened.data().training(), experiment.model().loss());
    return experiment;
  }

  private Mlp mlp(Mlp preset, Catalogue catalogue) {
    Mlp mlp =
        model == null
            ? preset
            : new Mlp(Mlp.parse(model).sizes(), preset.hidden(), preset.kernel(), preset.dropout());
    mlp = init == null ? mlp : mlp.withKernel(Initializer.parse(init));
    mlp = activation == null ? mlp : mlp.withHidden(activation);
    return dropout == null ? mlp : mlp.withDropout(catalogue.schedule(dropout));
  }

  /** What makes an epoch the best, where anything asks for it. */
  private Optional<Monitor> monitor(TrainingData opened) {
    if (patience == null && !restoreBest) {
      return Optional.empty();
    }
    if (monitor.startsWith("val_") && opened.validation().isEmpty()) {
      throw new InputException(
          "--monitor %s needs validation samples; give --validation-split".formatted(monitor));
    }
    return Optional.of(new Monitor(monitor, minDelta));
  }

  private Optional<EarlyStopping> stopping(Monitor best) {
    return Optional.ofNullable(patience).map(epochs -> new EarlyStopping(best, epochs));
  }

  int threads() {
    int wanted = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (wanted < 1) {
      throw new InputException("--threads must be at least 1, not " + wanted);
    }
    return wanted;
  }

  Runner runner(Workers workers) {
    return new Runner(workers, diagnose);
  }

  /** Where to write; a new folder named by kind and time where the user says nothing. */
  Path out(String kind) {
    return out == null ? Folders.fresh(Path.of("runs"), kind) : out;
  }
}
