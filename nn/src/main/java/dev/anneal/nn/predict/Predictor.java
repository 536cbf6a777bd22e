package dev.anneal.nn.predict;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.file.StoredArray;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.model.DescribedModel;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.plan.Input;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A trained model that predicts. Any number of threads may use it at once, without locks; each call
 * computes on its own thread. What a call computes with is kept for later ones, so that nothing is
 * allocated once as many calls have been under way at a time as there will be.
 *
 * <pre>{@code
 * Predictor predictor = Predictor.load(Path.of("runs/mine/model.safetensors"));
 * float[] probabilities = new float[predictor.outputs()];
 * predictor.predict(row, 1, probabilities);
 * }</pre>
 */
public final class Predictor {
  /** Rows that are computed together. Each is computed by itself, so this changes no bit. */
  private static final int BATCH = 64;

  /** Plans that are kept; where more calls are under way, the others make their own. */
  private static final int KEPT = 256;

  /** Where a prediction stands: nothing in it depends on that. */
  private static final Progress NOWHERE = Progress.at(0, 1, 1);

  private static final Workers ALONE = new Workers(1);
  private static final RandomStream NO_CHANCE = new RandomStream(0);

  private final Model model;
  private final int features;
  private final int outputs;
  private final List<String> classNames;
  private final String preparation;
  private final Program program;
  private final ParameterStore store;
  private final AtomicReferenceArray<Plan> idle = new AtomicReferenceArray<>(KEPT);

  private Predictor(Model model, ModelFile file) {
    this.model = model;
    DescribedModel described = DescribedModel.of(model);
    features = described.features();
    outputs = described.outputs();
    classNames = file.classNames();
    preparation = file.preparation();
    program = described.prediction();
    List<Parameter> parameters = described.parameters();
    store = ParameterStore.of(parameters, List.of(program), NO_CHANCE);
    parameters.forEach(each -> store.matrix(each).set(weights(file, each), 0));
    if (file.weights().size() != parameters.size()) {
      throw new InputException(
          "the file has weights that the model has not: it is that of another model");
    }
  }

  private static float[] weights(ModelFile file, Parameter parameter) {
    List<Long> shape = List.of((long) parameter.rows(), (long) parameter.columns());
    if (file.weights().get(parameter.name()) instanceof StoredArray.F32(var found, float[] values)
        && found.equals(shape)) {
      return values;
    }
    throw new InputException(
        "the file has no weights \"%s\" of %s: it is that of another model"
            .formatted(parameter.name(), shape));
  }

  /**
   * Loads a model that is a chain of layers.
   *
   * @param file as training leaves it, {@code model.safetensors}
   * @return its predictor
   * @throws InputException if it cannot be read, is damaged, or code must build the model
   */
  public static Predictor load(Path file) {
    return of(ModelFile.read(file), Catalogue.load());
  }

  /**
   * Loads a model that code builds.
   *
   * @param file as training leaves it
   * @param builder makes the model that was trained
   * @return its predictor
   * @throws InputException if it cannot be read, is damaged, or has the weights of another model
   */
  public static Predictor load(Path file, Supplier<? extends Model> builder) {
    return new Predictor(builder.get(), ModelFile.read(file));
  }

  /**
   * A predictor of what was read.
   *
   * @param file the content of a file
   * @param catalogue knows the layers
   * @return the predictor
   * @throws InputException if code must build the model, or a layer is not known
   */
  public static Predictor of(ModelFile file, Catalogue catalogue) {
    return new Predictor(file.model(catalogue), file);
  }

  /**
   * The model.
   *
   * @return without its weights
   */
  public Model model() {
    return model;
  }

  /**
   * Numbers of a sample.
   *
   * @return at least 1
   */
  public int features() {
    return features;
  }

  /**
   * Numbers of a prediction.
   *
   * @return at least 1; 1 for two classes
   */
  public int outputs() {
    return outputs;
  }

  /**
   * The names of the classes.
   *
   * @return in the order of the outputs; of one output, the second is what it is the probability of
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * How its samples are made.
   *
   * @return as text; empty where they are taken as they are
   */
  public String preparation() {
    return preparation;
  }

