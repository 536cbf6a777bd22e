package dev.anneal.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.testkit.UpdateProgramTest.Described;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The engine in single precision beside the same rule in double precision. */
class UpdateProperties {
  private static final RandomStream NOISE = new RandomStream(3);
  private static final int STEPS = 3;

  /** Everything that a rule may do, in levels upon levels. */
  enum Rule {
    ELEMENTWISE(s -> s.setWeight(s.weight().minus(s.gradient().times(0.1)))),
    SLOTS(s -> {
      Slot slot = new Slot("m", 0.5);
      s.set(slot, s.slot(slot).plus(s.gradient()));
      s.setWeight(s.weight().minus(s.slot(slot).times(0.1)));
    }),
    ROWS(s -> s.setWeight(s.weight().minus(s.mean(Granularity.ROW, s.gradient())))),
    COLUMNS(s -> s.setWeight(s.weight().minus(s.mean(Granularity.COLUMN, s.gradient())))),
    LARGEST(s -> {
      Expression rows = s.max(Granularity.ROW, s.gradient());
      Expression columns = s.max(Granularity.COLUMN, s.gradient());
      s.setWeight(s.weight().minus(rows.min(columns).min(s.max(Granularity.GROUP, s.weight()))));
    }),
    TRUST(s -> {
      Expression ofWeights = s.sum(Granularity.PARAMETER, s.weight().times(s.weight())).sqrt();
      Expression ofGradient = s.sum(Granularity.PARAMETER, s.gradient().times(s.gradient())).sqrt();
      Expression trust = ofWeights.dividedBy(ofGradient.plus(1));
      s.report("trust", trust);
      s.setWeight(s.weight().minus(trust.times(s.gradient()).times(0.1)));
    }),
    GROUP(s -> {
      Expression norm = s.sum(Granularity.GROUP, s.gradient().times(s.gradient())).sqrt();
      Expression clipped = s.gradient().dividedBy(norm.max(Expression.of(1)));
      Expression mean = s.mean(Granularity.PARAMETER, clipped);
      s.setWeight(s.weight().minus(clipped.minus(mean)));
    }),
    FACTORED(s -> {
      Slot rows = new Slot("rows", Granularity.ROW, 0);
      Slot columns = new Slot("columns", Granularity.COLUMN, 1);
      Slot steps = new Slot("steps", Granularity.PARAMETER, 0);
      Expression square = s.gradient().fma(s.gradient(), Expression.of(1e-3));
      Expression r = s.slot(rows).times(0.5).plus(s.mean(Granularity.ROW, square).times(0.5));
      Expression c = s.slot(columns).times(0.5).plus(s.mean(Granularity.COLUMN, square).times(0.5));
      s.set(rows, r);
      s.set(columns, c);
      s.set(steps, s.slot(steps).plus(Expression.of(1)));
      Expression scale = r.times(c).dividedBy(s.mean(Granularity.PARAMETER, r)).sqrt();
      s.setWeight(s.weight().minus(s.gradient().dividedBy(scale).times(0.1)));
    }),
    MATRIX(s -> {
      Slot left = new Slot("left", Granularity.ROW_PAIR, 0.25);
      List<Expression> results =
          s.matrices(
              new Squared(),
              List.of(s.gradient().times(0.5), s.gradient(), s.slot(left)),
              List.of(s.number()));
      s.set(left, results.getFirst());
      s.setWeight(s.weight().minus(results.getLast().times(0.01)));
    }),
    NOISY(s -> s.setWeight(s.weight().plus(s.noise().times(0.1)))),
    LOSS(s -> s.setWeight(s.weight().minus(s.gradient().times(s.loss()))));

    final Optimizer optimizer;

    Rule(Consumer<StepBuilder> body) {
      optimizer = new Described(body);
    }
  }

  /** L' = G/2 G' + L, and L' G / number. */
  record Squared() implements MatrixFunction {
    @Override
    public List<Granularity> results() {
      return List.of(Granularity.ROW_PAIR, Granularity.WEIGHT);
    }

