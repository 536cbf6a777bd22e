package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.update.ProgramVerifier;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * The laws of optimizers. A test of an optimizer extends this class, says which instances to try,
 * and is run by jqwik:
 *
 * <pre>{@code
 * class PowerSignProperties extends OptimizerConformance {
 *   @Override
 *   protected Arbitrary<Optimizer> optimizers() {
 *     return Specifications.optimizers(catalogue(), "power-sign");
 *   }
 *
 *   @Override
 *   protected List<Optimizer> tuned() {
 *     return List.of(catalogue().optimizer("power-sign(0.01)"));
 *   }
 * }
 * }</pre>
 *
 * <p>A failure names the law and the specification of the optimizer that breaks it.
 */
public abstract class OptimizerConformance {
  private static final int STEPS = 12;
  private static final int LONG = 2000;
  private static final int UNEQUAL_STEPS = 60;

  /** A number of which a float holds the fourth power. */
  private static final double MODERATE = 1e9;

  /** Seconds that the JIT has, on a busy machine, to make allocations vanish. */
  private static final int PATIENCE = 10;

  /** For subclasses. */
  protected OptimizerConformance() {}

  /**
   * The instances to try: with any parameters that the constructor accepts.
   *
   * @return random optimizers
   */
  protected abstract Arbitrary<? extends Optimizer> optimizers();

  /**
   * Instances that descend: from weights of about 1, along gradients of about 1, in some hundred
   * steps. A learning rate of about 0.01 usually does.
   *
   * @return at least one
   */
  protected abstract List<? extends Optimizer> tuned();

  /**
   * Where specifications are looked up.
   *
   * @return by default all plugins on the path
   */
  protected Catalogue catalogue() {
    return Catalogue.load();
  }

  /**
   * Whether weights change under a gradient of zero, as with a weight decay.
   *
   * @param optimizer an instance
   * @return by default false
   */
  protected boolean decaysWeights(Optimizer optimizer) {
    return false;
  }

  /**
   * How far a step in single precision may be from the same step in double precision where weights,
   * gradients and rate are about 1: in units in the last place of 1, or of the number itself before
   * or after the step.
   *
   * @return by default 16
   */
  protected int ulps() {
    return 16;
  }

  /**
   * The instances, for jqwik.
   *
   * @return {@link #optimizers}
   */
  @Provide
  public final Arbitrary<? extends Optimizer> anyOptimizer() {
    return optimizers();
  }

  /**
   * Those that descend, for jqwik.
   *
   * @return one of {@link #tuned}
   */
  @Provide
  public final Arbitrary<Optimizer> anyTuned() {
    return Arbitraries.of(List.<Optimizer>copyOf(tuned()));
  }

