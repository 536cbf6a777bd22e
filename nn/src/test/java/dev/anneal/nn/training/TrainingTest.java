package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingTest {
  /** Once to train and once to measure, whatever asks; once more for running values. */
  @Test
  void theModelIsDescribedOnceForEachPurpose() {
    List<Boolean> described = new ArrayList<>();
    Model model =
        Model.of(
            4,
            (scope, features) -> {
              described.add(scope.training());
              return scope.apply(
                  new Dense(3),
                  scope.apply(new BatchNormalization(), scope.apply(new Dense(5), features)));
            });
    Samples samples = TestData.clouds(40, 4, 3);
    try (Trainer trainer =
        Training.ofGroups(
                model,
                CrossEntropy.SPARSE_CATEGORICAL,
                TestData.groups("adam; dense_1: frozen until 1ep"))
            .validation(samples)
            .epochs(3)
            .fit(samples)) {
      trainer.predict(Tensor.zeros(2, 4));
      assertEquals(1, described.stream().filter(training -> !training).count());
      // It is another where other weights are frozen, since normalization asks.
      assertTrue(described.size() <= 4, described::toString);
    }
    described.clear();
    try (Trainer _ =
        Training.of(
                Model.of(
                    4,
                    (scope, features) -> {
                      described.add(scope.training());
                      return scope.apply(new Dense(3), features);
                    }),
                CrossEntropy.SPARSE_CATEGORICAL,
                TestData.optimizer("ema(adam)"))
            .validation(samples)
            .fit(samples)) {
      assertEquals(3, described.size(), described::toString);
    }
  }

  @Test
  void aModelWithOtherWeightsInTrainingIsRefused() {
    Model model =
        Model.of(
            4, (scope, features) -> scope.apply(new Dense(scope.training() ? 3 : 2), features));
    String message =
        assertThrows(
                InputException.class,
                () ->
                    Training.of(model, CrossEntropy.SPARSE_CATEGORICAL, TestData.optimizer("adam"))
                        .trainer())
            .getMessage();
    assertTrue(message.startsWith("the model describes other weights when it"), message);
  }

  private static final Samples SAMPLES = TestData.clouds(60, 5, 3);
  private static final Mlp MLP = Mlp.parse("5-6-3");

  private static Training training() {
    return Training.of(MLP.model(), MLP.loss(), TestData.optimizer("sgd(0.1)"));
  }

  @Test
  void itsDefaultsAreThoseThatItNames() {
    float[] expected;
    try (Workers workers = new Workers(1)) {
      Trainer trainer =
          TestData.trainer(
              MLP.model(), MLP.loss(), TestData.optimizer("sgd(0.1)"), 32, 42, workers);
      TestData.fit(trainer, SAMPLES, Optional.empty(), 10, Optional.empty(), TrainingListener.NONE);
      expected = trainer.weights();
    }
    try (Trainer trainer = training().fit(SAMPLES)) {
      assertEquals(10, trainer.history().epochs());
      assertArrayEquals(expected, trainer.weights());
    }
  }

  @Test
  void whatIsSetIsUsed() {
    List<Integer> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Live live, EpochMetrics metrics) {
            seen.add(metrics.epoch());
          }
        };
    try (Trainer trainer =
        training()
            .batch(20)
            .epochs(4)
            .seed(3)
            .validation(SAMPLES)
            .listener(listener)
            .diagnosed()
            .fit(SAMPLES)) {
      EpochMetrics last = trainer.history().last();
      assertEquals(List.of(1, 2, 3, 4), seen);
      assertEquals(trainer.evaluate(SAMPLES).loss(), last.value(MetricHistory.VAL_LOSS));
      assertTrue(last.value("dense_1/" + Metric.UPDATE_RATIO) > 0);
    }
  }

  /** The losses of batches, each as heavy as it has samples, make that of the epoch. */
  @Test
  void theLossOfEachBatchIsTold() {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          private long before;

          @Override
          public void batch(Live live) {
            losses.add(live.batchLoss() * (live.samples() - before));
            before = live.samples();
          }
        };
    try (Trainer trainer = training().batch(7).epochs(1).listener(listener).fit(SAMPLES)) {
      assertEquals(Math.ceilDiv(SAMPLES.size(), 7), losses.size());
      assertEquals(losses.size(), losses.stream().distinct().count());
      assertEquals(
          trainer.history().last().value(MetricHistory.LOSS),
          losses.stream().mapToDouble(loss -> loss).sum() / SAMPLES.size(),
          1e-12);
    }
  }

  @Test
  void aHyperparameterMayFollowAnotherSchedule() {
    Schedule falling = progress -> 0.1 / (1 + progress.iteration());
    try (Trainer followed = training().following(Map.of("learning_rate", falling)).fit(SAMPLES);
        Trainer own =
            Training.of(
                    MLP.model(), MLP.loss(), TestData.optimizer("sgd").withLearningRate(falling))
                .fit(SAMPLES)) {
      assertArrayEquals(own.weights(), followed.weights());
      assertEquals(
          own.history().last().value("learning_rate"),
          followed.history().last().value("learning_rate"));
    }
  }

  @Test
  void whatIsToFollowExists() {
    Training training = training().following(Map.of("momentun", new Constant(0.5)));
    String message = assertThrows(InputException.class, training::trainer).getMessage();
    assertEquals("no hyper-parameter is named \"momentun\"; there are learning_rate", message);
  }

  @Test
  void itMayEndEarlier() {
    EarlyStopping never = new EarlyStopping(new Monitor(MetricHistory.LOSS, 1e9), 1);
    try (Trainer trainer = training().epochs(9).stopping(never).fit(SAMPLES)) {
      assertEquals(2, trainer.history().epochs());
    }
  }

  @Test
  void workersThatAreGivenGoOn() {
    try (Workers workers = new Workers(2)) {
      training().workers(workers).fit(SAMPLES).close();
      int[] ran = new int[4];
      workers.run(4, (index, _) -> ran[index]++);
      assertArrayEquals(new int[] {1, 1, 1, 1}, ran);
    }
  }

  @Test
  void whatCannotBeIsRefusedBeforeItBegins() {
    assertThrows(InputException.class, () -> training().batch(0).trainer());
    assertThrows(InputException.class, () -> training().epochs(0).fit(SAMPLES));
  }
}
