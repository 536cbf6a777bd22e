package dev.anneal.testkit;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.update.ProgramVerifier;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The laws of optimizers, each alone. {@link OptimizerConformance} holds plugins to all of them in
 * their order; a property of your own calls {@link Law#check} of one.
 */
public final class OptimizerLaws {
  private static final int STEPS = 12;
  private static final int LONG = 2000;
  private static final int UNEQUAL_STEPS = 60;
  private static final int COLUMNS = 70;

  /** A number of which a float holds the fourth power. */
  private static final double MODERATE = 1e9;

  /** Seconds that the JIT has, on a busy machine, to make allocations vanish. */
  private static final int PATIENCE = 10;

  /** Without these, no step makes sense. */
  private static final String[] SOUND = {"hyperparameters", "rule"};

  private OptimizerLaws() {}

  /**
   * Law hyperparameters: they are the same at each call, have different names in snake case, and
   * {@link Optimizer#LEARNING_RATE} is among them.
   *
   * @return the law
   */
  public static Law<Optimizer> hyperparameters() {
    return Law.of(
        "hyperparameters",
        (optimizer, _, _) -> {
          List<String> names =
              optimizer.hyperparameters().stream().map(Hyperparameter::name).toList();
          Law.demand(
              names.contains(Optimizer.LEARNING_RATE),
              () -> "declares no %s among %s".formatted(Optimizer.LEARNING_RATE, names));
          Law.demand(
              new HashSet<>(names).size() == names.size()
                  && names.stream().allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")),
              () ->
                  "names hyper-parameters "
                      + names
                      + "; each has a name of its own, in snake case");
          Law.demand(
              optimizer.hyperparameters().equals(optimizer.hyperparameters()),
              () -> "declares other hyper-parameters when asked again");
        });
  }

  /**
   * Law names: a hyper-parameter is called what the record's parameter is called (or what its
   * {@code @Param} says), and has the value of that one; the learning rate alone may be modified.
   * Each parameter that is a schedule is a hyper-parameter, unless it is unused.
   *
   * @return the law
   */
  public static Law<Optimizer> names() {
    return Law.<Optimizer>of("names", (optimizer, _, _) -> names(optimizer))
        .after("hyperparameters");
  }

  private static void names(Optimizer optimizer) {
    Optional<PluginType> plugin = PluginType.of((Object) optimizer);
    if (plugin.isEmpty()) {
      return;
    }
    Map<String, Schedule> own = new LinkedHashMap<>();
    optimizer.hyperparameters().forEach(each -> own.put(each.name(), each.schedule()));
    Map<String, Schedule> parameters = new LinkedHashMap<>();
    for (Component component : plugin.get().parameters()) {
      Object value = component.of((Record) optimizer);
      if (value instanceof Optimizer inner) {
        inner
            .hyperparameters()
            .forEach(each -> {
              Law.demand(
                  own.containsKey(each.name()),
                  () -> "hides %s of %s".formatted(each.name(), Law.describe(inner)));
              own.remove(each.name());
            });
      } else if (value instanceof Schedule schedule
          && !(component.param().unusedAtZero() && schedule.equals(new Constant(0)))) {
        String other = component.param().hyperparameter();
        parameters.put(other.isEmpty() ? component.name() : other, schedule);
      }
    }
    own.forEach((name, schedule) -> {
      // A wrapper around one that has the name already adds a number to its own.
      String plain = parameters.containsKey(name) ? name : name.replaceFirst("_\\d+$", "");
      Schedule parameter = parameters.remove(plain);
      if (parameter == null) {
        throw new AssertionError(
            "has a hyper-parameter %s that is none of its parameters".formatted(name));
      }
      Law.demand(
          name.equals(Optimizer.LEARNING_RATE) || schedule.equals(parameter),
          () ->
              "has a hyper-parameter %s of %s, but the parameter is %s"
                  .formatted(name, Law.describe(schedule), Law.describe(parameter)));
    });
    Law.demand(
        parameters.isEmpty(),
        () -> "does not list among its hyper-parameters " + parameters.keySet());
  }

  /**
   * Law notation: what is printed reads back as an equal optimizer, which prints the same. An
   * optimizer that is no plugin has no notation.
   *
   * @param catalogue where specifications are looked up
   * @return the law
   */
  public static Law<Optimizer> notation(Catalogue catalogue) {
    return Law.of(
        "notation",
        (optimizer, _, _) -> ScheduleLaws.notation(catalogue, Optimizer.class, optimizer));
  }

  /**
   * Law rule: for parameters of every shape the step can be described, reads what is declared and
   * sets the weight; the description is the same each time.
   *
   * @return the law
   */
  public static Law<Optimizer> rule() {
    return Law.<Optimizer>of("rule", (optimizer, _, _) -> rule(optimizer))
        .after("hyperparameters")
        .tries(100);
  }

  private static void rule(Optimizer optimizer) {
    for (Descent.Start start : shapes(new Random(1))) {
      for (int pass = 0; pass < optimizer.passes(); pass++) {
        UpdateProgram program = program(optimizer, start, pass);
        List<String> problems = ProgramVerifier.verify(program);
        Law.demand(
            problems.isEmpty(),
            () -> "is compiled to a program with %s\n%s".formatted(problems, program));
        List<Slot> once = program.slots();
        Law.demand(
            once.equals(program(optimizer, start, pass).slots()),
            () -> "keeps other slots when its step is described again than " + once);
      }
    }
  }

  private static UpdateProgram program(Optimizer optimizer, Descent.Start start, int pass) {
    try {
      return UpdateCompiler.compile(
          optimizer, new UpdateProgram.Shape(start.rows(), start.columns()), pass);
    } catch (IllegalArgumentException e) {
      throw new AssertionError(
          "describes its step for %d x %d weights wrongly: %s"
              .formatted(start.rows(), start.columns(), e.getMessage()),
          e);
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
   * Law learning-rate: {@link Optimizer#withLearningRate} replaces it, and nothing else: twice the
   * rate is read as twice the rate, everywhere.
   *
   * @return the law
   */
  public static Law<Optimizer> learningRate() {
    return Law.<Optimizer>of("learning-rate", OptimizerLaws::learningRate)
        .after(SOUND)
        .within(RandomRun.any());
  }

  private static void learningRate(Optimizer optimizer, RandomRun run, Random random) {
    List<Hyperparameter> before = optimizer.hyperparameters();
    Optimizer one = optimizer.withLearningRate(new Constant(0.125));
    Optimizer two = optimizer.withLearningRate(new Constant(0.25));
    Cursor cursor = run.begin().moveTo(random.nextLong(2 * run.totalIterations()));
    double rate = rate(one).at(cursor);
    double twice = rate(two).at(cursor);
    Law.demand(
        2 * rate == twice && rate > 0,
        () -> "reads rates of 0.125 and 0.25 as %s and %s".formatted(rate, twice));
    UpdateProgram.Shape shape = new UpdateProgram.Shape(2, 3);
    Law.demand(
        optimizer.hyperparameters().equals(before)
            && others(one).equals(others(optimizer))
            && UpdateCompiler.compile(one, shape, 0)
                .slots()
                .equals(UpdateCompiler.compile(optimizer, shape, 0).slots()),
        () -> "changes more than its learning rate: " + Law.describe(one));
  }

  private static Schedule rate(Optimizer optimizer) {
    return optimizer.hyperparameters().stream()
        .filter(each -> each.name().equals(Optimizer.LEARNING_RATE))
        .map(Hyperparameter::schedule)
        .findFirst()
        .orElseThrow(() -> new AssertionError("loses its learning_rate when that is replaced"));
  }

  private static List<Hyperparameter> others(Optimizer optimizer) {
    return optimizer.hyperparameters().stream()
        .filter(each -> !each.name().equals(Optimizer.LEARNING_RATE))
        .toList();
  }

  /**
   * Law finite: gradients of very unequal sizes leave finite weights and slots. Rows and columns
   * have sizes of their own, from 1e-30 to 1000, or no gradient at all, as behind inputs that are
   * always 0 and units that are dead. They keep them for some steps, then they have others. The
   * square of a gradient may be too small for a float, and the product of two mean squares. It is
   * for instances that are any good.
   *
   * @return the law
   */
  public static Law<Optimizer> finite() {
    return Law.<Optimizer>of(
            "finite",
            (optimizer, _, random) -> {
              List<Descent.Start> starts = List.of(start(6, 5, random), start(1, 5, random));
              try (Descent descent = new Descent(optimizer, starts, Descent.Way.USUAL)) {
                Unequal gradients = new Unequal(starts, random);
                for (int step = 1; step <= UNEQUAL_STEPS; step++) {
                  descent.setGradient(gradients.next());
                  descent.step();
                  descent
                      .beyond(Double.MAX_VALUE)
                      .ifPresent(number -> {
                        throw new AssertionError(
                            "leaves %s after step %d".formatted(number, descent.steps()));
                      });
                }
              }
            })
        .after(SOUND)
        .tries(300);
  }

  /**
   * Law rate-zero: at a learning rate of 0 the weights stay where they are.
   *
   * @return the law
   */
  public static Law<Optimizer> rateZero() {
    return Law.<Optimizer>of(
            "rate-zero",
            (optimizer, _, random) -> {
              List<Descent.Start> starts = shapes(random);
              Optimizer at0 = optimizer.withLearningRate(new Constant(0));
              try (Descent still = new Descent(at0, starts, Descent.Way.USUAL)) {
                float[] weights = still.weights();
                for (int step = 1; step <= STEPS; step++) {
                  still.setGradient(Descent.numbers(weights.length, random));
                  still.step();
                  unmoved("at a learning rate of 0", weights, still);
                }
              }
            })
        .after(SOUND)
        .after("learning-rate")
        .tries(200);
  }

  /**
   * Law gradient-zero: from the beginning, gradients of zero move nothing, unless the weights
   * decay.
   *
   * @param decays whether the weights of an optimizer decay
   * @return the law
   */
  public static Law<Optimizer> gradientZero(Predicate<Optimizer> decays) {
    return Law.<Optimizer>of(
            "gradient-zero",
            (optimizer, _, random) -> {
              if (decays.test(optimizer)) {
                return;
              }
              try (Descent still = new Descent(optimizer, shapes(random), Descent.Way.USUAL)) {
                float[] weights = still.weights();
                for (int step = 1; step <= STEPS; step++) {
                  still.step();
                  unmoved("without a gradient", weights, still);
                }
              }
            })
        .after(SOUND)
        .tries(200);
  }

  /** As numbers: 0 may turn into -0. */
  private static void unmoved(String when, float[] weights, Descent after) {
    float[] moved = after.weights();
    for (int i = 0; i < weights.length; i++) {
      float before = weights[i];
      float now = moved[i];
      Law.demand(
          now == before,
          () ->
              "moves a weight from %s to %s in step %d %s"
                  .formatted(before, now, after.steps(), when));
    }
  }

  /**
   * Law resume: all that a rule remembers lies in its slots. A run that goes on from copies of
   * them, at any step, with what its specification says, gives the same bits.
   *
   * @param catalogue where specifications are looked up
   * @return the law
   */
  public static Law<Optimizer> resume(Catalogue catalogue) {
    return Law.<Optimizer>of(
            "resume", (optimizer, _, random) -> resume(catalogue, optimizer, random))
        .after(SOUND)
        .after("notation")
        .tries(60);
  }

  private static void resume(Catalogue catalogue, Optimizer optimizer, Random random) {
    Optimizer copy =
        PluginType.of((Object) optimizer).isEmpty()
            ? optimizer
            : catalogue.optimizer(Catalogue.print(optimizer));
    List<Descent.Start> starts = shapes(random);
    try (Descent whole = new Descent(optimizer, starts, Descent.Way.USUAL)) {
      for (int step = 1; step <= STEPS; step++) {
        try (Descent resumed = whole.resumed(copy)) {
          float[] gradient = Descent.numbers(count(starts), random);
          whole.setGradient(gradient);
          resumed.setGradient(gradient);
          whole.step();
          resumed.step();
          same("goes on", "when resumed there", whole, resumed);
        }
      }
    }
  }

  /**
   * Law width: the bits do not depend on how many elements are computed at a time, nor on how many
   * threads compute.
   *
   * @return the law
   */
  public static Law<Optimizer> width() {
    return Law.<Optimizer>of("width", (optimizer, _, random) -> width(optimizer, random))
        .after(SOUND)
        .tries(40);
  }

  private static void width(Optimizer optimizer, Random random) {
    int columns = random.nextInt(1, COLUMNS + 1);
    List<Descent.Start> starts =
        List.of(start(random.nextInt(1, 6), columns, random), start(1, columns, random));
    int threads = random.nextInt(1, 4);
    float[][] gradients = new float[4][];
    Arrays.setAll(gradients, _ -> Descent.numbers(count(starts), random));
    try (Descent scalar = new Descent(optimizer, starts, Descent.Way.SCALAR)) {
      walk(scalar, gradients);
      for (Width width : widths()) {
        Descent.Way way = new Descent.Way(width, Layout.ROWS, threads);
        try (Descent other = new Descent(optimizer, starts, way)) {
          walk(other, gradients);
          same("computes alone", "with " + way, scalar, other);
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

  private static void same(String what, String how, Descent expected, Descent actual) {
    Map<String, float[]> others = actual.numbers();
    expected
        .numbers()
        .forEach((name, numbers) -> {
          float[] other = others.getOrDefault(name, new float[0]);
          int at = Arrays.mismatch(numbers, other);
          Law.demand(
              at < 0,
              () ->
                  "%s with %s in %s at %d after step %d, but with %s %s"
                      .formatted(
                          what,
                          at < numbers.length ? numbers[at] : "nothing",
                          name,
                          at,
                          expected.steps(),
                          at < other.length ? other[at] : "nothing",
                          how));
        });
  }

  /**
   * Law precision: from any state, a step in single precision is within so many units of the same
   * step in double precision, and that many times of what changes there if all that is read and
   * every operation is off by half a unit. With parameters of any kind sums may cancel.
   *
   * @param ulps in the last place of 1, or of the number itself before or after the step
   * @return the law
   */
  public static Law<Optimizer> precision(int ulps) {
    return precision("precision", ulps, true);
  }

  /**
   * Law digits: the same for instances that are any good; here what rounds within the step is not
   * forgiven, only what is read.
   *
   * @param ulps in the last place of 1, or of the number itself before or after the step
   * @return the law
   */
  public static Law<Optimizer> digits(int ulps) {
    return precision("digits", ulps, false);
  }

  /** A run is followed until its numbers are beyond 1e9, whose fourth power a float still holds. */
  private static Law<Optimizer> precision(String name, int ulps, boolean operations) {
    return Law.<Optimizer>of(
            name, (optimizer, _, random) -> agree(optimizer, ulps, operations, random))
        .after(SOUND)
        .after("learning-rate")
        .tries(100);
  }

  private static void agree(Optimizer optimizer, int ulps, boolean operations, Random random) {
    Optimizer atRateOne = optimizer.withLearningRate(new Constant(1));
    List<Descent.Start> starts =
        List.of(
            new Descent.Start(2, 3, Descent.aboutOne(6, random)),
            new Descent.Start(1, 3, Descent.aboutOne(3, random)));
    try (Descent descent = new Descent(atRateOne, starts, Descent.Way.USUAL)) {
      DoubleReference reference = new DoubleReference(atRateOne, descent, operations, random);
      for (int step = 1; step <= STEPS && descent.beyond(MODERATE).isEmpty(); step++) {
        float[] gradient = Descent.aboutOne(9, random);
        descent.setGradient(gradient);
        Map<String, double[]> expected = reference.step(gradient);
        Map<String, double[]> moved = reference.spread(gradient, expected);
        Map<String, float[]> before = descent.numbers();
        descent.step();
        descent
            .numbers()
            .forEach(
                (name, numbers) -> agree(ulps, descent, name, before, numbers, expected, moved));
      }
    }
  }

  private static void agree(
      int ulps,
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
          ulps * (Math.ulp((float) Math.max(1, largest)) + DoubleReference.of(moved, name)[i]);
      Law.demand(
          Math.abs(exact) > Float.MAX_VALUE || Math.abs(actual - exact) <= allowed,
          () ->
              "computes %s in %s in step %d, and %s in double precision"
                  .formatted(actual, name, descent.steps(), exact));
    }
  }

  /**
   * Law descent: from 1, a quadratic with curvatures from 1 to 10 falls to a thousandth;
   * Rosenbrock's valley, scaled to gradients below 1, to half and below; a layer's squared errors,
   * of a matrix and a bias, to a thousandth; and by the gradients of one sample at a time, in turn,
   * to half and below. It is for instances that are any good.
   *
   * @return the law, which is checked once for each function
   */
  public static Law<Optimizer> descent() {
    return Law.<Optimizer>of(
            "descent",
            (optimizer, _, _) -> {
              descend(optimizer, "a quadratic", Problem.QUADRATIC, 1000);
              descend(optimizer, "Rosenbrock's function", Problem.ROSENBROCK, 2);
              descend(optimizer, "least squares", Problem.LEAST_SQUARES, 1000);
              descend(optimizer, "least squares in turn", Problem.LEAST_SQUARES_IN_TURN, 2);
            })
        .after(SOUND)
        .after("finite")
        .tries(1);
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
      Law.demand(
          last <= first / factor,
          () -> "takes %s from %s to %s in %d steps".formatted(name, first, last, LONG));
    }
  }

  /**
   * Law allocation: a step allocates nothing.
   *
   * @return the law
   */
  public static Law<Optimizer> allocation() {
    return Law.<Optimizer>of(
            "allocation",
            (optimizer, _, _) -> {
              // Vectors are objects until the JIT has compiled their loop; the scalar reference has
              // none.
              List<Descent.Start> start =
                  List.of(new Descent.Start(2, 2, new float[] {1, 2, 3, 4}));
              try (Descent descent = new Descent(optimizer, start, Descent.Way.SCALAR)) {
                boolean vanished = new Allocations().vanish(PATIENCE, () -> descent.step());
                Law.demand(vanished, () -> "allocates at each step");
              }
            })
        .after(SOUND)
        .tries(50);
  }
}
