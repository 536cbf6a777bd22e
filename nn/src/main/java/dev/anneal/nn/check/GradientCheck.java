package dev.anneal.nn.check;

import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Holds the gradient that the engine derives for a layer or a loss against central differences of
 * order four of the loss, both in double precision. Weights, features and labels are random. Where
 * a comparison ({@code max}, {@code |x|}, a choice) comes near the place at which its sides cross,
 * there is no derivative to speak of: such draws are passed over.
 *
 * <pre>{@code
 * assertTrue(GradientCheck.of(new MyLayer(), 4, 1).worst() <= 1e-7);
 * }</pre>
 */
public final class GradientCheck {
  private static final int BATCH = 5;
  private static final int DRAWS = 3;
  private static final int MOST_DRAWS = 300;
  private static final double NEAR = 0.01;

  /** Truncation is in the order of H^4 and rounding of 1e-16 / H: about 1e-12 each. */
  private static final double H = 1e-4;

  /** Differences are relative to the derivative, but to no less than this. */
  private static final double LEAST = 1e-3;

  private GradientCheck() {}

  /**
   * What was found.
   *
   * @param worst the largest difference between a derived and a numeric derivative, relative to the
   *     numeric one (to at least 0.001)
   * @param where the weight that it belongs to, with both derivatives
   */
  public record Result(double worst, String where) {
    private Result or(Result other) {
      // NaN is the worst of all.
      return other.worst <= worst || Double.isNaN(worst) ? this : other;
    }
  }

  /**
   * Checks a layer: its own weights, and through a dense layer before it what it passes back. A
   * dense layer behind it makes every output count.
   *
   * @param layer the layer
   * @param columns how many inputs it gets
   * @param seed decides all random numbers
   * @return the worst of several draws
   */
  public static Result of(Layer layer, int columns, long seed) {
    Model model = Sequential.of(3, new Dense(columns), layer, new Dense(3));
    return of(model, CrossEntropy.SPARSE_CATEGORICAL, seed);
  }

  /**
   * Checks a loss.
   *
   * @param loss the loss
   * @param outputs how many numbers the model predicts
   * @param seed decides all random numbers
   * @return the worst of several draws
   */
  public static Result of(Loss loss, int outputs, long seed) {
    return of(Sequential.of(3, new Dense(outputs)), loss, seed);
  }

  /**
   * Checks a model and its loss on normally distributed features.
   *
   * @param model the model
   * @param loss the loss
   * @param seed decides all random numbers
   * @return the worst of several draws
   */
  public static Result of(Model model, Loss loss, long seed) {
    return of(model, loss, Random::nextGaussian, seed);
  }

  /**
   * Checks a model and its loss on features of your own: whole numbers for an embedding, say.
   *
   * @param model the model
   * @param loss the loss
   * @param feature draws a feature
   * @param seed decides all random numbers
   * @return the worst of several draws
   * @throws IllegalStateException if each draw comes near a place without a derivative
   */
  public static Result of(Model model, Loss loss, ToDoubleFunction<Random> feature, long seed) {
    Program program = model.training(loss);
    Result result = new Result(0, "nowhere");
    int checked = 0;
    for (int draw = 0; checked < DRAWS; draw++) {
      if (draw == MOST_DRAWS) {
        throw new IllegalStateException(
            "in %d draws, a comparison always came near to a change of sides".formatted(draw));
      }
      RandomStream stream = new RandomStream(seed).child(draw);
      Random random = new Random(stream.bits(0, 0));
      Map<Parameter, double[]> weights = new LinkedHashMap<>();
      for (Parameter parameter : model.parameters()) {
        // Of a size that nets start with: rounding of a large loss would drown small derivatives.
        double deviation = 1 / Math.sqrt(parameter.rows());
        weights.put(parameter, draws(parameter.size(), r -> deviation * r.nextGaussian(), random));
      }
      double[] features = draws(BATCH * model.features(), feature, random);
      DoubleEvaluator evaluator =
          new DoubleEvaluator(
              program, BATCH, weights, features, labels(loss, model.outputs(), random), stream);
      evaluator.loss();
      if (evaluator.nearestKink() >= NEAR) {
        checked++;
        for (Map.Entry<Parameter, double[]> each : weights.entrySet()) {
          result = result.or(check(evaluator, each.getKey(), each.getValue()));
        }
      }
    }
    return result;
  }

  private static double[] draws(int n, ToDoubleFunction<Random> one, Random random) {
    double[] draws = new double[n];
    Arrays.setAll(draws, _ -> one.applyAsDouble(random));
    return draws;
  }

  private static double[] labels(Loss loss, int outputs, Random random) {
    int classes = loss.classes(outputs);
    int own = loss.weighted() ? Math.max(1, loss.labels(outputs)) : loss.labels(outputs);
    int columns = loss.weighted() ? own + 1 : own;
    double[] labels = new double[BATCH * columns];
    for (int i = 0; i < labels.length; i++) {
      boolean weight = i % columns == own;
      labels[i] = classes > 0 && !weight ? random.nextInt(classes) : random.nextDouble(0.1, 0.9);
    }
    return labels;
  }

  static Result check(DoubleEvaluator evaluator, Parameter parameter, double[] weights) {
    double[] derived = evaluator.gradient(parameter);
    Result result = new Result(0, "nowhere");
    for (int i = 0; i < derived.length; i++) {
      double numeric = difference(evaluator, weights, i);
      double error = Math.abs(derived[i] - numeric) / Math.max(LEAST, Math.abs(numeric));
      String where =
          "%s[%d]: derived %s, numeric %s".formatted(parameter.name(), i, derived[i], numeric);
      result = result.or(new Result(error, where));
    }
    return result;
  }

  private static double difference(DoubleEvaluator evaluator, double[] weights, int i) {
    double at = weights[i];
    double[] losses = new double[4];
    double[] steps = {-2 * H, -H, H, 2 * H};
    for (int k = 0; k < 4; k++) {
      weights[i] = at + steps[k];
      losses[k] = evaluator.loss();
    }
    weights[i] = at;
    return (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * H);
  }
}
