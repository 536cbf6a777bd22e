package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.parallel.Workers;
import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSet;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reports of failures in other frameworks that take a training to show, done here. */
class ReenactedTrainingTest {
  private static final int BATCH = 3;
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final TrainingData DATA =
      TrainingData.split(
          new DataSet(
              "made up",
              ArraySamples.of(
                  new float[][] {{0, 1}, {1, 0}, {1, 1}, {0, 0}, {2, 1}, {1, 2}, {2, 2}},
                  new int[] {0, 1, 0, 1, 0, 1, 0},
                  2),
              Optional.empty(),
              List.of("a", "b"),
              ""),
          0);

  private static RunRecord train(String optimizer, int epochs) {
    PreparedRun run =
        TestRuns.of(DATA, Mlp.parse("2-3-1"), Groups.parse(optimizer, CATALOGUE), epochs, BATCH);
    try (Workers workers = new Workers(1)) {
      return new Runner(workers).run(run, TrainingListener.NONE).result();
    }
  }

  private static HyperparameterPreview preview(String schedule, int epochs) {
    return new HyperparameterPreview(
        Optimizer.LEARNING_RATE,
        CATALOGUE.schedule(schedule),
        PlannedRun.of(epochs, DATA.iterationsPerEpoch(BATCH), false));
  }

  /** The rate was in the logs for some kinds of schedule only. */
  @Test
  void keras11973_theRateIsInTheRecordOfEveryEpoch() {
    for (String schedule :
        new String[] {
          "0.1",
          "cosine(0.1) per iteration",
          "step(0.1, factor=0.5, every=2ep) per epoch",
          "plateau(0.1, monitor=loss, patience=1)",
        }) {
      RunRecord result = train("sgd(lr=" + schedule + ")", 4);
      assertEquals(4, result.epochs().size());
      for (EpochRecord row : result.epochs()) {
        assertTrue(row.learningRate() > 0 && row.learningRate() <= 0.1, schedule);
      }
    }
  }

  /** The preview of a schedule was computed by other code than the training's. */
  @Test
  void skorch269_thePreviewIsWhatTrainingReads() {
    for (String schedule :
        new String[] {
          "warmup(cosine(0.1) per iteration, over=2ep) per iteration",
          "sequence([one-cycle(0.1) per iteration, 0.01], boundaries=[60%])",
          "repeat(linear(0.1) per iteration, every=1ep)",
        }) {
      HyperparameterPreview preview = preview(schedule, 5);
      RunRecord result = train("sgd(lr=" + schedule + ")", 5);
      assertEquals(preview.run().iterations(), result.learningRateCurve().size());
      for (RatePoint point : result.learningRateCurve()) {
        assertEquals(preview.at(point.iteration()), point.learningRate(), schedule);
      }
    }
  }

  /** Schedules for rate and momentum were accepted, and did nothing. */
  @Test
  void deeplearning4j1707_aScheduleActsOnTheWeights() {
    String constant = train("sgd(lr=0.1, momentum=0.9)", 3).weightsSha256();
    assertEquals(constant, train("sgd(lr=0.1, momentum=0.9)", 3).weightsSha256());
    assertNotEquals(
        constant, train("sgd(lr=linear(0.1) per iteration, momentum=0.9)", 3).weightsSha256());
    assertNotEquals(
        constant, train("sgd(lr=0.1, momentum=linear(0.9) per iteration)", 3).weightsSha256());
  }

  /** A cycle of the momentum was refused with Adam, whose momentum is called beta_1. */
  @Test
  void pytorch73910_aCycleDrivesBeta1() {
    String cycled =
        "adam(lr=triangular(0.001, peak=0.01, up=2ep) per iteration, beta_1=triangular(0.95,"
            + " peak=0.85, up=2ep) per iteration)";
    String held = cycled.replaceAll("beta_1=.*", "beta_1=0.95)");
    assertNotEquals(train(held, 4).weightsSha256(), train(cycled, 4).weightsSha256());
  }

  /** A schedule stepped only in epochs that were validated. */
  @Test
  void lightning7737_theRateMovesWithoutValidation() {
    List<EpochRecord> rows =
        train("sgd(lr=step(0.8, factor=0.5, every=1ep) per epoch)", 4).epochs();
    assertEquals(
        List.of(0.8, 0.4, 0.2, 0.1), rows.stream().map(EpochRecord::learningRate).toList());
  }

  /** The first batch ran at the full rate, not at the warm-up's first. */
  @Test
  void deit145_theFirstBatchHasTheFirstRateOfTheWarmUp() {
    RunRecord result =
        train("sgd(lr=warmup(0.1, over=5ep, from=1e-6, from_is=value) per epoch)", 6);
    assertEquals(1e-6, result.learningRateCurve().getFirst().learningRate());
    assertEquals(1e-6, result.epochs().getFirst().learningRate());
    assertEquals(0.1, result.kept().learningRate());
  }

  /** A plateau that waits for a metric nobody measures waited for ever. */
  @Test
  void optax679_aMetricThatNeverComesIsRefusedBeforeTraining() {
    var error =
        assertThrows(InputException.class, () -> train("sgd(lr=plateau(0.1, monitor=val_los))", 3));
    assertTrue(
        String.valueOf(error.getMessage()).contains("driven by val_los, which is not measured"));
  }

  /** Runs of two schedules in one process changed one another. */
  @Test
  void lrbenchNstep_aRunLeavesNoTraceInTheNext() {
    String optimizer = "sgd(lr=multi-step(0.5, factor=0.1, at=[2ep]) per epoch)";
    RunRecord first = train(optimizer, 4);
    train("sgd(lr=multi-step(0.3, factor=0.5, at=[1ep]) per epoch)", 3);
    RunRecord again = train(optimizer, 4);
    assertEquals(first.weightsSha256(), again.weightsSha256());
    assertEquals(first.learningRateCurve(), again.learningRateCurve());
  }
}
