package dev.anneal.testkit;

import dev.anneal.core.InputException;
import dev.anneal.core.kernel.DoubleKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.schedule.Constant;
import dev.anneal.core.schedule.Cursor;
import dev.anneal.core.schedule.MetricHistory;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Catalogue;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
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
   * gradients and rate are about 1: in units in the last place of 1, or of the largest number that
   * the weight and its slots have before or after the step.
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
   * Law rule: the formula reads and writes what exists, has a uniform for each hyper-parameter and
   * for the step's number, stores the weight, and leaves the gradient alone.
   *
   * @param optimizer an instance
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void theRuleUsesWhatItDeclares(@ForAll("anyOptimizer") Optimizer optimizer) {
    UpdateRule rule = optimizer.rule();
    Formula formula = rule.formula();
    List<String> slots = rule.slotNames();
    Law.RULE.check(
        formula.arrays() == 2 + slots.size(),
        optimizer,
        () ->
            "has a formula of %d arrays for weight, gradient and slots %s"
                .formatted(formula.arrays(), slots));
    Law.RULE.check(
        new HashSet<>(slots).size() == slots.size(),
        optimizer,
        () -> "declares slots " + slots + "; each has a name of its own");
    Law.RULE.check(
        formula.uniforms() == optimizer.hyperparameters().size() + 1 + rule.scalars().size(),
        optimizer,
        () ->
            "has a formula of %d uniforms for hyper-parameters %s, the step's number and %d scalars"
                .formatted(formula.uniforms(), names(optimizer), rule.scalars().size()));
    Set<Lane> lanes = Collections.newSetFromMap(new IdentityHashMap<>());
    formula.outputs().forEach(output -> collect(output.value(), lanes));
    for (Lane lane : lanes) {
      Law.RULE.check(
          !(lane instanceof Lane.Element(int array)) || (array >= 0 && array < formula.arrays()),
          optimizer,
          () -> "reads %s, a slot that it does not declare among %s".formatted(lane, slots));
      Law.RULE.check(
          !(lane instanceof Lane.Uniform(int index)) || (index >= 0 && index < formula.uniforms()),
          optimizer,
          () -> "reads %s, a hyper-parameter that it does not declare".formatted(lane));
    }
    List<Integer> stored = formula.outputs().stream().map(Formula.Output::array).toList();
    Law.RULE.check(
        stored.contains(Descent.WEIGHTS) && !stored.contains(Descent.GRADIENT),
        optimizer,
        () -> "stores arrays %s; it must store 0, the weight, and not 1".formatted(stored));
    Law.RULE.check(
        new HashSet<>(stored).size() == stored.size(),
        optimizer,
        () -> "stores an array twice: " + stored);
  }

  private static void collect(Lane lane, Set<Lane> lanes) {
    if (lanes.add(lane)) {
      Stream<Lane> operands =
          switch (lane) {
            case Lane.Element _, Lane.Uniform _, Lane.Constant _ -> Stream.of();
            case Lane.Unary unary -> Stream.of(unary.of());
            case Lane.Binary binary -> Stream.of(binary.left(), binary.right());
            case Lane.Fma fma -> Stream.of(fma.factor(), fma.other(), fma.addend());
            case Lane.IfLess less ->
                Stream.of(less.left(), less.right(), less.then(), less.otherwise());
          };
      operands.forEach(operand -> collect(operand, lanes));
    }
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
    float[] weights = Descent.numbers(9, random);
    Descent still = new Descent(optimizer.withLearningRate(new Constant(0)), weights);
    for (int step = 1; step <= STEPS; step++) {
      Descent.fill(still.gradient(), random);
      still.step();
      unmoved(Law.RATE_ZERO, "at a learning rate of 0", optimizer, weights, still);
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
    float[] weights = Descent.numbers(9, random);
    Descent still = new Descent(optimizer, weights);
    for (int step = 1; step <= STEPS; step++) {
      still.step();
      unmoved(Law.GRADIENT_ZERO, "without a gradient", optimizer, weights, still);
    }
  }

  /** As numbers: 0 may turn into -0. */
  private static void unmoved(
      Law law, String when, Optimizer optimizer, float[] weights, Descent after) {
    for (int i = 0; i < weights.length; i++) {
      float before = weights[i];
      float now = after.weights()[i];
      law.check(
          now == before,
          optimizer,
          () ->
              "moves a weight from %s to %s in step %d %s"
                  .formatted(before, now, after.steps(), when));
    }
  }

  /**
   * Law resume: all that a rule remembers lies in its slots. A run that goes on from copies of
   * them, at any step, gives the same bits.
   *
   * @param optimizer an instance
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 100)
  public void aRunResumesAtAnyStep(
      @ForAll("anyOptimizer") Optimizer optimizer, @ForAll Random random) {
    Optimizer copy = copy(optimizer);
    Descent whole = new Descent(optimizer, Descent.numbers(9, random));
    for (int step = 1; step <= STEPS; step++) {
      Descent resumed = whole.resumed(copy);
      Descent.fill(whole.gradient(), random);
      System.arraycopy(whole.gradient(), 0, resumed.gradient(), 0, whole.gradient().length);
      whole.step();
      resumed.step();
      same(Law.RESUME, "goes on", "when resumed there", optimizer, whole, resumed);
    }
  }

  /**
   * Law width: the bits do not depend on how many elements are computed at a time, nor on where
   * their range is cut between threads.
   *
   * @param optimizer an instance
   * @param n how many weights
   * @param random for weights, gradients and cuts
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 60)
  public void widthAndCutsChangeNoBit(
      @ForAll("anyOptimizer") Optimizer optimizer,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll Random random) {
    float[] weights = Descent.numbers(n, random);
    float[][] gradients = new float[4][];
    Arrays.setAll(gradients, _ -> Descent.numbers(n, random));
    Descent scalar = walk(new Descent(optimizer, weights, Width.SCALAR), gradients);
    for (Width width : widths()) {
      int[] cuts = random.ints(2, 0, n + 1).sorted().toArray();
      Descent other = walk(new Descent(optimizer, weights, width, cuts), gradients);
      String how = "%s, cut at %s".formatted(width, Arrays.toString(cuts));
      same(Law.WIDTH, "computes alone", how, optimizer, scalar, other);
    }
  }

  /** Vectors where the Vector API is at hand. */
  private static List<Width> widths() {
    return Width.preferred() == Width.SCALAR ? List.of(Width.SCALAR) : List.of(Width.values());
  }

  private static Descent walk(Descent descent, float[][] gradients) {
    for (float[] gradient : gradients) {
      System.arraycopy(gradient, 0, descent.gradient(), 0, gradient.length);
      descent.step();
    }
    return descent;
  }

  private static void same(
      Law law, String what, String how, Optimizer optimizer, Descent expected, Descent actual) {
    for (int array = 0; array < expected.arrays.length; array++) {
      for (int i = 0; i < expected.arrays[array].length; i++) {
        float one = expected.arrays[array][i];
        float other = actual.arrays[array][i];
        int at = array;
        law.check(
            Float.floatToIntBits(one) == Float.floatToIntBits(other),
            optimizer,
            () ->
                "%s with %s in array %d after step %d, but with %s %s"
                    .formatted(what, one, at, expected.steps(), other, how));
      }
    }
  }

  /**
   * Law precision: a step in single precision is within {@link #ulps} of the same step in double
   * precision.
   *
   * @param optimizer an instance
   * @param random for weights and gradients
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 200)
  public void singlePrecisionAgreesWithDouble(
      @ForAll("anyOptimizer") Optimizer optimizer, @ForAll Random random) {
    Optimizer atRateOne = optimizer.withLearningRate(new Constant(1));
    Descent descent = new Descent(atRateOne, Descent.aboutOne(9, random));
    DoubleKernel exact = Kernels.compileDouble(atRateOne.rule().formula());
    for (int step = 1; step <= STEPS; step++) {
      System.arraycopy(Descent.aboutOne(9, random), 0, descent.gradient(), 0, 9);
      double[][] before = widened(descent.arrays);
      double[][] after = widened(descent.arrays);
      exact.run(after, new int[after.length], descent.uniforms(), after[0].length);
      descent.step();
      for (int array = 0; array < after.length; array++) {
        for (int i = 0; i < after[array].length; i++) {
          double start = before[array][i];
          double expected = after[array][i];
          float actual = descent.arrays[array][i];
          double scale = scale(i, before, after);
          int at = array;
          Law.PRECISION.check(
              scale > Float.MAX_VALUE
                  || Math.abs(actual - expected) <= ulps() * Math.ulp((float) scale),
              optimizer,
              () ->
                  "takes %s in array %d to %s in step %d, and to %s in double precision"
                      .formatted(start, at, actual, descent.steps(), expected));
        }
      }
    }
  }

  /** The largest number of a weight and its slots: what is added up there may cancel. */
  private static double scale(int i, double[][] before, double[][] after) {
    double largest = 1;
    for (int array = 0; array < before.length; array++) {
      largest = Math.max(largest, Math.max(Math.abs(before[array][i]), Math.abs(after[array][i])));
    }
    return largest;
  }

  private static double[][] widened(float[][] arrays) {
    double[][] wide = new double[arrays.length][arrays[0].length];
    for (int i = 0; i < wide.length; i++) {
      for (int j = 0; j < wide[i].length; j++) {
        wide[i][j] = arrays[i][j];
      }
    }
    return wide;
  }

  /** Law descent: from 1, a quadratic with curvatures from 1 to 10 falls to a thousandth. */
  @Example
  public void itConvergesOnAQuadratic() {
    double[] curvature = {1, 2, 5, 10};
    for (Optimizer optimizer : tuned()) {
      Descent descent = new Descent(optimizer, new float[] {1, -1, 1, -1});
      double first = quadratic(curvature, descent);
      for (int step = 0; step < LONG; step++) {
        quadratic(curvature, descent);
        descent.step();
      }
      double last = quadratic(curvature, descent);
      descends(last <= first / 1000, optimizer, "a quadratic", first, last);
    }
  }

  private static double quadratic(double[] curvature, Descent descent) {
    double sum = 0;
    for (int i = 0; i < curvature.length; i++) {
      double w = descent.weights()[i];
      sum += curvature[i] * w * w / 2;
      descent.gradient()[i] = (float) (curvature[i] * w);
    }
    return sum;
  }

  /** Law descent: Rosenbrock's valley, scaled to gradients below 1, falls to half and below. */
  @Example
  public void itLowersRosenbrock() {
    for (Optimizer optimizer : tuned()) {
      Descent descent = new Descent(optimizer, new float[] {-1.2f, 1});
      double first = rosenbrock(descent);
      for (int step = 0; step < LONG; step++) {
        rosenbrock(descent);
        descent.step();
      }
      double last = rosenbrock(descent);
      descends(last <= first / 2, optimizer, "Rosenbrock's function", first, last);
    }
  }

  private static double rosenbrock(Descent descent) {
    double scale = 1e-3;
    double x = descent.weights()[0];
    double y = descent.weights()[1];
    double valley = y - x * x;
    descent.gradient()[0] = (float) (scale * (-400 * x * valley - 2 * (1 - x)));
    descent.gradient()[1] = (float) (scale * 200 * valley);
    return scale * (100 * valley * valley + (1 - x) * (1 - x));
  }

  private static void descends(
      boolean holds, Optimizer optimizer, String function, double first, double last) {
    Law.DESCENT.check(
        holds,
        optimizer,
        () -> "takes %s from %s to %s in %d steps".formatted(function, first, last, LONG));
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
            && one.rule().slots().equals(optimizer.rule().slots()),
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
    // Vectors are objects until the JIT has compiled their loop; the scalar twin has none.
    Descent descent = new Descent(optimizer, new float[] {1, 2, 3}, Width.SCALAR);
    boolean vanished = new Allocations().vanish(PATIENCE, descent::step);
    Law.ALLOCATION.check(vanished, optimizer, () -> "allocates at each step");
  }

  private static List<String> names(Optimizer optimizer) {
    return optimizer.hyperparameters().stream().map(Hyperparameter::name).toList();
  }
}