  /**
   * Law notation: what is printed reads back as an equal optimizer, which prints the same.
   *
   * @param optimizer an instance
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void whatIsPrintedReadsBackEqual(@ForAll("anyOptimizer") Optimizer optimizer) {
    Optimizer copy = copy(optimizer);
    Law.NOTATION.check(copy.equals(optimizer), optimizer, () -> "reads back as " + copy);
    Law.NOTATION.check(
        Catalogue.print(copy).equals(Catalogue.print(optimizer)),
        optimizer,
        () -> "reads back and prints as " + Catalogue.print(copy));
  }

  private Optimizer copy(Optimizer optimizer) {
    try {
      return catalogue().optimizer(Catalogue.print(optimizer));
    } catch (InputException e) {
      throw (AssertionError)
          Law.NOTATION.error(optimizer, "cannot be read back: " + e.getMessage()).initCause(e);
    }
  }

  /**
   * Law hyperparameters: they are the same at each call, have different names in snake case, and
   * {@link Optimizer#LEARNING_RATE} is among them.
   *
   * @param optimizer an instance
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void hyperparametersAreNamedAndStable(@ForAll("anyOptimizer") Optimizer optimizer) {
    List<String> names = names(optimizer);
    Law.HYPERPARAMETERS.check(
        names.contains(Optimizer.LEARNING_RATE),
        optimizer,
        () -> "declares no %s among %s".formatted(Optimizer.LEARNING_RATE, names));
    Law.HYPERPARAMETERS.check(
        new HashSet<>(names).size() == names.size()
            && names.stream().allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")),
        optimizer,
        () -> "names hyper-parameters " + names + "; each has a name of its own, in snake case");
    Law.HYPERPARAMETERS.check(
        optimizer.hyperparameters().equals(optimizer.hyperparameters()),
        optimizer,
        () -> "declares other hyper-parameters when asked again");
  }

  /**
   * Law rule: for parameters of every shape the step can be described, reads what is declared and
   * sets the weight; the description is the same each time.
   *
   * @param optimizer an instance
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 100)
  public void theStepUsesWhatItDeclares(@ForAll("anyOptimizer") Optimizer optimizer) {
    for (Descent.Start start : shapes(new Random(1))) {
      for (int pass = 0; pass < optimizer.passes(); pass++) {
        UpdateProgram program = rule(optimizer, start, pass);
        List<String> problems = ProgramVerifier.verify(program);
        Law.RULE.check(
            problems.isEmpty(),
            optimizer,
            () -> "is compiled to a program with %s\n%s".formatted(problems, program));
        List<Slot> once = program.slots();
        Law.RULE.check(
            once.equals(rule(optimizer, start, pass).slots()),
            optimizer,
            () -> "keeps other slots when its step is described again than " + once);
      }
    }
  }

  private static UpdateProgram rule(Optimizer optimizer, Descent.Start start, int pass) {
    try {
      return UpdateCompiler.compile(
          optimizer, new UpdateProgram.Shape(start.rows(), start.columns()), pass);
    } catch (IllegalArgumentException e) {
      throw (AssertionError)
          Law.RULE
              .error(
                  optimizer,
                  "describes its step for %d x %d weights wrongly: %s"
                      .formatted(start.rows(), start.columns(), e.getMessage()))
              .initCause(e);
    }
  }

  /** A matrix that is wide, one that is tall, and a bias. */
  private static List<Descent.Start> shapes(Random random) {
    return List.of(start(3, 5, random), start(4, 2, random), start(1, 3, random));
  }

  private static Descent.Start start(int rows, int columns, Random random) {
    return new Descent.Start(rows, columns, Descent.numbers(rows * columns, random));
  }

  private static int count(List<Descent.Start> starts) {
    return starts.stream().mapToInt(each -> each.rows() * each.columns()).sum();
  }

  /**
   * Law rate-zero: at a learning rate of 0 the weights stay where they are.
   *
   * @param optimizer an instance
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 200)
  public void atRateZeroNothingMoves(
      @ForAll("anyOptimizer") Optimizer optimizer, @ForAll Random random) {
    List<Descent.Start> starts = shapes(random);
    Optimizer at0 = optimizer.withLearningRate(new Constant(0));
    try (Descent still = new Descent(at0, starts, Descent.Way.USUAL)) {
      float[] weights = still.weights();
      for (int step = 1; step <= STEPS; step++) {
        still.setGradient(Descent.numbers(weights.length, random));
        still.step();
        unmoved(Law.RATE_ZERO, "at a learning rate of 0", optimizer, weights, still);
      }
    }
  }

  /**
   * Law gradient-zero: from the beginning, gradients of zero move nothing, unless the weights
   * decay.
   *
   * @param optimizer an instance
   * @param random for the weights
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 200)
  public void withoutGradientNothingMoves(
      @ForAll("anyOptimizer") Optimizer optimizer, @ForAll Random random) {
    if (decaysWeights(optimizer)) {
      return;
    }
    try (Descent still = new Descent(optimizer, shapes(random), Descent.Way.USUAL)) {
      float[] weights = still.weights();
      for (int step = 1; step <= STEPS; step++) {
        still.step();
        unmoved(Law.GRADIENT_ZERO, "without a gradient", optimizer, weights, still);
      }
    }
  }

  /** As numbers: 0 may turn into -0. */
  private static void unmoved(
      Law law, String when, Optimizer optimizer, float[] weights, Descent after) {
    float[] moved = after.weights();
    for (int i = 0; i < weights.length; i++) {
      float before = weights[i];
      float now = moved[i];
      law.check(
          now == before,
          optimizer,
          () ->
              "moves a weight from %s to %s in step %d %s"
                  .formatted(before, now, after.steps(), when));
    }
  }

