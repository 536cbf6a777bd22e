package dev.anneal.experiments;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.SplitOrder;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.data.finding.PartFindings;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.group.Groups;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What in the data of a run, and in how it goes through them, may lead it astray. */
public final class RunFindings {
  /** The rule about the size of the model. */
  public static final String MANY_WEIGHTS = "many-weights";

  /** So many weights for each sample learn it by heart. */
  private static final int MANY = 100;

  private RunFindings() {}

  /**
   * Looks at a run before it begins.
   *
   * @param run not begun
   * @return what was found
   */
  public static List<DataFinding> of(PreparedRun run) {
    TrainingData data = run.data();
    List<DataFinding> found = new ArrayList<>(data.findings());
    // Others are split as the experiments are that they come from.
    if (TableFile.is(data.name())) {
      data.validation()
          .ifPresent(part ->
              found.addAll(
                  PartFindings.of(data.training(), part, data.classNames(), isDrawn(run))));
    }
    found.addAll(PartFindings.of(data.training()));
    ofSizes(run, data.training(), found);
    ofPatience(run, found);
    ofAccumulation(run, found);
    return found;
  }

  private static boolean isDrawn(PreparedRun run) {
    DataSource source = run.experiment().data();
    return source.splitting().order() == SplitOrder.STRATIFIED;
  }

  private static void ofSizes(PreparedRun run, Samples training, List<DataFinding> found) {
    int batch = run.experiment().batch();
    if (batch > training.size()) {
      found.add(
          new DataFinding(
              "batch-beyond-data",
              "",
              "the batch has %d samples, but only %d train".formatted(batch, training.size()),
              "an epoch is one update: give a smaller --batch"));
    }
    long weights = run.model().parameters().stream().mapToLong(Parameter::size).sum();
    if (weights > (long) MANY * training.size()) {
      found.add(
          new DataFinding(
              MANY_WEIGHTS,
              "",
              "the model has %,d weights for %,d samples that train"
                  .formatted(weights, training.size()),
              "it can learn them by heart: take a smaller --model, or fewer inputs"));
    }
  }

  /** Weights that change less than once an epoch. */
  private static void ofAccumulation(PreparedRun run, List<DataFinding> found) {
    Groups groups = run.experiment().groups();
    long batches =
        Stream.concat(
                groups.base().stream(),
                groups.groups().stream().flatMap(group -> group.optimizer().stream()))
            .mapToLong(Optimizer::batches)
            .max()
            .orElse(1);
    int perEpoch = run.data().iterationsPerEpoch(run.experiment().batch());
    if (batches > perEpoch) {
      found.add(
          new DataFinding(
              "accumulation-beyond-epoch",
              "",
              "a change of the weights takes %,d batches, but an epoch has %,d"
                  .formatted(batches, perEpoch),
              "they change less than once an epoch: accumulate fewer, or give a smaller --batch"));
    }
  }

  /** Who stops before the rate has been at its peak has not seen what the schedule is for. */
  private static void ofPatience(PreparedRun run, List<DataFinding> found) {
    if (run.experiment().stopping().isEmpty()) {
      return;
    }
    int patience = run.experiment().stopping().get().patience();
    int perEpoch = run.data().iterationsPerEpoch(run.experiment().batch());
    for (HyperparameterPreview rate :
        Preview.of(run.experiment().name(), run.learningRates(), run.planned()).hyperparameters()) {
      long peak = rate.curve().greatest().iteration() / perEpoch;
      if (peak > patience && rate.curve().greatest().value() > rate.start()) {
        found.add(
            new DataFinding(
                "patience-before-peak",
                "",
                "--patience %d may end the run before its %s is at its peak, in epoch %d"
                    .formatted(patience, rate.name().replace('_', ' '), peak + 1),
                "give more --patience, or a schedule that rises sooner"));
      }
    }
  }
}