    @Override
    public Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
      DenseMatrix pair = results.getFirst();
      DenseMatrix product = inputs.getFirst().like(pair.rows(), pair.rows());
      Runnable squared = product.product(inputs.getFirst(), false, inputs.get(1), true);
      DenseMatrix turned = results.getLast();
      Runnable turn = turned.product(pair, true, inputs.get(1), false);
      return () -> {
        squared.run();
        pair.sum(1, product, 1, inputs.getLast());
        turn.run();
        turned.sum(1 / numbers[0], turned, 0, turned);
      };
    }
  }

  private record Shape(int rows, int columns) {
    int size() {
      return rows * columns;
    }
  }

  private static final double LOSS = 0.75;

  /** What a run leads to: the weights, and all that is kept. */
  private static List<Object> run(
      Rule rule, List<Shape> shapes, long seed, Layout layout, Width width, int threads) {
    Random random = new Random(seed);
    List<Matrix> weights = new ArrayList<>();
    Map<Integer, Matrix> gradients = new LinkedHashMap<>();
    for (Shape shape : shapes) {
      Matrix matrix = Matrix.zeros(shape.rows, shape.columns, layout);
      matrix.set(numbers(shape, random), 0);
      gradients.put(weights.size(), Matrix.zeros(shape.rows, shape.columns, layout));
      weights.add(matrix);
    }
    try (Workers workers = new Workers(threads)) {
      Update update = new Update(rule.optimizer, weights, NOISE, width, workers);
      Runnable step = update.separate(0, gradients, () -> LOSS);
      for (int i = 1; i <= STEPS; i++) {
        for (int p = 0; p < shapes.size(); p++) {
          gradients.get(p).set(numbers(shapes.get(p), random), 0);
        }
        update.prepare(new double[] {2, i});
        step.run();
      }
      List<Object> all = new ArrayList<>();
      weights.forEach(matrix -> all.add(boxed(matrix.get())));
      for (Update.State kept : update.save()) {
        kept.arrays().forEach((name, array) -> all.add(Map.of(name, boxed(array))));
        all.add(kept.scalars());
      }
      all.add(update.reports(0));
      return all;
    }
  }

  private static List<Float> boxed(float[] numbers) {
    List<Float> all = new ArrayList<>();
    for (float number : numbers) {
      all.add(number);
    }
    return all;
  }

  private static float[] numbers(Shape shape, Random random) {
    float[] numbers = new float[shape.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextFloat(-2, 2);
    }
    return numbers;
  }

  private static double[] exact(float[] numbers) {
    double[] wide = new double[numbers.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = numbers[i];
    }
    return wide;
  }

  private static List<double[]> exact(Rule rule, List<Shape> shapes, long seed) {
    Random random = new Random(seed);
    List<DoubleUpdate.Weights> weights = new ArrayList<>();
    for (Shape shape : shapes) {
      weights.add(
          new DoubleUpdate.Weights(shape.rows, shape.columns, exact(numbers(shape, random))));
    }
    DoubleUpdate update = new DoubleUpdate(rule.optimizer, weights, NOISE);
    for (int i = 1; i <= STEPS; i++) {
      for (int p = 0; p < shapes.size(); p++) {
        double[] gradient = exact(numbers(shapes.get(p), random));
        System.arraycopy(gradient, 0, weights.get(p).gradient(), 0, gradient.length);
      }
      update.step(() -> LOSS, 2, i);
    }
    return weights.stream().map(DoubleUpdate.Weights::weights).toList();
  }

  private static List<Shape> shapes(int rows, int columns) {
    return List.of(new Shape(rows, columns), new Shape(1, columns), new Shape(columns, rows));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void widthAndThreadsChangeNoBit(
      @ForAll Rule rule,
      @ForAll Layout layout,
      @ForAll Width width,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 150) int columns,
      @ForAll long seed) {
    List<Shape> shapes = shapes(rows, columns);
    assertEquals(
        run(rule, shapes, seed, layout, Width.SCALAR, 1),
        run(rule, shapes, seed, layout, width, threads));
  }

  /** Gaps between the elements of a matrix play no part, and sums are right. */
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void singlePrecisionFollowsDouble(
      @ForAll Rule rule,
      @ForAll Layout layout,
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 150) int columns,
      @ForAll long seed) {
    check(rule, shapes(rows, columns), layout, seed);
  }

  /** More than one block of each. */
  @Example
  void largeParametersToo() {
    for (Rule rule : Rule.values()) {
      for (Layout layout : Layout.values()) {
        if (rule != Rule.MATRIX) {
          check(rule, shapes(300, 333), layout, 5);
        }
      }
    }
  }

  private static void check(Rule rule, List<Shape> shapes, Layout layout, long seed) {
    List<double[]> exact = exact(rule, shapes, seed);
    List<Object> all = run(rule, shapes, seed, layout, Width.preferred(), 2);
    for (int p = 0; p < exact.size(); p++) {
      @SuppressWarnings("unchecked")
      List<Float> actual = (List<Float>) all.get(p);
      for (int i = 0; i < actual.size(); i++) {
        double expected = exact.get(p)[i];
        double scale = Math.max(4, Math.abs(expected));
        assertEquals(expected, actual.get(i), 64 * Math.ulp((float) scale), rule + " " + i);
      }
    }
  }

  private static Update update(Optimizer optimizer, Matrix weights, Workers workers) {
    return new Update(optimizer, List.of(weights), NOISE, Width.SCALAR, workers);
  }

  @Example
  void whatIsKeptIsAllThatItTakesToGoOn() {
    for (Rule rule : Rule.values()) {
      try (Workers workers = new Workers(1)) {
        Matrix weights = Matrix.zeros(3, 5, Layout.PANELS);
        Matrix gradient = Matrix.zeros(3, 5, Layout.PANELS);
        gradient.set(numbers(new Shape(3, 5), new Random(1)), 0);
        Update whole = update(rule.optimizer, weights, workers);
        Runnable step = whole.separate(0, Map.of(0, gradient), () -> LOSS);
        whole.prepare(new double[] {2, 1});
        step.run();
        Matrix copy = Matrix.zeros(3, 5, Layout.ROWS);
        copy.set(weights);
        Matrix copiedGradient = Matrix.zeros(3, 5, Layout.ROWS);
        copiedGradient.set(gradient);
        Update resumed = update(rule.optimizer, copy, workers);
        resumed.restore(whole.save(), 1);
        Runnable next = resumed.separate(0, Map.of(0, copiedGradient), () -> LOSS);
        whole.prepare(new double[] {2, 2});
        step.run();
        resumed.prepare(new double[] {2, 2});
        next.run();
        assertArrayEquals(weights.get(), copy.get(), rule.name());
      }
    }
  }

  /** The first pass goes up to where the second takes its gradient. */
  private record TwoPasses() implements Optimizer {
    private static final Slot START = new Slot("start");
    private static final Slot PASSES = new Slot("passes", Granularity.GROUP, 0);

    @Override
    public List<Hyperparameter> hyperparameters() {
      return new Described(_ -> {}).hyperparameters();
    }

    @Override
    public int passes() {
      return 2;
    }

    @Override
    public void step(StepBuilder step) {
      step.set(PASSES, step.slot(PASSES).plus(Expression.of(1)));
      if (step.pass() == 0) {
        step.set(START, step.weight());
        step.setWeight(step.weight().plus(step.gradient()));
      } else {
        step.setWeight(step.slot(START).minus(step.gradient().times(step.slot(PASSES))));
      }
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return this;
    }
  }

  @Example
  void passesHaveTheirSlotsInCommon() {
    try (Workers workers = new Workers(1)) {
      Matrix weights = Matrix.zeros(1, 1, Layout.ROWS);
      Matrix gradient = Matrix.zeros(1, 1, Layout.ROWS);
      Update update = update(new TwoPasses(), weights, workers);
      weights.set(new float[] {10}, 0);
      for (int step = 1; step <= 2; step++) {
        update.prepare(new double[] {2, step});
        for (int pass = 0; pass < 2; pass++) {
          gradient.set(weights); // of half the square
          update.separate(pass, Map.of(0, gradient), () -> 0).run();
        }
      }
      // 10 -> 20; 10 - 1 * 20 = -10 -> -20; -10 - 3 * -20
      assertEquals(50, weights.get(0, 0));
      DoubleUpdate.Weights exact = new DoubleUpdate.Weights(1, 1, 10);
      DoubleUpdate doubles = new DoubleUpdate(new TwoPasses(), List.of(exact), NOISE);
      for (int step = 1; step <= 2; step++) {
        doubles.step(
            () -> {
              exact.gradient()[0] = exact.weights()[0];
              return 0;
            },
            2,
            step);
      }
      assertEquals(50, exact.weights()[0]);
    }
  }

  /** An error of e in each of two operations; none in what is only read. */
  @Example
  void operationsMayBeOff() {
    double e = 1e-6;
    Optimizer twice = new Described(s -> s.setWeight(s.weight().times(3).plus(s.gradient())));
    for (int seed = 0; seed < 8; seed++) {
      DoubleUpdate.Weights w = new DoubleUpdate.Weights(1, 1, 2);
      w.gradient()[0] = 1;
      DoubleUpdate.withErrors(twice, List.of(w), NOISE, e, new Random(seed)).step(2, 1);
      double off = Math.abs(w.weights()[0] - 7) / e;
      assertTrue(Math.abs(off - 13) < 0.01 || Math.abs(off - 1) < 0.01, () -> off + " e");
    }
    Optimizer none = new Described(s -> s.setWeight(s.gradient()));
    DoubleUpdate.Weights w = new DoubleUpdate.Weights(1, 1, 2);
    w.gradient()[0] = 5;
    DoubleUpdate.withErrors(none, List.of(w), NOISE, e, new Random(1)).step(2, 1);
    assertEquals(5, w.weights()[0]);
  }

  @Example
  void exchangedWeightsComeBack() {
    Optimizer optimizer =
        new Described(s -> {
          s.setWeight(s.weight().times(2));
          s.evaluateWith(s.weight().plus(1));
        });
    try (Workers workers = new Workers(1)) {
      Matrix weights = Matrix.zeros(1, 2, Layout.ROWS);
      weights.set(new float[] {1, 2}, 0);
      Update update = update(optimizer, weights, workers);
      update.exchange();
      assertArrayEquals(new float[] {1, 2}, weights.get());
      update.prepare(new double[] {2, 1});
      update.separate(0, Map.of(0, weights), () -> 0).run();
      update.exchange();
      assertArrayEquals(new float[] {3, 5}, weights.get());
      update.exchange();
      assertArrayEquals(new float[] {2, 4}, weights.get());
    }
  }

  @Example
  void aRuleWithSumsNeedsAllGradients() {
    try (Workers workers = new Workers(1)) {
      Matrix weights = Matrix.zeros(2, 2, Layout.PANELS);
      Update update = update(Rule.TRUST.optimizer, weights, workers);
      assertThrows(IllegalStateException.class, () -> update.fused(0));
      assertThrows(IllegalArgumentException.class, () -> update.separate(0, Map.of(), () -> 0));
    }
  }
}
