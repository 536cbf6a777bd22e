package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.data.ArraySamples;
import dev.anneal.nn.check.DoubleEvaluator;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Embedding;
import dev.anneal.nn.layer.Flatten;
import dev.anneal.nn.layer.LayerNormalization;
import dev.anneal.nn.layer.Residual;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Scope;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Layers against their definitions. */
class LayerTest {
  private static final int BATCH = 7;
  private static final int COLUMNS = 5;

  private final Random random = new Random(3);
  private final double[] features = random.doubles(BATCH * COLUMNS, -3, 3).toArray();

  /** What a model of one layer gives; weights are random and handed over by name. */
  private double[] outputs(Layer layer, boolean training, Map<String, double[]> weights) {
    Model model = Sequential.of(COLUMNS, layer);
    Program program =
        training
            ? model.training(Regression.MEAN_SQUARED_ERROR)
            : model.evaluation(Regression.MEAN_SQUARED_ERROR);
    Map<Parameter, double[]> all = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      double[] drawn = random.doubles(parameter.size(), 0.5, 2).toArray();
      all.put(parameter, drawn);
      weights.put(parameter.name().substring(parameter.name().lastIndexOf('.') + 1), drawn);
    }
    double[] labels = new double[BATCH * model.outputs()];
    return new DoubleEvaluator(program, BATCH, all, features, labels, new RandomStream(0))
        .value(program.output());
  }

  private double[] outputs(Layer layer) {
    return outputs(layer, false, new LinkedHashMap<>());
  }

  @Test
  void activations() {
    Map<Activation, DoubleUnaryOperator> definitions =
        Map.of(
            Activation.GELU,
                x -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
            Activation.SILU, x -> x / (1 + Math.exp(-x)),
            Activation.SOFTPLUS, x -> Math.log1p(Math.exp(x)),
            Activation.LEAKY_RELU, x -> Math.max(x, 0.01 * x),
            Activation.ELU, x -> x > 0 ? x : Math.expm1(x));
    definitions.forEach((activation, definition) -> {
      double[] actual = outputs(activation);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(definition.applyAsDouble(features[i]), actual[i], 1e-14);
      }
    });
  }

  /** The exact form of gelu is {@code x Phi(x)}: tabulated values of the normal distribution. */
  @Test
  void geluIsNearTheExactForm() {
    double[][] normal = {
      {-2, 0.0227501}, {-1, 0.1586553}, {0.5, 0.6914625}, {1, 0.8413447}, {3, 0.9986501}
    };
    for (double[] each : normal) {
      features[0] = each[0];
      assertEquals(each[0] * each[1], outputs(Activation.GELU)[0], 5e-4);
    }
  }

  private static double mean(double[] of) {
    double sum = 0;
    for (double each : of) {
      sum += each;
    }
    return sum / of.length;
  }

  private static double variance(double[] of) {
    double mean = mean(of);
    double sum = 0;
    for (double each : of) {
      sum += (each - mean) * (each - mean);
    }
    return sum / of.length;
  }

  private double[] row(int row) {
    double[] all = new double[COLUMNS];
    System.arraycopy(features, row * COLUMNS, all, 0, COLUMNS);
    return all;
  }

  private double[] column(int column) {
    double[] all = new double[BATCH];
    for (int row = 0; row < BATCH; row++) {
      all[row] = features[row * COLUMNS + column];
    }
    return all;
  }

  @Test
  void layerNormalization() {
    Map<String, double[]> weights = new LinkedHashMap<>();
    double[] actual = outputs(new LayerNormalization(0.01), true, weights);
    for (int i = 0; i < actual.length; i++) {
      double[] row = row(i / COLUMNS);
      double x = (features[i] - mean(row)) / Math.sqrt(variance(row) + 0.01);
      int column = i % COLUMNS;
      assertEquals(
          x * weights.get("scale")[column] + weights.get("shift")[column], actual[i], 1e-12);
    }
  }

  @Test
  void batchNormalization() {
    for (boolean training : new boolean[] {true, false}) {
      Map<String, double[]> weights = new LinkedHashMap<>();
      double[] actual = outputs(new BatchNormalization(0.9, 0.01), training, weights);
      for (int i = 0; i < actual.length; i++) {
        int c = i % COLUMNS;
        double mean = training ? mean(column(c)) : weights.get("running_mean")[c];
        double variance = training ? variance(column(c)) : weights.get("running_variance")[c];
        double x = (features[i] - mean) / Math.sqrt(variance + 0.01);
        assertEquals(x * weights.get("scale")[c] + weights.get("shift")[c], actual[i], 1e-12);
      }
    }
  }

  private record Wrong(BiFunction<Scope, Node, Node> body) implements Layer {
    @Override
    public Node forward(Scope scope, Node input) {
      return body.apply(scope, input);
    }

    @Override
    public String kind() {
      return "wrong";
    }
  }

  private static String complaint(BiFunction<Scope, Node, Node> body) {
    Model model = Sequential.of(4, new Dense(3), new Residual(List.of(new Wrong(body))));
    return assertThrows(IllegalArgumentException.class, model::parameters).getMessage();
  }

  @Test
  void whatIsWiredWronglyIsNamedWithItsLayerAndOperands() {
    String where = "layer residual_1.wrong_1, on [batch x 3]: ";
    assertEquals(
        where
            + "no product of elementwise [batch x 3] and residual_1.wrong_1.kernel [4 x 3]: 3"
            + " columns, but 4 rows",
        complaint((scope, input) ->
            scope.graph().product(input, scope.weights("kernel", 4, 3, Initializer.ZEROS))));
    assertEquals(
        where
            + "elementwise [batch x 3] and residual_1.wrong_1.bias [1 x 4] do not fit together"
            + " element by element",
        complaint((scope, input) ->
            scope.graph().add(input, scope.weights("bias", 1, 4, Initializer.ZEROS))));
    assertEquals(
        where
            + "the formula reads operand 3, but there are 1 (counted from 0): elementwise [batch x"
            + " 3]",
        complaint((scope, input) -> scope.graph().elementwise(new Expression.Operand(3), input)));
    assertEquals(
        where + "two parameters are named residual_1.wrong_1.a",
        complaint((scope, input) -> {
          scope.weights("a", 1, 1, Initializer.ZEROS);
          return scope.weights("a", 1, 1, Initializer.ZEROS);
        }));
  }

  /** Three batches of 4, 4 and 2 for three epochs: what the running values must be in the end. */
  @Test
  void runningValuesFollowTheBatches() {
    float[][] rows = new float[10][COLUMNS];
    for (float[] row : rows) {
      for (int i = 0; i < COLUMNS; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    ArraySamples samples = ArraySamples.of(rows, new int[] {0, 1, 0, 1, 1, 0, 1, 0, 0, 1}, 2);
    Model model = Sequential.of(COLUMNS, new BatchNormalization(0.8, 1e-3), new Dense(2));
    double[] mean = new double[COLUMNS];
    double[] variance = {1, 1, 1, 1, 1};
    try (Workers workers = new Workers(1)) {
      Trainer trainer =
          TestData.trainer(
              model,
              CrossEntropy.SPARSE_CATEGORICAL,
              TestData.optimizer("sgd(0.1)"),
              4,
              8,
              workers);
      TestData.fit(trainer, samples, Optional.empty(), 3, Optional.empty(), TrainingListener.NONE);
      int[] order = new int[10];
      for (int epoch = 0; epoch < 3; epoch++) {
        new RandomStream(8).child(1).permute(epoch, order);
        for (int from = 0; from < 10; from += 4) {
          int size = Math.min(4, 10 - from);
          for (int c = 0; c < COLUMNS; c++) {
            double[] batch = new double[size];
            for (int i = 0; i < size; i++) {
              batch[i] = rows[order[from + i]][c];
            }
            mean[c] = 0.8 * mean[c] + 0.2 * mean(batch);
            variance[c] = 0.8 * variance[c] + 0.2 * variance(batch);
          }
        }
      }
      List<Parameter> states = model.parameters().stream().filter(p -> !p.trained()).toList();
      assertEquals(
          List.of("batch_normalization_1.running_mean", "batch_normalization_1.running_variance"),
          states.stream().map(Parameter::name).toList());
      for (int c = 0; c < COLUMNS; c++) {
        assertEquals(mean[c], trainer.weights(states.get(0)).elements()[c], 1e-6);
        assertEquals(variance[c], trainer.weights(states.get(1)).elements()[c], 1e-6);
      }
      // What is predicted for a sample does not depend on the others.
      Tensor all = trainer.predict(Tensor.of(joined(rows), 10, COLUMNS));
      Tensor one = trainer.predict(Tensor.of(rows[3].clone(), 1, COLUMNS));
      assertEquals(all.elements()[6], one.elements()[0]);
      assertEquals(all.elements()[7], one.elements()[1]);
    }
  }

  /** Three that go round, and one that is the kernel as it was before the update. */
  @Test
  void anAssignmentReadsWhatWasThereBefore() {
    Layer keeper =
        new Custom((scope, x) -> {
          Graph graph = scope.graph();
          Node kernel = scope.weights("kernel", COLUMNS, 2, Initializer.normal(1));
          Node before = scope.state("before", COLUMNS, 2, Initializer.ZEROS);
          Node one = scope.state("one", 1, 1, Initializer.ZEROS);
          Node two = scope.state("two", 1, 1, Initializer.ONES);
          Node three = scope.state("three", 1, 1, Initializer.normal(1));
          if (scope.training()) {
            graph.assign(before, kernel);
            graph.assign(one, two);
            graph.assign(two, three);
            graph.assign(three, one);
          }
          return graph.product(x, kernel);
        });
    Model model = Sequential.of(COLUMNS, keeper);
    List<float[]> seen = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Trainer trainer =
          TestData.trainer(
              model,
              CrossEntropy.SPARSE_CATEGORICAL,
              TestData.optimizer("sgd(0.1)"),
              4,
              8,
              workers);
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void batch(Live live) {
              seen.add(trainer.weights());
            }
          };
      seen.add(trainer.weights());
      TestData.fit(
          trainer,
          TestData.clouds(12, COLUMNS, 2),
          Optional.empty(),
          2,
          Optional.empty(),
          listener);
    }
    int size = 2 * COLUMNS;
    for (int step = 1; step < seen.size(); step++) {
      float[] last = seen.get(step - 1);
      float[] now = seen.get(step);
      for (int i = 0; i < size; i++) {
        assertEquals(last[i], now[size + i]);
        assertTrue(last[i] != now[i]);
      }
      for (int i = 0; i < 3; i++) {
        assertEquals(last[2 * size + (i + 1) % 3], now[2 * size + i]);
      }
    }
  }

  @Test
  void onlyWhatIsNotTrainedIsAssigned() {
    Graph graph = new Graph();
    Scope scope = new Scope(graph, "layer", true);
    Node weights = scope.weights("w", 1, 2, Initializer.ONES);
    Node state = scope.state("s", 1, 2, Initializer.ONES);
    assertThrows(IllegalArgumentException.class, () -> graph.assign(weights, state));
    assertThrows(
        IllegalArgumentException.class, () -> graph.assign(graph.add(state, state), state));
    Node other = scope.weights("other", 2, 2, Initializer.ONES);
    assertEquals(
        "layer.s is [1 x 2] and cannot become [2 x 2]",
        assertThrows(IllegalArgumentException.class, () -> graph.assign(state, other))
            .getMessage());
  }

  private static float[] joined(float[][] rows) {
    float[] all = new float[rows.length * COLUMNS];
    for (int i = 0; i < all.length; i++) {
      all[i] = rows[i / COLUMNS][i % COLUMNS];
    }
    return all;
  }

  @Test
  void anEmbeddingIsItsTable() {
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextInt(4);
    }
    Map<String, double[]> weights = new LinkedHashMap<>();
    double[] actual = outputs(new Embedding(4, 3), true, weights);
    assertEquals(BATCH * COLUMNS * 3, actual.length);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(weights.get("table")[(int) features[i / 3] * 3 + i % 3], actual[i]);
    }
  }

  @Test
  void aResidualAddsItsInput() {
    double[] actual = outputs(Residual.of(Activation.TANH, new Flatten()));
    for (int i = 0; i < actual.length; i++) {
      assertEquals(features[i] + Math.tanh(features[i]), actual[i], 1e-14);
    }
    Model model =
        Sequential.of(
            COLUMNS,
            Residual.of(new Dense(3), new Dense(COLUMNS)),
            Residual.of(new Dense(COLUMNS)));
    assertEquals(
        List.of(
            "residual_1.dense_1.kernel",
            "residual_1.dense_1.bias",
            "residual_1.dense_2.kernel",
            "residual_1.dense_2.bias",
            "residual_2.dense_1.kernel",
            "residual_2.dense_1.bias"),
        model.parameters().stream().map(Parameter::name).toList());
    assertEquals(
        List.of("residual_1", "residual_2"),
        model.layerInfos().stream().map(Model.LayerInfo::name).toList());
    assertEquals(
        "layer residual_1, on [batch x 5]: residual: 5 inputs go in and 1 outputs come out; they"
            + " cannot be added",
        assertThrows(
                InputException.class,
                () -> Sequential.of(COLUMNS, Residual.of(new Dense(1))).parameters())
            .getMessage());
  }

  @Test
  void numbersAreCheckedWhenALayerIsMade() {
    assertThrows(InputException.class, () -> new LayerNormalization(0));
    assertThrows(InputException.class, () -> new BatchNormalization(1, 1e-3));
    assertThrows(InputException.class, () -> new BatchNormalization(0.9, Double.NaN));
    assertThrows(InputException.class, () -> new Embedding(0, 3));
    assertThrows(InputException.class, () -> new Embedding(3, 0));
    assertThrows(InputException.class, () -> Residual.of());
  }

  /** An unseen entry of a table keeps its first weights. */
  @Test
  void anEmbeddingTrains() {
    float[][] rows = new float[60][2];
    int[] labels = new int[60];
    for (int i = 0; i < 60; i++) {
      rows[i] = new float[] {random.nextInt(5), random.nextInt(5)};
      labels[i] = (rows[i][0] + rows[i][1]) % 2 == 0 ? 0 : 1;
    }
    Model model =
        Sequential.of(2, new Embedding(6, 8), new Dense(16), Activation.TANH, new Dense(2));
    try (Workers workers = new Workers(2)) {
      Trainer trainer =
          TestData.trainer(
              model,
              CrossEntropy.SPARSE_CATEGORICAL,
              TestData.optimizer("adam(0.02)"),
              16,
              1,
              workers);
      Parameter table = model.parameters().getFirst();
      float[] before = trainer.weights(table).elements().clone();
      History history =
          TestData.fit(
              trainer,
              ArraySamples.of(rows, labels, 2),
              Optional.empty(),
              60,
              Optional.empty(),
              TrainingListener.NONE);
      float[] after = trainer.weights(table).elements();
      assertTrue(history.last().value(MetricHistory.ACCURACY) > 0.95, history.last()::toString);
      for (int i = 0; i < 8; i++) {
        assertEquals(before[40 + i], after[40 + i]);
        assertTrue(before[i] != after[i]);
      }
    }
  }
}
