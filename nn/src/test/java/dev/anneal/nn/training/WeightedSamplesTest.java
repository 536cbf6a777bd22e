package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.RealSamples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.AdversarialLoss;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.loss.Regularized;
import dev.anneal.nn.loss.SampleWeighted;
import dev.anneal.nn.loss.WeightedLosses;
import dev.anneal.nn.minimize.Lbfgs;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Samples of which some count more than others. */
class WeightedSamplesTest {
  private static final Samples PLAIN = TestData.clouds(20, 4, 3);
  private static final Mlp MLP = Mlp.parse("4-6-3");
  private static final Loss PLAIN_LOSS = CrossEntropy.SPARSE_CATEGORICAL;

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  /** Some of the samples, in an order of their own, with weights or without. */
  private record Chosen(Samples all, int[] rows, float[] weights) implements Samples {
    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public int features() {
      return all.features();
    }

    @Override
    public int classes() {
      return all.classes();
    }

    @Override
    public int targets() {
      return all.targets();
    }

    @Override
    public void copy(int sample, float[] to, int at) {
      all.copy(rows[sample], to, at);
    }

    @Override
    public int label(int sample) {
      return all.label(rows[sample]);
    }

    @Override
    public void target(int sample, float[] to, int at) {
      all.target(rows[sample], to, at);
    }

    @Override
    public boolean weighted() {
      return weights.length > 0;
    }

    @Override
    public float weight(int sample) {
      return weighted() ? weights[sample] : 1;
    }
  }

  /** Every second sample counts twice: the 20 weigh 30. */
  private static Samples weighted(Samples all) {
    float[] weights = new float[20];
    for (int i = 0; i < 20; i++) {
      weights[i] = 1 + i % 2;
    }
    return new Chosen(all, IntStream.range(0, 20).toArray(), weights);
  }

  /** Every second sample is there twice. */
  private static Samples repeated(Samples all) {
    int[] rows =
        IntStream.range(0, 20).flatMap(i -> IntStream.range(0, 1 + i % 2).map(_ -> i)).toArray();
    return new Chosen(all, rows, new float[0]);
  }

  private Trainer fit(Model model, Loss loss, String optimizer, Samples samples) {
    return Training.of(model, loss, TestData.optimizer(optimizer))
        .batch(30)
        .epochs(5)
        .validation(samples)
        .workers(workers)
        .fit(samples);
  }

  private void trainAlike(Model model, Loss loss, Samples all) {
    Trainer twice = fit(model, loss, "sgd(0.1)", repeated(all));
    // The mean over 20 samples whose weights add up to 30 is 1.5 times that over 30 samples.
    Trainer heavy = fit(model, new SampleWeighted(loss), "sgd(" + 0.1 / 1.5 + ")", weighted(all));
    assertArrayEquals(twice.weights(), heavy.weights(), 1e-5f);
    for (String metric : List.of("loss", "val_loss")) {
      for (int epoch = 0; epoch < 5; epoch++) {
        assertEquals(
            1.5 * twice.history().value(metric, epoch), heavy.history().value(metric, epoch), 1e-5);
      }
    }
    assertEquals(heavy.history().last().value("val_loss"), heavy.evaluate(weighted(all)).loss(), 0);
  }

  @Test
  void aWeightOfTwoIsASampleThatIsThereTwice() {
    trainAlike(MLP.model(), PLAIN_LOSS, PLAIN);
    float[][] rows = new float[20][4];
    float[][] labels = new float[20][2];
    for (int i = 0; i < 20; i++) {
      PLAIN.copy(i, rows[i], 0);
      labels[i][0] = rows[i][0] - rows[i][1];
      labels[i][1] = rows[i][2] * rows[i][3];
    }
    trainAlike(
        Sequential.of(4, new Dense(5), Activation.TANH, new Dense(2)),
        Regression.MEAN_SQUARED_ERROR,
        RealSamples.of(rows, labels));
  }

  @Test
  void accuracyCountsAllSamplesTheSame() {
    Trainer trainer = fit(MLP.model(), new SampleWeighted(PLAIN_LOSS), "sgd(0.1)", weighted(PLAIN));
    double accuracy = trainer.history().last().value("val_accuracy");
    assertEquals(Math.rint(20 * accuracy), 20 * accuracy, 1e-12);
    assertEquals(trainer.evaluate(PLAIN).accuracy(), accuracy, 0);
  }

