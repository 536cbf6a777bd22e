package dev.anneal.nn.minimize;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.plan.DataLoader;
import dev.anneal.nn.plan.Inputs;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean loss of a model over a whole set of samples as a function of its weights, with its
 * gradient: what minimizers take that evaluate a function as often as they like, such as L-BFGS.
 *
 * <pre>{@code
 * FullBatchObjective loss = new FullBatchObjective(model, crossEntropy, samples, seed, workers);
 * double[] weights = loss.start();
 * double[] gradient = new double[weights.length];
 * double value = loss.at(weights, gradient);
 * }</pre>
 *
 * <p>Each sample is computed in single precision, sums over samples in double. The model is traced
 * as for training; what it draws at random stays the same from evaluation to evaluation.
 */
public final class FullBatchObjective {
  /** Samples that are computed together. */
  private static final int BATCH = 256;

  private final Samples samples;
  private final Workers workers;
  private final List<Parameter> parameters;
  private final ParameterStore store;
  private final Plan plan;
  private final int[] inOrder;

  /**
   * Compiles a model.
   *
   * @param model the model; all its parameters are trained
   * @param loss what to minimize
   * @param samples what it is the mean of
   * @param seed decides the first weights, as in training, and dropout
   * @param workers who computes
   * @throws InputException if model and data do not fit, or if the model keeps numbers that are not
   *     trained, such as running means: they would change from evaluation to evaluation
   */
  public FullBatchObjective(Model model, Loss loss, Samples samples, long seed, Workers workers) {
    model.check(samples, loss);
    this.samples = samples;
    this.workers = workers;
    parameters = model.parameters();
    parameters.stream()
        .filter(each -> !each.trained())
        .findFirst()
        .ifPresent(each -> {
          throw new InputException(
              "%s changes with each evaluation; a function of the weights must not"
                  .formatted(each.name()));
        });
    Program program = model.training(loss);
    store =
        ParameterStore.of(
            parameters, List.of(program, model.evaluation(loss)), Seeds.WEIGHTS.of(seed));
    plan =
        new Plan(
            program,
            store,
            Inputs.of(program, model.features(), BATCH),
            Seeds.MODEL.of(seed),
            Width.preferred(),
            workers,
            List.of(),
            0,
            false);
    inOrder = IntStream.range(0, samples.size()).toArray();
  }

  /**
   * The weights that the model begins with.
   *
   * @return parameter after parameter, each row-major
   */
  public double[] start() {
    float[] weights = store.copy();
    return IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).toArray();
  }

  /**
   * Weights in the precision of the model.
   *
   * @param weights parameter after parameter, each row-major
   * @return each rounded to the nearest float
   */
  public float[] rounded(double[] weights) {
    float[] rounded = new float[weights.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) weights[i];
    }
    return rounded;
  }

  /**
   * Evaluates the loss.
   *
   * @param weights parameter after parameter, each row-major
   * @param gradient receives the gradient, likewise
   * @return the mean loss
   */
  public double at(double[] weights, double[] gradient) {
    store.set(rounded(weights));
    Arrays.fill(gradient, 0);
    double loss = 0;
    DataLoader loader = new DataLoader(plan.inputs(), BATCH, workers, samples, inOrder);
    int batches = Math.ceilDiv(samples.size(), BATCH);
    long batch = 0;
    for (int count = loader.advance(); count > 0; count = loader.advance()) {
      plan.run(count, Progress.at(batch++, batches, batches));
      double share = (double) count / samples.size();
      loss = Math.fma(share, plan.meanLoss(), loss);
      int at = 0;
      for (Parameter parameter : parameters) {
        for (float each : plan.gradient(parameter)) {
          gradient[at] = Math.fma(share, each, gradient[at]);
          at++;
        }
      }
    }
    return loss;
  }
}
