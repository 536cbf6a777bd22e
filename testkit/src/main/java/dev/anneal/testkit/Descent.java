package dev.anneal.testkit;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A few parameters under an optimizer: what the engine keeps for them, and its steps, one after the
 * other.
 */
final class Descent implements AutoCloseable {
  static final String WEIGHTS = "the weights";

  private static final int PER_EPOCH = 10;
  private static final int TOTAL = 1000;
  private static final int BATCH = 8;
  private static final int SMALL_BATCH = 3;
  static final RandomStream NOISE = new RandomStream(7);

  private final List<Hyperparameter> hyperparameters;
  private final double[] values;
  private final Workers workers;
  private final Update update;
  private final List<Matrix> weights = new ArrayList<>();
  private final List<Matrix> gradients = new ArrayList<>();
  private final List<Runnable> passes = new ArrayList<>();
  private final Cursor cursor = new Cursor(PER_EPOCH, TOTAL, MetricHistory.NONE);
  private double loss = 1;

  /** The shape of a parameter, and where its weights start. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Start(int rows, int columns, float[] weights) {
    static Start row(float... weights) {
      return new Start(1, weights.length, weights);
    }
  }

  /** How it is computed, which changes no bit. */
  record Way(Width width, Layout layout, int threads) {
    static final Way USUAL = new Way(Width.preferred(), Layout.ROWS, 1);
    static final Way SCALAR = new Way(Width.SCALAR, Layout.ROWS, 1);
  }

  /** Begins with these weights, and slots as the rule has them. */
  Descent(Optimizer optimizer, List<Start> starts, Way way) {
    hyperparameters = optimizer.hyperparameters();
    values = new double[hyperparameters.size() + 3];
    workers = new Workers(way.threads);
    Map<Integer, Matrix> all = new LinkedHashMap<>();
    for (Start start : starts) {
      Matrix matrix = Matrix.zeros(start.rows, start.columns, way.layout);
      matrix.set(start.weights, 0);
      Matrix gradient = Matrix.zeros(start.rows, start.columns, way.layout);
      all.put(weights.size(), gradient);
      weights.add(matrix);
      gradients.add(gradient);
    }
    update = new Update(optimizer, weights, NOISE, way.width, workers);
    for (int pass = 0; pass < update.passes(); pass++) {
      passes.add(update.separate(pass, all, () -> loss));
    }
  }

  /** Goes on from where another one stands. */
  Descent resumed(Optimizer optimizer) {
    List<Start> starts =
        weights.stream().map(each -> new Start(each.rows(), each.columns(), each.get())).toList();
    Descent copy = new Descent(optimizer, starts, Way.USUAL);
    copy.update.restore(update.save(), cursor.iteration());
    copy.cursor.moveTo(cursor.iteration());
    return copy;
  }

  /** The weights of all parameters, one after the other. */
  float[] weights() {
    return joined(weights);
  }

  private static float[] joined(List<Matrix> matrices) {
    float[] all = new float[matrices.stream().mapToInt(each -> each.rows() * each.columns()).sum()];
    int at = 0;
    for (Matrix each : matrices) {
      each.get(all, at);
      at += each.rows() * each.columns();
    }
    return all;
  }

  List<Matrix> shapes() {
    return weights;
  }

  /** Weights, then all that is kept for them, with names. */
  Map<String, float[]> numbers() {
    Map<String, float[]> all = new LinkedHashMap<>();
    all.put(WEIGHTS, weights());
    List<Update.State> kept = kept();
    for (int i = 0; i < kept.size(); i++) {
      int parameter = i;
      kept.get(i).arrays().forEach((name, array) -> all.put(slot(name, parameter), array));
    }
    return all;
  }

  static String slot(String name, int parameter) {
    return "slot %s of parameter %d".formatted(name, parameter);
  }

  /** The first of what goes from step to step that is larger, or no number. */
  Optional<String> beyond(double bound) {
    for (Map.Entry<String, float[]> each : numbers().entrySet()) {
      float[] array = each.getValue();
      for (int i = 0; i < array.length; i++) {
        if (!(Math.abs(array[i]) <= bound)) {
          return Optional.of("%s in %s at %d".formatted(array[i], each.getKey(), i));
        }
      }
    }
    return kept().stream()
        .flatMap(each -> each.scalars().entrySet().stream())
        .filter(each -> !(Math.abs(each.getValue()) <= bound))
        .map(each -> each.getValue() + " in " + each.getKey())
        .findFirst();
  }

  List<Update.State> kept() {
    return update.save();
  }

  /** The weights to measure with. */
  float[] evaluated() {
    update.exchange();
    float[] all = weights();
    update.exchange();
    return all;
  }

  /** Sets the gradients of all parameters, one after the other, for all passes of a step. */
  void setGradient(float... numbers) {
    int at = 0;
    for (Matrix each : gradients) {
      each.set(numbers, at);
      at += each.rows() * each.columns();
    }
  }

  void setLoss(double loss) {
    this.loss = loss;
  }

  long steps() {
    return cursor.iteration();
  }

  /** What the next step is given. The last batch of an epoch is smaller. */
  double[] values() {
    for (int i = 0; i < hyperparameters.size(); i++) {
      values[i] = hyperparameters.get(i).schedule().at(cursor);
    }
    double number = cursor.iteration() + 1.0;
    values[hyperparameters.size()] = number;
    values[hyperparameters.size() + 1] = number % PER_EPOCH == 0 ? SMALL_BATCH : BATCH;
    values[hyperparameters.size() + 2] = number == TOTAL ? 1 : 0;
    return values;
  }

  /** One step along the gradient. */
  void step() {
    step(() -> {});
  }

  /** One step along gradients that are computed anew before each pass. */
  void step(Runnable differentiate) {
    update.prepare(values());
    for (int pass = 0; pass < passes.size(); pass++) {
      differentiate.run();
      passes.get(pass).run();
    }
    cursor.advance();
  }

  /** Numbers of both signs and of magnitudes from 1/1000 to 1000. */
  static float[] numbers(int n, Random random) {
    return numbers(n, 1000, random);
  }

  /** Numbers of both signs and of magnitudes from 1/2 to 2. */
  static float[] aboutOne(int n, Random random) {
    return numbers(n, 2, random);
  }

  private static float[] numbers(int n, double most, Random random) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      double magnitude = Math.pow(most, 2 * random.nextDouble() - 1);
      numbers[i] = (float) (random.nextBoolean() ? magnitude : -magnitude);
    }
    return numbers;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    workers.close();
  }
}
