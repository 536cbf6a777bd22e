package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.RealSamples;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.BatchNormalization.WhenFrozen;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningStatisticsTest {
  private static final int FEATURES = 4;
  private static final int BATCH = 8;
  private static final int SEED = 5;

  /** The last batch has 2. */
  private static final Samples SAMPLES = TestData.clouds(50, FEATURES, 3);

  private static final Samples HELD = TestData.clouds(30, FEATURES, 3);

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static Model model(WhenFrozen frozen) {
    return Sequential.of(
        FEATURES,
        new Dropout(0.5),
        new Dense(3),
        new BatchNormalization(0.99, 1e-3, frozen),
        Activation.TANH,
        new Dense(3),
        Activation.SOFTMAX);
  }

  private Training training(Model model, String groups) {
    return Training.ofGroups(model, CrossEntropy.SPARSE_CATEGORICAL, TestData.groups(groups))
        .batch(BATCH)
        .epochs(3)
        .seed(SEED)
        .workers(workers);
  }

  /** The pass over the samples gathers their labels too. */
  @Test
  void labelsMayHaveManyNumbers() {
    float[][] rows = new float[50][FEATURES];
    float[][] labels = new float[50][100];
    for (int i = 0; i < 50; i++) {
      SAMPLES.copy(i, rows[i], 0);
      Arrays.fill(labels[i], rows[i][0]);
    }
    Samples samples = RealSamples.of(rows, labels);
    Model model = Sequential.of(FEATURES, new Dense(3), new BatchNormalization(), new Dense(100));
    try (Trainer trainer =
        Training.of(
                model, Regression.MEAN_SQUARED_ERROR, TestData.optimizer("schedule-free-sgd(2)"))
            .batch(50)
            .epochs(30)
            .workers(workers)
            .validation(samples)
            .fit(samples)) {
      History history = trainer.history();
      assertTrue(history.value("val_loss", 29) < history.value("val_loss", 0) / 2);
    }
  }

  private static Parameter named(Model model, String name) {
    return model.parameters().stream().filter(p -> p.name().endsWith(name)).findFirst().get();
  }

  private static double[] weights(Trainer trainer, Model model, String name) {
    float[] floats = trainer.weights(named(model, name)).elements();
    double[] doubles = new double[floats.length];
    Arrays.setAll(doubles, i -> floats[i]);
    return doubles;
  }

  /** What the dense layer gives, without dropout, for one sample and output. */
  private static double dense(double[] kernel, double[] bias, int sample, int output) {
    float[] row = new float[FEATURES];
    SAMPLES.copy(sample, row, 0);
    double sum = bias[output];
    for (int i = 0; i < FEATURES; i++) {
      sum += row[i] * kernel[i * bias.length + output];
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ema(sgd(0.1, momentum=0.9), momentum=0.95)",
        "ema(sgd(0.1), momentum=0, overwrite_every=5)",
        "schedule-free-sgd(0.1)",
        "schedule-free-adamw(0.1)"
      })
  void averagedWeightsAreMeasuredWithMeansOfTheirOwn(String optimizer) {
    Model model = model(WhenFrozen.BATCH);
    try (Trainer trainer = training(model, optimizer).validation(HELD).trainer()) {
      History history = trainer.fit(SAMPLES);
      double[] kernel = weights(trainer, model, "dense_1.kernel");
      double[] bias = weights(trainer, model, "dense_1.bias");
      double[] means = new double[bias.length];
      double[] variances = new double[bias.length];
      int[] order = new int[SAMPLES.size()];
      new RandomStream(SEED).child(1).permute(0, order);
      for (int from = 0; from < order.length; from += BATCH) {
        int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
        for (int output = 0; output < means.length; output++) {
          int column = output;
          double mean =
              Arrays.stream(rows)
                  .mapToDouble(row -> dense(kernel, bias, row, column))
                  .average()
                  .orElseThrow();
          double variance =
              Arrays.stream(rows)
                  .mapToDouble(row -> Math.pow(dense(kernel, bias, row, column) - mean, 2))
                  .average()
                  .orElseThrow();
          means[output] += mean * rows.length / order.length;
          variances[output] += variance * rows.length / order.length;
        }
      }
      assertArrayEquals(means, weights(trainer, model, "running_mean"), 1e-5);
      assertArrayEquals(variances, weights(trainer, model, "running_variance"), 1e-4);
      // What was reported belongs to what is kept.
      assertEquals(history.last().value("val_loss"), trainer.evaluate(HELD).loss());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema(adam(0.05), momentum=0.9)", "schedule-free-sgd(0.1)", "adam(0.05)"})
  void measuringChangesNoBitOfTheTraining(String optimizer) {
    Model model = model(WhenFrozen.BATCH);
    try (Trainer measured = training(model, optimizer).validation(HELD).trainer();
        Trainer not = training(model, optimizer).trainer()) {
      measured.fit(SAMPLES);
      not.fit(SAMPLES);
      assertArrayEquals(not.weights(), measured.weights());
    }
  }

  @Test
  void withoutAveragesTheRunningValuesAreThoseOfTraining() {
    Model model = model(WhenFrozen.BATCH);
    try (Trainer trainer = training(model, "adam(0.05)").validation(HELD).trainer()) {
      Session session = trainer.session(SAMPLES);
      while (session.step()) {}
      double[] before = weights(trainer, model, "running_mean");
      session.finish();
      assertArrayEquals(before, weights(trainer, model, "running_mean"));
    }
  }

  /**
   * Far from where it began, and with an average that is slow: running values of the last weights
   * made it no better than a guess.
   */
  @Test
  void averagesOfAFastRunTellClassesApart() {
    Samples samples = TestData.clouds(200, 16, 2);
    Model model =
        Sequential.of(
            16,
            new Dense(32),
            new BatchNormalization(),
            Activation.RELU,
            new Dense(32),
            new BatchNormalization(),
            Activation.RELU,
            new Dense(2),
            Activation.SOFTMAX);
    try (Trainer averaged =
            training(model, "ema(adam(0.05), momentum=0.999)").epochs(20).trainer();
        Trainer plain = training(model, "adam(0.001)").epochs(20).trainer()) {
      averaged.fit(samples);
      plain.fit(samples);
      double reached = plain.evaluate(samples).accuracy();
      assertTrue(reached > 0.85, () -> "" + reached);
      double accuracy = averaged.evaluate(samples).accuracy();
      assertTrue(accuracy > reached - 0.05, () -> accuracy + " " + reached);
    }
  }

  @Test
  void aLayerFrozenWholeComputesWithItsRunningValuesAndKeepsThem() {
    for (WhenFrozen frozen : WhenFrozen.values()) {
      Model model = model(frozen);
      try (Trainer trainer = training(model, "sgd(0.1); batch_normalization_1: frozen").trainer()) {
        trainer.fit(SAMPLES);
        assertEquals(
            frozen == WhenFrozen.RUNNING,
            Arrays.equals(new double[3], weights(trainer, model, "running_mean")));
      }
    }
  }

  /** With mean 0 and variance 1, and no epsilon to speak of, it is not there at all. */
  @Test
  void whatIsFrozenWholeIsAScaleAndAShift() {
    Model with =
        Sequential.of(
            FEATURES,
            new Dense(3),
            new BatchNormalization(0.9, 1e-12, WhenFrozen.RUNNING),
            Activation.SOFTMAX);
    Model without = Sequential.of(FEATURES, new Dense(3), Activation.SOFTMAX);
    try (Trainer one = training(with, "sgd(0.1); batch_normalization_1: frozen").trainer();
        Trainer other = training(without, "sgd(0.1)").trainer()) {
      one.fit(SAMPLES);
      other.fit(SAMPLES);
      assertArrayEquals(
          weights(other, without, "dense_1.kernel"), weights(one, with, "dense_1.kernel"), 1e-5);
    }
  }

  /** Frozen for an epoch: 0 until then, and something afterwards. */
  @Test
  void aLayerThatThawsFollowsTheBatchesFromThen() {
    Model model = model(WhenFrozen.RUNNING);
    try (Trainer trainer =
        training(model, "sgd(0.1); batch_normalization_1: frozen until 1ep").trainer()) {
      Session session = trainer.session(SAMPLES);
      for (int i = 0; i < session.stepsPerEpoch(); i++) {
        session.step();
      }
      assertArrayEquals(new double[3], weights(trainer, model, "running_mean"));
      session.step();
      assertFalse(Arrays.equals(new double[3], weights(trainer, model, "running_mean")));
    }
  }
}
