package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingTest {
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
