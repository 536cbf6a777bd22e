package dev.anneal.nn.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.training.TestData;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FullBatchObjectiveTest {
  /** More than two batches, the last with few samples. */
  private static final Samples SAMPLES = TestData.clouds(600, 6, 3);

  private static final Mlp MLP = Mlp.parse("6-8-3");

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private FullBatchObjective loss() {
    return new FullBatchObjective(MLP.model(), MLP.loss(), SAMPLES, 5, workers);
  }

  /** All samples are one batch. */
  private Trainer trainer(Groups groups, int epochs) {
    return Training.ofGroups(MLP.model(), MLP.loss(), groups)
        .batch(SAMPLES.size())
        .epochs(epochs)
        .seed(5)
        .workers(workers)
        .trainer();
  }

  /** A step of 1 against the gradient of one batch of everything. */
  @Test
  void theGradientIsThatOfAllSamples() {
    FullBatchObjective loss = loss();
    double[] weights = loss.start();
    double[] gradient = new double[weights.length];
    double value = loss.at(weights, gradient);
    Groups plain = TestData.groups("sgd(1)");
    Trainer trainer = trainer(plain, 1);
    assertEquals(trainer.evaluate(SAMPLES).loss(), value, 1e-6);
    trainer.fit(SAMPLES);
    float[] after = trainer.weights();
    for (int i = 0; i < after.length; i++) {
      assertEquals(weights[i] - gradient[i], after[i], 1e-6);
    }
  }

  @Test
  void itIsAFunctionOfTheWeights() {
    FullBatchObjective loss = loss();
    double[] weights = loss.start();
    double[] gradient = new double[weights.length];
    double first = loss.at(weights, gradient);
    double[] elsewhere = weights.clone();
    elsewhere[3] += 1;
    loss.at(elsewhere, new double[weights.length]);
    double[] again = new double[weights.length];
    assertEquals(first, loss.at(weights, again));
    for (int i = 0; i < again.length; i++) {
      assertEquals(gradient[i], again[i]);
    }
  }

  /** Without noise, L-BFGS finds in some hundred evaluations what Adam looks for much longer. */
  @Test
  void lbfgsMinimizesIt() {
    FullBatchObjective loss = loss();
    double[] weights = loss.start();
    Lbfgs.Run run = new Lbfgs().withStrongWolfe(true).withMost(100, 120).start();
    double first = loss.at(weights, new double[weights.length]);
    run.step(weights, loss::at);
    double last = loss.at(weights, new double[weights.length]);
    Trainer adam = trainer(TestData.groups("adam(0.01)"), 120);
    adam.fit(SAMPLES);
    double other = adam.evaluate(SAMPLES).loss();
    assertTrue(last < 0.9 * other && last < first, () -> first + " " + last + " " + other);
    adam.setWeights(loss.rounded(weights));
    assertEquals(last, adam.evaluate(SAMPLES).loss(), 1e-6);
  }

  @Test
  void whatChangesByItselfIsRefused() {
    Model model =
        Model.of(
            6,
            (scope, x) ->
                scope.apply(
                    Activation.SOFTMAX,
                    scope.apply(new Dense(3), scope.apply(new BatchNormalization(), x))));
    assertThrows(
        InputException.class, () -> new FullBatchObjective(model, MLP.loss(), SAMPLES, 5, workers));
  }
}
