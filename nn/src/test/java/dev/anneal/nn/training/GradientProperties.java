package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.check.DoubleEvaluator;
import dev.anneal.nn.check.GradientCheck;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.layer.Embedding;
import dev.anneal.nn.layer.Flatten;
import dev.anneal.nn.layer.LayerNormalization;
import dev.anneal.nn.layer.Residual;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Hinge;
import dev.anneal.nn.loss.Huber;
import dev.anneal.nn.loss.KlDivergence;
import dev.anneal.nn.loss.Quantile;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.loss.Regularized;
import dev.anneal.nn.loss.SampleWeighted;
import dev.anneal.nn.loss.SmoothedCrossEntropy;
import dev.anneal.nn.loss.WeightedLosses;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.RandomBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Derived gradients against central differences of order four, in double precision; and the plan's
 * float gradients against the double ones.
 */
class GradientProperties {
  /** Relative, to at least 1e-3. The worst measured was 3e-8. */
  private static final double TOLERANCE = 1e-7;

  private static void checkBehindDense(Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(new Dense(4)));
    all.addAll(List.of(layers));
    check(new Sequential(3, all), CrossEntropy.SPARSE_CATEGORICAL);
    all.add(new Dense(3));
    check(new Sequential(3, all), CrossEntropy.SPARSE_CATEGORICAL);
    all.add(new Dense(1));
    check(new Sequential(3, all), CrossEntropy.BINARY);
  }

  private static void check(Model model, Loss loss) {
    check(GradientCheck.of(model, loss, 1));
  }

  private static void check(GradientCheck.Result result) {
    assertTrue(result.worst() <= TOLERANCE, result::toString);
  }

  @Example
  void everyLayer() {
    checkBehindDense();
    for (Activation activation : Activation.values()) {
      checkBehindDense(activation);
    }
    checkBehindDense(new Dropout(0.4));
    checkBehindDense(new Dropout(0.4), new Dense(5), new Dropout(0.2));
    checkBehindDense(new Flatten());
    checkBehindDense(Activation.RELU, Activation.TANH);
    checkBehindDense(new LayerNormalization());
    checkBehindDense(new BatchNormalization());
    checkBehindDense(new BatchNormalization(0.5, 1e-2), Activation.SILU, new Dropout(0.3));
    checkBehindDense(Residual.of(new Dense(5), Activation.TANH, new Dense(4)));
    checkBehindDense(Residual.of(new LayerNormalization(), Residual.of(new Dense(4))));
  }

  /** What a layer's author writes. */
  @Example
  void aLayerByItself() {
    check(GradientCheck.of(Activation.GELU, 4, 1));
    check(GradientCheck.of(new BatchNormalization(), 6, 2));
    check(GradientCheck.of(new Huber(0.7), 3, 3));
  }

  @Example
  void anEmbedding() {
    Model model = Sequential.of(3, new Embedding(6, 4), Activation.TANH, new Dense(3));
    check(GradientCheck.of(model, CrossEntropy.SPARSE_CATEGORICAL, r -> r.nextInt(6), 1));
  }

  @Example
  void everyOtherLoss() {
    List<Double> weights = List.of(0.5, 2.0);
    for (double smoothing : new double[] {0, 0.2}) {
      check(GradientCheck.of(new SmoothedCrossEntropy(smoothing, List.of()), 4, 1));
      check(GradientCheck.of(new SmoothedCrossEntropy(smoothing, weights), 1, 2));
      check(GradientCheck.of(new SmoothedCrossEntropy(smoothing, weights), 2, 3));
    }
    for (int outputs : new int[] {1, 3}) {
      for (Loss loss : Regression.values()) {
        check(GradientCheck.of(loss, outputs, 4));
      }
      check(GradientCheck.of(new Huber(0.8), outputs, 5));
      check(GradientCheck.of(new Quantile(0.8), outputs, 8));
      check(GradientCheck.of(new Hinge(), outputs, 6));
    }
    check(GradientCheck.of(new KlDivergence(), 4, 7));
    check(GradientCheck.of(new SampleWeighted(CrossEntropy.SPARSE_CATEGORICAL), 3, 9));
    check(GradientCheck.of(new SampleWeighted(Regression.MEAN_SQUARED_ERROR), 2, 10));
    Sequential probabilities = Sequential.of(3, new Dense(4), Activation.SOFTMAX);
    check(probabilities, new KlDivergence());
    check(probabilities, Regression.MEAN_SQUARED_ERROR);
  }

  @Example
  void aPriceOnWeights() {
    Sequential model = Sequential.of(3, new Dense(4), Activation.TANH, new Dense(2));
    Loss loss = CrossEntropy.SPARSE_CATEGORICAL;
    check(model, new Regularized(loss, "*.kernel", 0, 0.3));
    check(model, new Regularized(new Regularized(loss, "*", 0, 0.1), "dense_1.bias", 0.2, 0));
    check(model, new Regularized(loss, "dense_2.*", 0.2, 0.4));
  }

  @Example
  void severalInputsAndOutputs() {
    Model model =
        Model.of(
            5,
            (scope, features) -> {
              Graph g = scope.graph();
              Node left = scope.apply(new Dense(3), g.slice(features, 0, 2));
              Node right = scope.apply(new Dense(4), g.slice(features, 2, 5));
              Node both = scope.apply(Activation.TANH, g.concatenate(left, right));
              Node kinds = scope.apply(new Dense(3), both);
              return g.concatenate(
                  scope.apply(Activation.SOFTMAX, kinds), scope.apply(new Dense(2), both));
            });
    check(
        model,
        WeightedLosses.of(
            new WeightedLosses.Head(3, CrossEntropy.SPARSE_CATEGORICAL, 0.5),
            new WeightedLosses.Head(2, Regression.MEAN_SQUARED_ERROR, 2)));
  }

  @Example
  void everyLossFromLogitsAndBehindItsActivation() {
    Dense one = new Dense(1);
    check(Sequential.of(3, one), CrossEntropy.BINARY);
    check(Sequential.of(3, one, Activation.SIGMOID), CrossEntropy.BINARY);
    check(Sequential.of(3, new Dense(4)), CrossEntropy.SPARSE_CATEGORICAL);
    check(Sequential.of(3, new Dense(4), Activation.SOFTMAX), CrossEntropy.SPARSE_CATEGORICAL);
    check(Mlp.parse("4-6-5-1").model(), CrossEntropy.BINARY);
    check(Mlp.parse("4-6-5-3").model(), CrossEntropy.SPARSE_CATEGORICAL);
  }

  @Example
  void everyFunctionOfAnExpression() {
    UnaryOperator<Expression> positive = x -> x.times(x).plus(0.5);
    List<UnaryOperator<Expression>> functions =
        List.of(
            Expression::negate,
            Expression::abs,
            x -> positive.apply(x).sqrt(),
            x -> x.times(0.3).exp(),
            x -> positive.apply(x).log(),
            x -> positive.apply(x).log1p(),
            Expression::tanh,
            Expression::sigmoid,
            Expression::softplus,
            x -> x.plus(x.times(x)),
            x -> x.minus(x.times(x)),
            x -> Expression.of(1).minus(x),
            x -> x.dividedBy(positive.apply(x)),
            x -> Expression.of(2).dividedBy(positive.apply(x)),
            x -> x.fma(x.tanh(), x.negate()),
            x -> x.max(Expression.of(0.1)),
            x -> Expression.of(0.1).max(x),
            x -> x.min(Expression.of(0.1)),
            x -> Expression.of(0.1).min(x),
            x -> x.max(x.times(x)),
            x -> x.min(x.times(x).minus(Expression.of(1))),
            x -> x.ifLess(Expression.of(0.2), x.times(x), x.times(3)),
            x -> x.power(0),
            x -> x.power(1),
            x -> x.power(2),
            x -> x.tanh().power(5),
            x -> positive.apply(x).power(-2),
            x -> positive.apply(x).power(0.5),
            x -> positive.apply(x).power(1.7),
            x -> positive.apply(x).power(-0.3));
    functions.forEach(function -> checkBehindDense(Custom.of(function)));
  }

  @Example
  void layersOfStrangers() {
    for (Stranger stranger : Stranger.values()) {
      checkBehindDense(stranger.layer());
    }
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
  void randomNets(
      @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 6) Integer> hidden,
      @ForAll Activation activation,
      @ForAll @IntRange(min = 1, max = 5) int outputs,
      @ForAll boolean dropout,
      @ForAll long seed) {
    List<Integer> sizes = new ArrayList<>(List.of(4));
    sizes.addAll(hidden);
    sizes.add(outputs);
    Mlp mlp = Mlp.parse("1-1").withHidden(activation).withDropout(dropout ? 0.3 : 0);
    mlp = new Mlp(sizes, mlp.hidden(), mlp.kernel(), mlp.dropout());
    check(GradientCheck.of(mlp.model(), mlp.loss(), seed));
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void thePlanInFloatComputesTheSameGradients(
      @ForAll @IntRange(min = 1, max = 40) int first,
      @ForAll @IntRange(min = 1, max = 40) int second,
      @ForAll Activation activation,
      @ForAll @IntRange(min = 1, max = 5) int outputs,
      @ForAll boolean dropout,
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll long seed) {
    Mlp mlp =
        Mlp.parse("7-%d-%d-%d".formatted(first, second, outputs))
            .withHidden(activation)
            .withDropout(dropout ? 0.5 : 0);
    Assume.that(planAgrees(mlp.model(), mlp.loss(), size, seed));
  }

  /** Whatever weights are used for, and wherever they lie. */
  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void thePlanComputesTheGradientsOfStrangersToo(
      @ForAll Stranger stranger,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll long seed) {
    Sequential model = Sequential.of(7, new Dense(width), stranger.layer(), new Dense(3));
    Assume.that(planAgrees(model, CrossEntropy.SPARSE_CATEGORICAL, size, seed));
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void thePlanComputesTheGradientsOfImages(
      @ForAll @IntRange(max = 5) int layers,
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll long seed) {
    Model model = ImageNets.of(ImageNets.LAYERS.get(layers));
    Assume.that(planAgrees(model, CrossEntropy.SPARSE_CATEGORICAL, size, seed));
  }

  private static final List<Layer> LAYERS =
      List.of(
          new LayerNormalization(),
          new BatchNormalization(),
          Residual.of(new Dense(9), Activation.TANH, new LayerNormalization()),
          Activation.GELU);

  private static final List<Loss> LOSSES =
      List.of(
          Regression.MEAN_SQUARED_ERROR,
          Regression.MEAN_ABSOLUTE_ERROR,
          new Huber(0.5),
          new Quantile(0.3),
          new Hinge(),
          new KlDivergence(),
          new SmoothedCrossEntropy(0.2, List.of(0.5, 2.0, 1.0)),
          new Regularized(Regression.MEAN_SQUARED_ERROR, "*.kernel", 1e-2, 1e-2),
          WeightedLosses.of(
              new WeightedLosses.Head(2, Regression.MEAN_SQUARED_ERROR, 0.5),
              new WeightedLosses.Head(1, new Huber(1), 2)));

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void thePlanComputesTheGradientsOfOtherLayersAndLosses(
      @ForAll @IntRange(max = 3) int layer,
      @ForAll @IntRange(max = 8) int loss,
      @ForAll @IntRange(min = 8, max = 20) int size,
      @ForAll long seed) {
    Layer last = LOSSES.get(loss) instanceof KlDivergence ? Activation.SOFTMAX : new Flatten();
    Model model = Sequential.of(7, new Dense(9), LAYERS.get(layer), new Dense(3), last);
    Assume.that(planAgrees(model, LOSSES.get(loss), size, seed));
  }

  /**
   * How far the gradient of a plan may be from the exact one. A unit is the rounding of a number of
   * the size of 1 or of the largest element of the whole gradient, or what rounding weights and
   * features changes in it, if that is more: an element may be what is left of terms that cancel.
   * 11.8 was measured in 12,000 models.
   */
  private static final double UNITS = 32;

  /** Returns whether no comparison is near its kink; if so, the plan agrees. */
  private static boolean planAgrees(Model model, Loss loss, int size, long seed) {
    Program program = model.training(loss);
    RandomBatch batch = new RandomBatch(model, loss, size, seed);
    // Weights of a size that a net starts with, so that no unit is saturated.
    batch.weights.forEach((parameter, weights) -> {
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= (float) Math.sqrt(parameter.rows());
      }
    });
    DoubleEvaluator exact = batch.evaluator(program);
    double expectedLoss = exact.loss();
    if (exact.nearestKink() <= 1e-4) {
      return false;
    }
    ParameterStore store =
        ParameterStore.of(model.parameters(), List.of(program), new RandomStream(1));
    try (Workers workers = new Workers(1)) {
      Plan plan =
          new Plan(program, store, model.features(), 20, batch.dropout, Width.preferred(), workers);
      batch.put(store, plan);
      plan.run(size, Progress.at(0, 1, 1));
      double mean = 0;
      for (int i = 0; i < size; i++) {
        mean += plan.loss(i) / size;
      }
      assertEquals(expectedLoss, mean, 1e-6 * Math.max(1, expectedLoss));
      Random random = new Random(seed);
      List<DoubleEvaluator> near =
          Stream.generate(() -> batch.rounded(program, random)).limit(4).toList();
      near.forEach(DoubleEvaluator::loss);
      double unit = 0x1p-24;
      double error = 0;
      for (Parameter parameter : program.gradients().keySet()) {
        double[] expected = exact.gradient(parameter);
        unit = Math.max(unit, 0x1p-24 * largest(expected, new double[expected.length]));
        for (DoubleEvaluator each : near) {
          unit = Math.max(unit, largest(expected, each.gradient(parameter)));
        }
        error = Math.max(error, largest(expected, widened(plan.gradient(parameter))));
      }
      double units = error / unit;
      assertTrue(units <= UNITS, () -> units + " units");
    }
    return true;
  }

  private static double[] widened(float[] numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }

  /** The largest difference. */
  private static double largest(double[] numbers, double[] others) {
    double largest = 0;
    for (int i = 0; i < numbers.length; i++) {
      largest = Math.max(largest, Math.abs(numbers[i] - others[i]));
    }
    return largest;
  }

  @Example
  void onlyTrainedParametersHaveGradients() {
    Sequential model = Mlp.parse("4-3-2").model();
    assertEquals(Map.of(), model.evaluation(CrossEntropy.SPARSE_CATEGORICAL).gradients());
    Program all = model.training(CrossEntropy.SPARSE_CATEGORICAL);
    assertEquals(new HashSet<>(model.parameters()), all.gradients().keySet());
  }
}