  /**
   * Law finite: gradients of very unequal sizes leave finite weights and slots. Rows and columns
   * have sizes of their own, from 1e-30 to 1000, or no gradient at all, as behind inputs that are
   * always 0 and units that are dead. They keep them for some steps, then they have others. The
   * square of a gradient may be too small for a float, and the product of two mean squares.
   *
   * @param optimizer one of {@link #tuned}
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 300)
  public void unequalGradientsLeaveFiniteNumbers(
      @ForAll("anyTuned") Optimizer optimizer, @ForAll Random random) {
    List<Descent.Start> starts = List.of(start(6, 5, random), start(1, 5, random));
    try (Descent descent = new Descent(optimizer, starts, Descent.Way.USUAL)) {
      Unequal gradients = new Unequal(starts, random);
      for (int step = 1; step <= UNEQUAL_STEPS; step++) {
        descent.setGradient(gradients.next());
        descent.step();
        Law.FINITE.check(
            descent.isWithin(Double.MAX_VALUE),
            optimizer,
            () -> "leaves %s after step %d".formatted(descent.text(), descent.steps()));
      }
    }
  }

  /**
   * Law resume: all that a rule remembers lies in its slots. A run that goes on from copies of
   * them, at any step, gives the same bits.
   *
   * @param optimizer an instance
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 60)
  public void aRunResumesAtAnyStep(
      @ForAll("anyOptimizer") Optimizer optimizer, @ForAll Random random) {
    Optimizer copy = copy(optimizer);
    List<Descent.Start> starts = shapes(random);
    try (Descent whole = new Descent(optimizer, starts, Descent.Way.USUAL)) {
      for (int step = 1; step <= STEPS; step++) {
        try (Descent resumed = whole.resumed(copy)) {
          float[] gradient = Descent.numbers(count(starts), random);
          whole.setGradient(gradient);
          resumed.setGradient(gradient);
          whole.step();
          resumed.step();
          same(Law.RESUME, "goes on", "when resumed there", optimizer, whole, resumed);
        }
      }
    }
  }

  /**
   * Law width: the bits do not depend on how many elements are computed at a time, nor on how many
   * threads compute.
   *
   * @param optimizer an instance
   * @param rows of a matrix
   * @param columns of the matrix
   * @param threads how many
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 40)
  public void widthAndThreadsChangeNoBit(
      @ForAll("anyOptimizer") Optimizer optimizer,
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 70) int columns,
      @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll Random random) {
    List<Descent.Start> starts = List.of(start(rows, columns, random), start(1, columns, random));
    float[][] gradients = new float[4][];
    Arrays.setAll(gradients, _ -> Descent.numbers(count(starts), random));
    try (Descent scalar = new Descent(optimizer, starts, Descent.Way.SCALAR)) {
      walk(scalar, gradients);
      for (Width width : widths()) {
        Descent.Way way = new Descent.Way(width, Layout.ROWS, threads);
        try (Descent other = new Descent(optimizer, starts, way)) {
          walk(other, gradients);
          same(Law.WIDTH, "computes alone", "with " + way, optimizer, scalar, other);
        }
      }
    }
  }

  /** Vectors where the Vector API is at hand. */
  private static List<Width> widths() {
    return Width.preferred() == Width.SCALAR ? List.of(Width.SCALAR) : List.of(Width.values());
  }

  private static void walk(Descent descent, float[][] gradients) {
    for (float[] gradient : gradients) {
      descent.setGradient(gradient);
      descent.step();
    }
  }