  /**
   * Predicts. Allocates nothing after warm-up.
   *
   * @param rows samples, one after the other
   * @param count how many
   * @param into receives a row of {@link #outputs} for each: probabilities where the model ends in
   *     softmax or sigmoid
   * @throws InputException if an array is too short
   */
  public void predict(float[] rows, int count, float[] into) {
    predict(rows, count, into, Plan::output);
  }

  /**
   * What decides the predictions, which does not round to a bound where a probability is nearly 0
   * or 1. Allocates nothing after warm-up.
   *
   * @param rows samples, one after the other
   * @param count how many
   * @param into receives a row of {@link #outputs} for each: logits where the model ends in softmax
   *     or sigmoid, else what {@link #predict} gives
   * @throws InputException if an array is too short
   */
  public void scores(float[] rows, int count, float[] into) {
    predict(rows, count, into, Plan::score);
  }

  /** A number of a plan, for a row and a column. */
  @FunctionalInterface
  private interface Result {
    float of(Plan plan, int row, int column);
  }

  private void predict(float[] rows, int count, float[] into, Result result) {
    if (count < 0
        || rows.length < (long) count * features
        || into.length < (long) count * outputs) {
      throw new InputException(
          "%d samples are %d numbers that give %d, but the arrays have %d and %d"
              .formatted(
                  count,
                  (long) count * features,
                  (long) count * outputs,
                  rows.length,
                  into.length));
    }
    Plan plan = take();
    try {
      for (int from = 0; from < count; from += BATCH) {
        run(plan, rows, from, Math.min(BATCH, count - from), into, result);
      }
    } finally {
      giveBack(plan);
    }
  }

  /**
   * Predicts.
   *
   * @param samples a row for each, [samples x features]
   * @return a row for each, [samples x outputs]
   * @throws InputException if the rows are no samples of the model
   */
  public Tensor predict(Tensor samples) {
    int[] shape = samples.shape();
    if (shape.length != 2 || shape[1] != features) {
      throw new InputException(
          "the model takes rows of %d numbers, not a %s".formatted(features, samples));
    }
    Tensor predictions = Tensor.zeros(shape[0], outputs);
    predict(samples.elements(), shape[0], predictions.elements());
    return predictions;
  }

  /**
   * The class that a prediction is for.
   *
   * @param predictions rows of outputs
   * @param row which
   * @return the first of the most probable classes, from 0
   */
  public int classOf(float[] predictions, int row) {
    int at = row * outputs;
    if (outputs == 1) {
      return predictions[at] > 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int column = 1; column < outputs; column++) {
      if (predictions[at + column] > predictions[at + best]) {
        best = column;
      }
    }
    return best;
  }

  private void run(Plan plan, float[] rows, int from, int count, float[] into, Result result) {
    Input input = plan.inputs().next();
    for (int row = 0; row < count; row++) {
      System.arraycopy(
          rows,
          (from + row) * features,
          input.features().array(),
          input.features().index(row, 0),
          features);
    }
    plan.inputs().advance();
    plan.run(count, NOWHERE);
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < outputs; column++) {
        into[(from + row) * outputs + column] = result.of(plan, row, column);
      }
    }
  }

  /** A plan that nobody uses; threads begin to look at places of their own. */
  private Plan take() {
    int start = (int) (Thread.currentThread().threadId() & (KEPT - 1));
    for (int i = 0; i < KEPT; i++) {
      Plan plan = idle.getAndSet((start + i) & (KEPT - 1), null);
      if (plan != null) {
        return plan;
      }
    }
    return new Plan(program, store, features, BATCH, NO_CHANCE, Width.preferred(), ALONE);
  }

  private void giveBack(Plan plan) {
    int start = (int) (Thread.currentThread().threadId() & (KEPT - 1));
    for (int i = 0; i < KEPT; i++) {
      if (idle.compareAndSet((start + i) & (KEPT - 1), null, plan)) {
        return;
      }
    }
  }
}
