package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.data.RealSamples;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.loss.WeightedLosses;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels that are real numbers, one or several. */
class RegressionTest {
  private static final Loss MSE = Regression.MEAN_SQUARED_ERROR;

  private final Workers workers = new Workers(2);
  private final Random random = new Random(1);
  private final float[][] rows = new float[50][3];
  private final float[][] labels = new float[50][2];

  RegressionTest() {
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < 3; k++) {
        rows[i][k] = (float) random.nextGaussian();
      }
      labels[i][0] = 2 * rows[i][0] - rows[i][1] + 0.5f + 0.1f * (float) random.nextGaussian();
      labels[i][1] = rows[i][2] * 0.7f - 1 + 0.1f * (float) random.nextGaussian();
    }
  }

  @AfterEach
  void close() {
    workers.close();
  }

  private Trainer trainer(Model model, Loss loss, String optimizer, int batch) {
    return TestData.trainer(model, loss, TestData.optimizer(optimizer), batch, 1, workers);
  }

  private static History fit(Trainer trainer, Samples samples, int epochs) {
    return TestData.fit(
        trainer, samples, Optional.of(samples), epochs, Optional.empty(), TrainingListener.NONE);
  }

  /** Gradient descent on all samples at once ends where the normal equations do. */
  @Test
  void aLinearModelFindsTheLeastSquares() {
    Samples samples = RealSamples.of(rows, labels);
    Model model = Sequential.of(3, new Dense(2));
    Trainer trainer = trainer(model, MSE, "sgd(learning_rate=0.3)", 50);
    History history = fit(trainer, samples, 300);
    DMatrixRMaj a = new DMatrixRMaj(50, 4);
    DMatrixRMaj b = new DMatrixRMaj(50, 2);
    for (int i = 0; i < 50; i++) {
      for (int k = 0; k < 3; k++) {
        a.set(i, k, rows[i][k]);
      }
      a.set(i, 3, 1);
      b.set(i, 0, labels[i][0]);
      b.set(i, 1, labels[i][1]);
    }
    DMatrixRMaj solution = new DMatrixRMaj(4, 2);
    assertTrue(CommonOps_DDRM.solve(a, b, solution));
    Parameter kernel = model.parameters().get(0);
    Parameter bias = model.parameters().get(1);
    for (int i = 0; i < 6; i++) {
      assertEquals(solution.get(i / 2, i % 2), trainer.weights(kernel).elements()[i], 1e-5);
    }
    double squares = 0;
    for (int output = 0; output < 2; output++) {
      assertEquals(solution.get(3, output), trainer.weights(bias).elements()[output], 1e-5);
      for (int i = 0; i < 50; i++) {
        double predicted = solution.get(3, output);
        for (int k = 0; k < 3; k++) {
          predicted += solution.get(k, output) * rows[i][k];
        }
        squares += Math.pow(predicted - labels[i][output], 2);
        Tensor one = trainer.predict(Tensor.of(rows[i].clone(), 1, 3));
        assertEquals(predicted, one.elements()[output], 1e-4);
      }
    }
    assertEquals(squares / 100, history.last().value(MetricHistory.VAL_LOSS), 1e-6);
  }

  @Test
  void thereIsNoAccuracy() {
    Samples samples = RealSamples.of(rows, labels);
    Model model = Sequential.of(3, new Dense(2));
    Trainer trainer = trainer(model, MSE, "sgd(0.1)", 16);
    TrainingListener nan =
        new TrainingListener() {
          @Override
          public void batch(Live live) {
            assertTrue(Double.isNaN(live.accuracy()));
          }
        };
    EpochMetrics last =
        TestData.fit(trainer, samples, Optional.of(samples), 2, Optional.empty(), nan).last();
    assertFalse(last.values().containsKey(MetricHistory.ACCURACY));
    assertFalse(!Double.isNaN(last.value(MetricHistory.VAL_ACCURACY)));
    assertTrue(Double.isNaN(trainer.evaluate(samples).accuracy()));
    EarlyStopping stopping = new EarlyStopping(new Monitor("val_accuracy", 0), 2);
    assertEquals(
        "monitor: val_accuracy is not measured; measured are loss and val_loss",
        assertThrows(
                InputException.class,
                () ->
                    TestData.fit(
                        trainer(model, MSE, "sgd(0.1)", 16),
                        samples,
                        Optional.of(samples),
                        2,
                        Optional.of(stopping),
                        nan))
            .getMessage());
  }

  @Test
  void lossAndLabelsMustFit() {
    Samples two = RealSamples.of(rows, labels);
    Samples classes = TestData.clouds(20, 3, 3);
    Model three = Sequential.of(3, new Dense(3));
    check(
        "mean-squared-error takes 3 numbers for labels, but the data has 2 numbers",
        three,
        MSE,
        two);
    check(
        "mean-squared-error takes 3 numbers for labels, but the data has classes",
        three,
        MSE,
        classes);
    check(
        "mean-squared-error takes one number for labels, but the data has 2 numbers",
        Sequential.of(3, new Dense(1)),
        MSE,
        two);
    check(
        "sparse-categorical-cross-entropy takes classes for labels, but the data has 2 numbers",
        three,
        CrossEntropy.SPARSE_CATEGORICAL,
        two);
    three.check(classes, CrossEntropy.SPARSE_CATEGORICAL);
    Sequential.of(3, new Dense(2)).check(two, MSE);
  }

  private static void check(String message, Model model, Loss loss, Samples samples) {
    assertEquals(
        message, assertThrows(InputException.class, () -> model.check(samples, loss)).getMessage());
  }

  @Test
  void aLossIsOneNumberForEachSample() {
    Loss wide =
        new Loss() {
          @Override
          public Node forward(Graph graph, Node output, Node labels) {
            return output;
          }

          @Override
          public String kind() {
            return "wide";
          }
        };
    assertEquals(
        "wide gives [batch x 4]; a loss is one number for each sample, [batch x 1]",
        assertThrows(InputException.class, () -> Sequential.of(3, new Dense(4)).training(wide))
            .getMessage());
    Model fixed = Model.of(3, (scope, x) -> scope.graph().columnSum(x));
    assertEquals(
        "the model gives [1 x 3]; it must give a row for each sample",
        assertThrows(InputException.class, fixed::outputs).getMessage());
    assertThrows(InputException.class, () -> Model.of(0, (scope, x) -> x));
  }

  /** Two inputs, two outputs: a class and a number. Both are learned. */
  @Test
  void aFunctionalModelWithTwoHeads() {
    float[][] mixed = new float[50][];
    for (int i = 0; i < 50; i++) {
      mixed[i] = new float[] {rows[i][0] > 0 ? 1 : 0, rows[i][1] * rows[i][2]};
    }
    Samples samples = RealSamples.of(rows, mixed);
    Model model =
        Model.of(
            3,
            (scope, x) -> {
              Graph g = scope.graph();
              Node left = scope.apply(new Dense(8), g.slice(x, 0, 1));
              Node right = scope.apply(new Dense(24), g.slice(x, 1, 3));
              Node h = scope.apply(Activation.TANH, g.concatenate(left, right));
              Node kind = scope.apply(Activation.SOFTMAX, scope.apply(new Dense(2), h));
              return g.concatenate(kind, scope.apply(new Dense(1), h));
            });
    Loss loss =
        WeightedLosses.of(
            new WeightedLosses.Head(2, CrossEntropy.SPARSE_CATEGORICAL, 1),
            new WeightedLosses.Head(1, MSE, 0.5));
    Trainer trainer = trainer(model, loss, "adam(0.02)", 10);
    History history = fit(trainer, samples, 200);
    assertTrue(history.last().value(MetricHistory.VAL_LOSS) < 0.05, history.last()::toString);
    for (int i = 0; i < 50; i++) {
      float[] predicted = trainer.predict(Tensor.of(rows[i].clone(), 1, 3)).elements();
      assertEquals(1, predicted[0] + predicted[1], 1e-6);
      assertEquals(mixed[i][0], predicted[1] > 0.5 ? 1 : 0);
    }
    assertEquals(
        List.of("dense_1", "dense_2", "tanh_1", "dense_3", "softmax_1", "dense_4"),
        model.layerInfos().stream().map(Model.LayerInfo::name).toList());
  }
}