  private static void same(
      Law law, String what, String how, Optimizer optimizer, Descent expected, Descent actual) {
    Map<String, float[]> others = actual.numbers();
    expected
        .numbers()
        .forEach((name, numbers) -> {
          float[] other = others.getOrDefault(name, new float[0]);
          law.check(
              Arrays.equals(numbers, other),
              optimizer,
              () ->
                  "%s with %s in %s after step %d, but with %s %s"
                      .formatted(
                          what,
                          Arrays.toString(numbers),
                          name,
                          expected.steps(),
                          Arrays.toString(other),
                          how));
        });
  }

  /**
   * Law precision: from any state, a step in single precision is within {@link #ulps} of the same
   * step in double precision, and that many times of what changes there if all that is read and
   * every operation is off by half a unit. With parameters of any kind sums may cancel.
   *
   * @param optimizer an instance
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 100)
  public void singlePrecisionAgreesWithDouble(
      @ForAll("anyOptimizer") Optimizer optimizer, @ForAll Random random) {
    agree(optimizer, true, random);
  }

  /**
   * Law precision, for instances that are any good: here what rounds within the step is not
   * forgiven, only what is read.
   *
   * @param optimizer one of {@link #tuned}
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 100)
  public void aStepKeepsItsDigits(@ForAll("anyTuned") Optimizer optimizer, @ForAll Random random) {
    agree(optimizer, false, random);
  }

  /** A run is followed until its numbers are beyond 1e9, whose fourth power a float still holds. */
  private void agree(Optimizer optimizer, boolean operations, Random random) {
    Optimizer atRateOne = optimizer.withLearningRate(new Constant(1));
    List<Descent.Start> starts =
        List.of(
            new Descent.Start(2, 3, Descent.aboutOne(6, random)),
            new Descent.Start(1, 3, Descent.aboutOne(3, random)));
    try (Descent descent = new Descent(atRateOne, starts, Descent.Way.USUAL)) {
      DoubleReference reference = new DoubleReference(atRateOne, descent, operations, random);
      for (int step = 1; step <= STEPS && descent.isWithin(MODERATE); step++) {
        float[] gradient = Descent.aboutOne(9, random);
        descent.setGradient(gradient);
        Map<String, double[]> expected = reference.step(gradient);
        Map<String, double[]> moved = reference.spread(gradient, expected);
        Map<String, float[]> before = descent.numbers();
        descent.step();
        descent
            .numbers()
            .forEach((name, numbers) ->
                agree(optimizer, descent, name, before, numbers, expected, moved));
      }
    }
  }

  private void agree(
      Optimizer optimizer,
      Descent descent,
      String name,
      Map<String, float[]> before,
      float[] numbers,
      Map<String, double[]> expected,
      Map<String, double[]> moved) {
    for (int i = 0; i < numbers.length; i++) {
      float actual = numbers[i];
      double exact = DoubleReference.of(expected, name)[i];
      double largest = Math.max(Math.abs(exact), Math.abs(before.getOrDefault(name, numbers)[i]));
      double allowed =
          ulps() * (Math.ulp((float) Math.max(1, largest)) + DoubleReference.of(moved, name)[i]);
      Law.PRECISION.check(
          Math.abs(exact) > Float.MAX_VALUE || Math.abs(actual - exact) <= allowed,
          optimizer,
          () ->
              "computes %s in %s in step %d, and %s in double precision"
                  .formatted(actual, name, descent.steps(), exact));
    }
  }

  /** Law descent: from 1, a quadratic with curvatures from 1 to 10 falls to a thousandth. */
  @Example
  public void itConvergesOnAQuadratic() {
    for (Optimizer optimizer : tuned()) {
      descend(optimizer, "a quadratic", Problem.QUADRATIC, 1000);
    }
  }

  /** Law descent: Rosenbrock's valley, scaled to gradients below 1, falls to half and below. */
  @Example
  public void itLowersRosenbrock() {
    for (Optimizer optimizer : tuned()) {
      descend(optimizer, "Rosenbrock's function", Problem.ROSENBROCK, 2);
    }
  }

  /** Law descent: a layer's squared errors, of a matrix and a bias, fall to a thousandth. */
  @Example
  public void itFitsALayer() {
    for (Optimizer optimizer : tuned()) {
      descend(optimizer, "least squares", Problem.LEAST_SQUARES, 1000);
    }
  }

