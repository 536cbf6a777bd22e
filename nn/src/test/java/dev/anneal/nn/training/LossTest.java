package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.check.DoubleEvaluator;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Hinge;
import dev.anneal.nn.loss.Huber;
import dev.anneal.nn.loss.KlDivergence;
import dev.anneal.nn.loss.Quantile;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.loss.Regularized;
import dev.anneal.nn.loss.SmoothedCrossEntropy;
import dev.anneal.nn.loss.WeightedLosses;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Sequential;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against their definitions, written as loops over probabilities. */
class LossTest {
  private static final int BATCH = 20;

  private final Random random = new Random(5);

  /** The loss of a sample, from its outputs and its label. */
  private interface Definition {
    double of(double[] outputs, double[] label);
  }

  private static double[] numbers(int n, DoubleSupplier each) {
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = each.getAsDouble();
    }
    return numbers;
  }

  private void check(Loss loss, int outputs, double[] labels, Definition definition) {
    Graph graph = new Graph();
    Node output = graph.features(outputs);
    int width = loss.labels(outputs);
    Node each = loss.forward(graph, output, graph.labels(width));
    Program program = Program.of(graph, output, each, List.of());
    double[] features = numbers(BATCH * outputs, () -> 2 * random.nextGaussian());
    double[] actual =
        new DoubleEvaluator(program, BATCH, Map.of(), features, labels, new RandomStream(0))
            .value(program.loss());
    assertEquals(BATCH, actual.length);
    for (int row = 0; row < BATCH; row++) {
      double expected =
          definition.of(
              Arrays.copyOfRange(features, row * outputs, (row + 1) * outputs),
              Arrays.copyOfRange(labels, row * width, (row + 1) * width));
      assertEquals(expected, actual[row], 1e-12 * Math.max(1, Math.abs(expected)));
    }
  }

  private double[] classes(int classes) {
    return numbers(BATCH, () -> random.nextInt(classes));
  }

  private static double probability(double[] logits, int of) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.exp(logits[of]) / sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void regression(int outputs) {
    double[] labels = numbers(BATCH * outputs, () -> 2 * random.nextGaussian());
    check(
        Regression.MEAN_SQUARED_ERROR,
        outputs,
        labels,
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
          }
          return sum / x.length;
        });
    check(
        Regression.MEAN_ABSOLUTE_ERROR,
        outputs,
        labels,
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            sum += Math.abs(x[i] - y[i]);
          }
          return sum / x.length;
        });
    check(
        new Huber(1.5),
        outputs,
        labels,
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < x.length; i++) {
            double d = Math.abs(x[i] - y[i]);
            sum += d <= 1.5 ? d * d / 2 : 1.5 * (d - 0.75);
          }
          return sum / x.length;
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void aQuantileWeighsWhatIsTooLowAndWhatIsTooHigh(double q) {
    check(
        new Quantile(q),
        2,
        numbers(BATCH * 2, () -> 2 * random.nextGaussian()),
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < 2; i++) {
            sum += y[i] >= x[i] ? q * (y[i] - x[i]) : (1 - q) * (x[i] - y[i]);
          }
          return sum / 2;
        });
  }

  /** A constant that is fitted to the numbers 1 to 99 becomes their 90th percentile. */
  @Test
  void aQuantileIsLeastAtTheQuantile() {
    assertEquals(90, best(constant -> lossOf(new Quantile(0.9), constant)));
    assertEquals(50, best(constant -> lossOf(new Quantile(0.5), constant)));
  }

  private static int best(IntToDoubleFunction loss) {
    return IntStream.rangeClosed(1, 99)
        .boxed()
        .min(Comparator.comparingDouble(loss::applyAsDouble))
        .orElseThrow();
  }

  /** The sum over the labels 1 to 99 where all predictions are the same. */
  private static double lossOf(Loss loss, int constant) {
    Graph graph = new Graph();
    Node output = graph.features(1);
    Program program =
        Program.of(graph, output, loss.forward(graph, output, graph.labels(1)), List.of());
    double[] features = new double[99];
    Arrays.fill(features, constant);
    double[] labels = IntStream.rangeClosed(1, 99).asDoubleStream().toArray();
    return Arrays.stream(
            new DoubleEvaluator(program, 99, Map.of(), features, labels, new RandomStream(0))
                .value(program.loss()))
        .sum();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mean-squared-error  | mean-squared-error",
        "Mean_Absolute_Error | mean-absolute-error",
        "huber               | huber(delta=1)",
        "huber(0.5)          | huber(delta=0.5)",
        "quantile            | quantile(q=0.5)",
        "quantile(0.9)       | quantile(q=0.9)",
        "hinge               | hinge",
        "cross-entropy       | cross-entropy(smoothing=0, class_weights=[])",
        "cross-entropy(0.1, class_weights=[1, 2.5]) | cross-entropy(smoothing=0.1,"
            + " class_weights=[1, 2.5])",
      })
  void lossesAreNamedInTextAndPrintedSo(String text, String printed) {
    Catalogue catalogue = Catalogue.load();
    Loss loss = catalogue.parse(Loss.class, text);
    assertEquals(printed, Catalogue.print(loss));
    assertEquals(loss, catalogue.parse(Loss.class, printed));
    assertEquals(loss.kind(), catalogue.parse(Loss.class, loss.kind()).kind());
  }

  @Test
  void hinge() {
    check(new Hinge(), 1, classes(2), (x, y) -> Math.max(0, 1 - x[0] * (y[0] == 1 ? 1 : -1)));
    check(
        new Hinge(),
        4,
        classes(4),
        (x, y) -> {
          double worst = 0;
          for (int i = 0; i < 4; i++) {
            if (i != (int) y[0]) {
              worst = Math.max(worst, 1 + x[i] - x[(int) y[0]]);
            }
          }
          return worst;
        });
  }

  /** Some labels have probabilities of 0. */
  @Test
  void klDivergence() {
    double[] labels = new double[BATCH * 3];
    for (int row = 0; row < BATCH; row++) {
      double part = row < 5 ? 0 : random.nextDouble();
      labels[3 * row] = part;
      labels[3 * row + 1] = 1 - part;
    }
    check(
        new KlDivergence(),
        3,
        labels,
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < 3; i++) {
            sum += y[i] == 0 ? 0 : y[i] * Math.log(y[i] / probability(x, i));
          }
          return sum;
        });
  }

  @Test
  void smoothedAndWeighted() {
    check(
        new SmoothedCrossEntropy(0.3, List.of(0.5, 2.0, 0.0, 1.0)),
        4,
        classes(4),
        (x, y) -> {
          double sum = 0;
          for (int i = 0; i < 4; i++) {
            sum -= (i == (int) y[0] ? 0.7 + 0.075 : 0.075) * Math.log(probability(x, i));
          }
          return sum * new double[] {0.5, 2, 0, 1}[(int) y[0]];
        });
    check(
        new SmoothedCrossEntropy(0.2, List.of(3.0, 0.25)),
        1,
        classes(2),
        (x, y) -> {
          double p = 1 / (1 + Math.exp(-x[0]));
          double one = y[0] == 1 ? 0.9 : 0.1;
          return (y[0] == 1 ? 0.25 : 3) * -(one * Math.log(p) + (1 - one) * Math.log(1 - p));
        });
  }

  /** The figures of scikit-learn 1.9.1, {@code compute_class_weight("balanced")}. */
  @Test
  void balancedClassesWeighTheSame() {
    List<Double> weights = SmoothedCrossEntropy.balanced(7, 2, 3);
    assertEquals(0.57142857, weights.get(0), 1e-8);
    assertEquals(2, weights.get(1), 1e-12);
    assertEquals(1.33333333, weights.get(2), 1e-8);
    assertEquals(List.of(1.0, 1.0), SmoothedCrossEntropy.balanced(1 << 30, 1 << 30));
    assertEquals(
        "cross-entropy: classes are balanced by their samples, but there are [3, 0]",
        assertThrows(InputException.class, () -> SmoothedCrossEntropy.balanced(3, 0)).getMessage());
    assertThrows(InputException.class, SmoothedCrossEntropy::balanced);
  }

  /** One output or two: the same classes weigh the same. */
  @Test
  void twoClassesAreWeighedAlikeWithOneOutputAndWithTwo() {
    Loss loss = new SmoothedCrossEntropy(0, List.of(3.0, 0.25));
    double[] weights = {3, 0.25};
    check(
        loss,
        1,
        classes(2),
        (x, y) -> weights[(int) y[0]] * Math.log1p(Math.exp(y[0] == 1 ? -x[0] : x[0])));
    check(
        loss, 2, classes(2), (x, y) -> weights[(int) y[0]] * -Math.log(probability(x, (int) y[0])));
  }

  @Test
  void withoutSmoothingAndWeightsItIsTheCrossEntropy() {
    SmoothedCrossEntropy plain = new SmoothedCrossEntropy(0, List.of());
    check(plain, 3, classes(3), (x, y) -> -Math.log(probability(x, (int) y[0])));
    check(plain, 1, classes(2), (x, y) -> Math.log1p(Math.exp(y[0] == 1 ? -x[0] : x[0])));
  }

  @Test
  void headsAreWeightedAndSummed() {
    WeightedLosses heads =
        WeightedLosses.of(
            new WeightedLosses.Head(2, Regression.MEAN_SQUARED_ERROR, 0.5),
            new WeightedLosses.Head(3, CrossEntropy.SPARSE_CATEGORICAL, 2));
    double[] labels = new double[BATCH * 3];
    for (int row = 0; row < BATCH; row++) {
      labels[3 * row] = random.nextGaussian();
      labels[3 * row + 1] = random.nextGaussian();
      labels[3 * row + 2] = random.nextInt(3);
    }
    check(
        heads,
        5,
        labels,
        (x, y) -> {
          double a = x[0] - y[0];
          double b = x[1] - y[1];
          double[] logits = {x[2], x[3], x[4]};
          return (a * a + b * b) / 4 - 2 * Math.log(probability(logits, (int) y[2]));
        });
    assertEquals(0, heads.classes(5));
    assertEquals(
        "the heads have 5 outputs, but the model has 4",
        assertThrows(InputException.class, () -> heads.labels(4)).getMessage());
  }

  @Test
  void aPriceOnWeightsIsAddedToTheLossOfEachSample() {
    Graph graph = new Graph();
    Parameter kernel = new Parameter("dense_1.kernel", 1, 2, Initializer.ZEROS);
    Parameter other = new Parameter("dense_2.kernel", 1, 2, Initializer.ZEROS);
    Parameter bias = new Parameter("dense_1.bias", 1, 2, Initializer.ZEROS);
    Node output = graph.features(2);
    for (Parameter each : List.of(kernel, other, bias)) {
      output = graph.add(output, graph.weights(each));
    }
    Map<Parameter, double[]> weights =
        Map.of(
            kernel, new double[] {1, -2}, other, new double[] {3, 4}, bias, new double[] {-6, -6});
    Loss mse = Regression.MEAN_SQUARED_ERROR;
    Map<Loss, Double> losses =
        Map.of(
            mse,
            2.0, // outputs 0 and 0, labels 2 and 0
            new Regularized(mse, "*.kernel", 0.5, 0),
            2 + 0.5 * 10,
            new Regularized(mse, "dense_1.*", 0, 0.1),
            2 + 0.1 * (5 + 72),
            new Regularized(mse, "dense_1.bias", 1, 1),
            2 + 12.0 + 72,
            new Regularized(mse, "dense_2", 1, 0), // all of a layer, as for groups
            2 + 7.0,
            new Regularized(mse, "d*2*l", 1, 0),
            2 + 7.0,
            new Regularized(new Regularized(mse, "*2.kernel", 1, 0), "*", 0, 1),
            2 + 7 + 102.0);
    for (Map.Entry<Loss, Double> each : losses.entrySet()) {
      Node loss = each.getKey().forward(graph, output, graph.labels(2));
      Program program = Program.of(graph, output, loss, List.of());
      double[] features = {2, 4, 2, 4};
      double[] labels = {2, 0, 0, 2};
      double[] actual =
          new DoubleEvaluator(program, 2, weights, features, labels, new RandomStream(0))
              .value(program.loss());
      assertEquals(each.getValue(), actual[0], 1e-12, each.toString());
      assertEquals(each.getValue(), actual[1], 1e-12, each.toString());
    }
    Node last = output;
    assertEquals(
        "regularization: no weights are named dense_3.*; there are"
            + " [dense_1.kernel, dense_2.kernel, dense_1.bias]",
        assertThrows(
                InputException.class,
                () -> new Regularized(mse, "dense_3.*", 1, 0).forward(graph, last, graph.labels(2)))
            .getMessage());
  }

  @Test
  void numbersAreCheckedWhenALossIsMade() {
    assertThrows(InputException.class, () -> new Huber(0));
    assertThrows(InputException.class, () -> new Quantile(0));
    assertThrows(InputException.class, () -> new Quantile(1));
    assertThrows(InputException.class, () -> new Quantile(Double.NaN));
    assertThrows(InputException.class, () -> new SmoothedCrossEntropy(1, List.of()));
    assertThrows(InputException.class, () -> new SmoothedCrossEntropy(0, List.of(1.0, -1.0)));
    assertThrows(InputException.class, () -> new Regularized(CrossEntropy.BINARY, "*", -1, 0));
    assertThrows(
        InputException.class, () -> new Regularized(CrossEntropy.BINARY, "*", 0, Double.NaN));
    assertThrows(InputException.class, () -> WeightedLosses.of());
    assertThrows(InputException.class, () -> new WeightedLosses.Head(0, CrossEntropy.BINARY, 1));
    Loss three = new SmoothedCrossEntropy(0, List.of(1.0, 1.0, 1.0));
    assertEquals(
        "cross-entropy: 3 class weights for 4 classes",
        assertThrows(InputException.class, () -> Sequential.of(2, new Dense(4)).training(three))
            .getMessage());
  }
}