  @Test
  void samplesWithoutWeightsCountOnce() {
    Trainer plain = fit(MLP.model(), PLAIN_LOSS, "adam", PLAIN);
    Trainer ones = fit(MLP.model(), new SampleWeighted(PLAIN_LOSS), "adam", PLAIN);
    assertArrayEquals(plain.weights(), ones.weights());
    assertEquals(plain.history().last().value("loss"), ones.history().last().value("loss"), 0);
  }

  @Test
  void aMinimizerReadsWeightsToo() {
    Samples samples = weighted(PLAIN);
    Trainer trainer =
        Training.minimizing(
                MLP.model(),
                new Regularized(new SampleWeighted(PLAIN_LOSS), "*", 0, 0.01),
                new Lbfgs())
            .epochs(3)
            .workers(workers)
            .fit(samples);
    Trainer twice =
        Training.minimizing(
                MLP.model(), new Regularized(PLAIN_LOSS, "*", 0, 0.01 / 1.5), new Lbfgs())
            .epochs(3)
            .workers(workers)
            .fit(repeated(PLAIN));
    assertEquals(1.5 * twice.history().value("loss", 0), trainer.history().value("loss", 0), 1e-5);
  }

  @Test
  void weightsThatNobodyReadsAreRefused() {
    assertEquals(
        "the samples have weights, which sparse-categorical-cross-entropy does not read",
        assertThrows(
                InputException.class,
                () -> fit(MLP.model(), PLAIN_LOSS, "sgd(0.1)", weighted(PLAIN)))
            .getMessage());
    Trainer trainer = fit(MLP.model(), PLAIN_LOSS, "sgd(0.1)", PLAIN);
    assertThrows(InputException.class, () -> trainer.evaluate(weighted(PLAIN)));
  }

  @Test
  void weightsAreReadOnce() {
    Loss loss = new SampleWeighted(PLAIN_LOSS);
    assertThrows(InputException.class, () -> new SampleWeighted(loss));
    assertThrows(InputException.class, () -> new SampleWeighted(new Regularized(loss, "*", 0, 1)));
    assertThrows(InputException.class, () -> new WeightedLosses.Head(3, loss, 1));
  }

  @Test
  void networksInTurnReadTheSameWeights() {
    Objective one = new Objective("a", MLP.model(), PLAIN_LOSS, TestData.groups("sgd"), 1);
    Objective two =
        new Objective("b", MLP.model(), new SampleWeighted(PLAIN_LOSS), TestData.groups("sgd"), 1);
    assertEquals(
        "objectives train on the same batches, but the losses of \"a\" and \"b\" are not both"
            + " weighted",
        assertThrows(InputException.class, Training.inTurn(one, two)::trainer).getMessage());
  }

  /** Its label is not read, but there. */
  @Test
  void aLossWithoutLabelsIsWeightedToo() {
    Model critic = Sequential.of(4, new Dense(1));
    Trainer trainer =
        fit(critic, new SampleWeighted(AdversarialLoss.of(true)), "sgd(0)", weighted(PLAIN));
    Trainer twice = fit(critic, AdversarialLoss.of(true), "sgd(0)", repeated(PLAIN));
    assertEquals(
        1.5 * twice.evaluate(repeated(PLAIN)).loss(),
        trainer.evaluate(weighted(PLAIN)).loss(),
        1e-6);
  }

  @Test
  void aWeightThatIsNotFiniteIsFound() {
    float[] weights = new float[20];
    weights[3] = Float.POSITIVE_INFINITY;
    Samples samples = new Chosen(PLAIN, IntStream.range(0, 20).toArray(), weights);
    Session session =
        Training.of(MLP.model(), new SampleWeighted(PLAIN_LOSS), TestData.optimizer("sgd(0.1)"))
            .workers(workers)
            .trainer()
            .session(samples);
    session.run();
    assertEquals("data that are not finite, in sample 3", session.incidents().getFirst().what());
  }
}