  /**
   * Law descent: by the gradients of one sample at a time, in turn, they fall to half and below.
   */
  @Example
  public void itFitsALayerBySamplesInTurn() {
    for (Optimizer optimizer : tuned()) {
      descend(optimizer, "least squares in turn", Problem.LEAST_SQUARES_IN_TURN, 2);
    }
  }

  /** With the weights to measure with, where the rule has others than those that it trains. */
  private static void descend(Optimizer optimizer, String name, Problem problem, double factor) {
    try (Descent descent = new Descent(optimizer, problem.start(), Descent.Way.USUAL)) {
      double first = problem.value(descent.weights());
      for (int step = 0; step < LONG; step++) {
        int now = step;
        descent.step(() -> {
          descent.setGradient(problem.gradient(descent.weights(), now));
          descent.setLoss(problem.loss(descent.weights(), now));
        });
      }
      double last = problem.value(descent.evaluated());
      Law.DESCENT.check(
          last <= first / factor,
          optimizer,
          () -> "takes %s from %s to %s in %d steps".formatted(name, first, last, LONG));
    }
  }

  /**
   * Law learning-rate: {@link Optimizer#withLearningRate} replaces it, and nothing else: twice the
   * rate is read as twice the rate, everywhere.
   *
   * @param optimizer an instance
   * @param iteration any time
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void anotherLearningRateReplacesIt(
      @ForAll("anyOptimizer") Optimizer optimizer, @ForAll @IntRange(max = 1500) int iteration) {
    List<Hyperparameter> before = optimizer.hyperparameters();
    Optimizer one = optimizer.withLearningRate(new Constant(0.125));
    Optimizer two = optimizer.withLearningRate(new Constant(0.25));
    Cursor cursor = new Cursor(10, 1000, MetricHistory.NONE).moveTo(iteration);
    double rate = rate(one).at(cursor);
    double twice = rate(two).at(cursor);
    Law.LEARNING_RATE.check(
        2 * rate == twice && rate > 0,
        optimizer,
        () -> "reads rates of 0.125 and 0.25 as %s and %s".formatted(rate, twice));
    Law.LEARNING_RATE.check(
        optimizer.hyperparameters().equals(before)
            && others(one).equals(others(optimizer))
            && UpdateCompiler.compile(one, new UpdateProgram.Shape(2, 3), 0)
                .slots()
                .equals(
                    UpdateCompiler.compile(optimizer, new UpdateProgram.Shape(2, 3), 0).slots()),
        optimizer,
        () -> "changes more than its learning rate: " + Law.describe(one));
  }

  private static Schedule rate(Optimizer optimizer) {
    return optimizer.hyperparameters().stream()
        .filter(each -> each.name().equals(Optimizer.LEARNING_RATE))
        .map(Hyperparameter::schedule)
        .findFirst()
        .orElseThrow(() -> Law.HYPERPARAMETERS.error(optimizer, "declares no learning_rate"));
  }

  private static List<Hyperparameter> others(Optimizer optimizer) {
    return optimizer.hyperparameters().stream()
        .filter(each -> !each.name().equals(Optimizer.LEARNING_RATE))
        .toList();
  }

  /**
   * Law allocation: a step allocates nothing.
   *
   * @param optimizer an instance
   */
  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF, tries = 50)
  public void aStepAllocatesNothing(@ForAll("anyOptimizer") Optimizer optimizer) {
    // Vectors are objects until the JIT has compiled their loop; the scalar reference has none.
    List<Descent.Start> start = List.of(new Descent.Start(2, 2, new float[] {1, 2, 3, 4}));
    try (Descent descent = new Descent(optimizer, start, Descent.Way.SCALAR)) {
      boolean vanished = new Allocations().vanish(PATIENCE, () -> descent.step());
      Law.ALLOCATION.check(vanished, optimizer, () -> "allocates at each step");
    }
  }

  private static List<String> names(Optimizer optimizer) {
    return optimizer.hyperparameters().stream().map(Hyperparameter::name).toList();
  }
}
