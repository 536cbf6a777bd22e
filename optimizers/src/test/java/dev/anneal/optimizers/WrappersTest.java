package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import dev.anneal.testkit.DoubleUpdate;
import dev.anneal.testkit.DoubleUpdate.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Optimizers within others, each beside the formula that is published. */
class WrappersTest {
  private static final double[] GRADIENTS = {
    0.5, -0.2, 0.3, 0.1, -0.7, 0.1, 0.4, -0.9, 0.2, 0.6, -0.3, 0.8
  };

  private final Catalogue catalogue = Catalogue.load();

  private Doubles run(String text, double... weights) {
    return new Doubles(catalogue.optimizer(text), weights);
  }

  /** Several parameters under one optimizer, and its steps. */
  private DoubleUpdate update(Optimizer optimizer, List<Weights> parameters) {
    return new DoubleUpdate(optimizer, parameters, new RandomStream(0));
  }

  /** Subtracts what it gets for a gradient: at a rate of 1. */
  private static void step(DoubleUpdate update, Optimizer optimizer, int number) {
    double[] values =
        optimizer.hyperparameters().stream()
            .mapToDouble(each -> ((Constant) each.schedule()).value())
            .toArray();
    double[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = number;
    update.step(all);
  }

  /** What a clip makes of gradients of several parameters, and the factor that it reports. */
  private double clipped(String text, List<double[]> gradients, List<double[]> results) {
    Optimizer optimizer = catalogue.optimizer(text);
    List<Weights> parameters =
        gradients.stream()
            .map(each -> new Weights(1, each.length, new double[each.length]))
            .toList();
    DoubleUpdate update = update(optimizer, parameters);
    for (int i = 0; i < gradients.size(); i++) {
      System.arraycopy(
          gradients.get(i), 0, parameters.get(i).gradient(), 0, gradients.get(i).length);
    }
    step(update, optimizer, 1);
    parameters.forEach(
        each -> results.add(Arrays.stream(each.weights()).map(w -> 0 - w).toArray()));
    return update.reports(0).getOrDefault("clip_factor", Double.NaN);
  }

  private void assertClipped(String text, String name) {
    assertClipped(text, "torch113_clip_grad", name);
  }

  private void assertClipped(String text, String file, String name) {
    JsonNode golden =
        GoldenTest.cases(file)
            .filter(each -> each.get("case").asString().equals(name))
            .findFirst()
            .orElseThrow();
    List<double[]> gradients = arrays(golden.get("input").get("grads"));
    List<double[]> results = new ArrayList<>();
    clipped(text, gradients, results);
    List<double[]> expected = arrays(golden.get("expected"));
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), results.get(i), 2e-12);
    }
  }

  private static List<double[]> arrays(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(GoldenTest::numbers).toList();
  }

  @Test
  void clipIsThatOfPyTorch() {
    assertClipped("clip(sgd(1), global_norm=1, dialect=torch)", "clip_grad_norm_2");
    assertClipped("clip(sgd(1), value=0.3, dialect=torch)", "clip_grad_value");
  }

  @Test
  void clipByOtherNormsIsThatOfPyTorch() {
    String text = "clip(sgd(1), global_norm=0.5, norm_type=%s, dialect=torch)";
    assertClipped(text.formatted("inf"), "clip_grad_norm_inf");
    for (String type : List.of("1.0", "2.5", "3.0")) {
      assertClipped(text.formatted(type), "torch213_clip_grad", "clip_grad_norm_" + type);
    }
  }

  /** With the largest, 12, and as the sum of cubes. */
  @Test
  void clipBoundsTheNormOfAnyTypeOfEachParameter() {
    List<double[]> gradients = List.of(new double[] {3, 4}, new double[] {0, -12});
    List<double[]> largest = new ArrayList<>();
    clipped("clip(sgd(1), norm=3, norm_type=inf)", gradients, largest);
    assertArrayEquals(new double[] {2.25, 3}, largest.get(0), 1e-15);
    assertArrayEquals(new double[] {0, -3}, largest.get(1), 1e-15);
    List<double[]> cubes = new ArrayList<>();
    clipped("clip(sgd(1), norm=3, norm_type=3)", gradients, cubes);
    assertArrayEquals(new double[] {9 / Math.cbrt(91), 12 / Math.cbrt(91)}, cubes.get(0), 1e-15);
    assertArrayEquals(new double[] {0, -3}, cubes.get(1), 1e-15);
  }

  /** Powers of a float end at 1e38 and 1e-45. */
  @Test
  void clipByAPowerIsSafeFarFromTheBound() {
    Optimizer optimizer = catalogue.optimizer("clip(sgd(1), norm=1e-3, norm_type=10)");
    assertEquals(-1e-10f, new Floats(optimizer, Width.SCALAR, 0f).step(1e-10f)[0]);
    assertEquals(0, new Floats(optimizer, Width.SCALAR, 0f).step(0f)[0]);
    assertEquals(-1e-3f, new Floats(optimizer, Width.SCALAR, 0f).step(1f)[0], 1e-8f);
    assertEquals(0, new Floats(optimizer, Width.SCALAR, 0f).step(1e3f)[0]);
  }

  /** The norms are 5 and 12, together 13. */
  @Test
  void clipOfKerasHasNoGuard() {
    List<double[]> gradients = List.of(new double[] {3, 4}, new double[] {0, -12});
    List<double[]> each = new ArrayList<>();
    assertEquals(1, clipped("clip(sgd(1), norm=6)", gradients, each));
    assertArrayEquals(new double[] {3, 4}, each.get(0));
    assertArrayEquals(new double[] {0, -6}, each.get(1));
    List<double[]> all = new ArrayList<>();
    assertEquals(0.5, clipped("clip(sgd(1), global_norm=6.5)", gradients, all));
    assertArrayEquals(new double[] {1.5, 2}, all.get(0));
    assertArrayEquals(new double[] {0, -6}, all.get(1));
    List<double[]> within = new ArrayList<>();
    assertEquals(1, clipped("clip(sgd(1), global_norm=13)", gradients, within));
    assertArrayEquals(new double[] {3, 4}, within.get(0));
  }

  /** Just within the bound PyTorch makes a gradient smaller, too. */
  @Test
  void clipOfPyTorchHasAGuard() {
    List<double[]> gradients = List.of(new double[] {3, 4});
    List<double[]> results = new ArrayList<>();
    double factor = clipped("clip(sgd(1), norm=5, dialect=torch)", gradients, results);
    assertEquals(5 / (5 + 1e-6), factor, 1e-15);
    assertEquals(3 * factor, results.getFirst()[0], 1e-15);
  }

  @Test
  void aBoundMayChange() {
    Doubles run =
        new Doubles(
            catalogue.optimizer("clip(sgd(1), value=1)"), Map.of("clip_value", t -> t + 1.0), 1, 0);
    assertEquals(-1, run.step(5));
    assertEquals(-3, run.step(5));
  }

  /** The other optimizer sees one step in three, and its weights rest in between. */
  @Test
  void accumulateTakesTheMean() {
    Doubles wrapped = run("accumulate(adam(0.1, weight_decay=0.1), steps=3)", 0.8);
    Doubles plain = run("adam(0.1, weight_decay=0.1)", 0.8);
    for (int i = 0; i < GRADIENTS.length; i++) {
      double before = plain.weights()[0];
      if (i % 3 == 2) {
        plain.step((GRADIENTS[i] + GRADIENTS[i - 1] + GRADIENTS[i - 2]) / 3);
        assertNotEquals(before, plain.weights()[0]);
      }
      assertEquals(plain.weights()[0], wrapped.step(GRADIENTS[i]), 1e-14);
    }
  }

  /** A weight of 1 after batches of so many samples each, along gradients of 1, 2, 3 and so on. */
  private double accumulated(String text, int... samples) {
    Optimizer optimizer = catalogue.optimizer(text);
    Weights w = new Weights(1, 1, 1);
    DoubleUpdate update = update(optimizer, List.of(w));
    for (int i = 0; i < samples.length; i++) {
      w.gradient()[0] = i + 1;
      update.step(0.1, i + 1, samples[i], i == samples.length - 1 ? 1 : 0);
    }
    return w.weights()[0];
  }

  /** Nine gradients, whose mean is 5, and none is lost; the next step is the second. */
  @Test
  void accumulateTakesItsStepAtTheEndOfTheRun() {
    int[] samples = new int[9];
    Arrays.fill(samples, 4);
    assertEquals(1 - 0.1 * 5, accumulated("accumulate(sgd(0.1), steps=10)", samples), 1e-15);
    double two = 1 - 0.1 * 3 - 0.1 * 7.5;
    assertEquals(two, accumulated("accumulate(sgd(0.1), steps=5)", samples), 1e-15);
    assertEquals(
        two, accumulated("accumulate(accumulate(sgd(0.1), steps=1), steps=5)", samples), 1e-15);
    assertEquals(
        1 - 0.1 * 5,
        accumulated("accumulate(accumulate(sgd(0.1), steps=9), steps=9)", samples),
        1e-15);
  }

  /** As the large batch that they are parts of. */
  @Test
  void accumulateWeighsBatchesByTheirSamples() {
    assertEquals(
        1 - 0.1 * (8 * 1 + 8 * 2 + 3 * 3) / 19,
        accumulated("accumulate(sgd(0.1), steps=3)", 8, 8, 3),
        1e-15);
  }

  @Test
  void accumulateOneIsNothing() {
    Doubles wrapped = run("accumulate(adam, steps=1)", 0.8);
    Doubles plain = run("adam", 0.8);
    for (double g : GRADIENTS) {
      assertEquals(plain.step(g), wrapped.step(g));
    }
  }

  @Test
  void lookaheadGoesBackHalfTheWay() {
    Doubles wrapped = run("lookahead(sgd(0.1, momentum=0.9), k=3, alpha=0.25)", 0.8);
    double slow = 0.8;
    double fast = 0.8;
    double v = 0;
    for (int i = 0; i < GRADIENTS.length; i++) {
      v = 0.9 * v - 0.1 * GRADIENTS[i];
      fast += v;
      if (i % 3 == 2) {
        slow += 0.25 * (fast - slow);
        fast = slow;
      }
      assertEquals(fast, wrapped.step(GRADIENTS[i]), 1e-14);
    }
  }

  /** Weights to evaluate with are the average; before a step there is none. */
  @Test
  void emaIsEvaluatedWithTheAverage() {
    Doubles wrapped = run("ema(sgd(0.1), momentum=0.75)", 0.8);
    assertEquals(0.8, wrapped.evaluated()[0]);
    double w = 0.8;
    double average = 0;
    for (int i = 0; i < GRADIENTS.length; i++) {
      w -= 0.1 * GRADIENTS[i];
      average = i == 0 ? w : 0.75 * average + 0.25 * w;
      assertEquals(w, wrapped.step(GRADIENTS[i]), 1e-15);
      assertEquals(average, wrapped.evaluated()[0], 1e-15);
    }
  }

  /** As PyTorch's AveragedModel: all weights have the same part. */
  @Test
  void emaMayGiveAllTheSamePart() {
    Doubles wrapped =
        new Doubles(
            catalogue.optimizer("ema(sgd(1))"), Map.of("ema_momentum", t -> t / (t + 1.0)), 1, 0);
    double sum = 0;
    for (int i = 1; i <= 6; i++) {
      wrapped.step(-1);
      sum += i;
      assertEquals(sum / i, wrapped.evaluated()[0], 1e-14);
    }
  }

  @Test
  void exemptSparesRows() {
    for (String decay : List.of("decoupled", "coupled")) {
      String rule =
          "ema(sgd(0.1, momentum=0.9, weight_decay=0.3, weight_decay_form=%s))".formatted(decay);
      Optimizer plain = catalogue.optimizer(rule);
      Optimizer spared = catalogue.optimizer("exempt(" + rule + ")");
      Optimizer none = catalogue.optimizer("ema(sgd(0.1, momentum=0.9))");
      assertArrayEquals(after(plain, 2, 3), after(spared, 2, 3));
      assertArrayEquals(after(none, 1, 6), after(spared, 1, 6), 1e-15);
      assertNotEquals(after(plain, 1, 6)[0], after(spared, 1, 6)[0], 1e-3);
    }
  }

  /** Weights of 1 after some steps along gradients of 1. */
  private double[] after(Optimizer optimizer, int rows, int columns) {
    double[] ones = new double[rows * columns];
    Arrays.fill(ones, 1);
    Doubles run = new Doubles(optimizer, Map.of(), rows, ones);
    for (int i = 0; i < 5; i++) {
      run.step(ones);
    }
    return run.weights();
  }

  @Test
  void centralizeTakesTheMeanOfEachColumn() {
    Optimizer optimizer = catalogue.optimizer("centralize(sgd(1))");
    Doubles matrix = new Doubles(optimizer, Map.of(), 2, new double[6]);
    matrix.step(1, 2, 3, 5, 4, 9);
    assertArrayEquals(new double[] {2, 1, 3, -2, -1, -3}, matrix.weights());
    Doubles row = new Doubles(optimizer, new double[3]);
    row.step(1, 2, 3);
    assertArrayEquals(new double[] {-1, -2, -3}, row.weights());
  }

  /** The variance of what is added, at two steps, and its independence of the gradient. */
  @Test
  void noiseHasTheVarianceOfTheStep() {
    int n = 40_000;
    Doubles run = run("gradient-noise(sgd(1), eta=0.09, gamma=2)", new double[n]);
    double[] gradient = new double[n];
    Arrays.fill(gradient, 5);
    double[] before = new double[n];
    for (int s = 1; s <= 3; s++) {
      run.step(gradient);
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double noise = before[i] - run.weights()[i] - 5;
        sum += noise;
        squares += noise * noise;
      }
      double deviation = 0.3 / s;
      assertEquals(0, sum / n, 5 * deviation / Math.sqrt(n));
      assertEquals(deviation * deviation, squares / n, 0.05 * deviation * deviation);
      before = run.weights().clone();
    }
  }

  /** A row that rests keeps its means, and moves on from them later. */
  @Test
  void lazyLeavesRowsAlone() {
    Optimizer lazy = catalogue.optimizer("lazy(sgd(0.1, momentum=0.9, weight_decay=0.1))");
    Doubles run = new Doubles(lazy, Map.of(), 2, 1, 1);
    run.step(1, 1);
    double[] once = run.weights().clone();
    run.step(1, 0);
    assertNotEquals(once[0], run.weights()[0]);
    assertEquals(once[1], run.weights()[1]);
    Doubles other = run("sgd(0.1, momentum=0.9, weight_decay=0.1)", 1);
    other.step(1);
    other.step(1);
    run.step(0, 1);
    assertEquals(other.weights()[0], run.weights()[1], 1e-15);
  }

  /** So that it runs beside the product that computes the gradient, in one pass over memory. */
  @Test
  void whatNeedsNoSumStaysElementwise() {
    assertTrue(
        isElementwise("exempt(ema(accumulate(lookahead(adamw), steps=2), overwrite_every=9))"));
    assertTrue(isElementwise("clip(adam, value=1)"));
    assertFalse(isElementwise("clip(adam, norm=1)"));
    assertFalse(isElementwise("lazy(adam)"));
  }

  private boolean isElementwise(String text) {
    return UpdateCompiler.compile(catalogue.optimizer(text), new UpdateProgram.Shape(2, 3), 0)
        .isElementwise();
  }

  /** Takes its step in two halves, at two gradients. */
  private record Halves() implements Optimizer {
    private static final Slot FIRST = new Slot("first");

    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, new Constant(1)));
    }

    @Override
    public int passes() {
      return 2;
    }

    @Override
    public void step(StepBuilder step) {
      Expression half = step.weight().minus(step.gradient().times(0.5));
      if (step.pass() == 0) {
        step.set(FIRST, step.weight());
      }
      step.setWeight(half);
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return this;
    }
  }

  private double[] ofHalves(Optimizer optimizer, int steps) {
    Weights w = new Weights(1, 1, 8);
    w.gradient()[0] = 1;
    DoubleUpdate update = update(optimizer, List.of(w));
    for (int i = 1; i <= steps; i++) {
      step(update, optimizer, i);
    }
    return new double[] {w.weights()[0], update.evaluated(0)[0]};
  }

  /** What looks at weights does so once a step, however many gradients it takes. */
  @Test
  void stepsOfSeveralGradients() {
    Optimizer two = new Halves();
    Constant half = new Constant(0.5);
    assertEquals(6.5, ofHalves(new Lookahead(two, 3, half), 3)[0]);
    assertEquals(5.5, ofHalves(new Lookahead(two, 3, half), 4)[0]);
    double[] ema = ofHalves(new Ema(two, half, 0), 2);
    assertEquals(6, ema[0]);
    assertEquals(6.5, ema[1]);
    assertEquals(2, new Exempt(two).passes());
    assertEquals(7, ofHalves(new ClipBuilder(two).value(0.5).build(), 2)[0]);
    var error = assertThrows(InputException.class, () -> new Accumulate(two, 2));
    assertEquals(
        "accumulate: an optimizer that takes 2 gradients a step goes around it, not into it",
        error.getMessage());
  }
}
