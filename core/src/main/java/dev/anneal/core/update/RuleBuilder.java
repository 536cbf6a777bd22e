package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.update.Memory.Cell;
import dev.anneal.core.update.Memory.Role;
import dev.anneal.core.update.Reduction.Kind;
import dev.anneal.core.update.Reduction.ToArray;
import dev.anneal.core.update.Reduction.ToScalar;
import dev.anneal.core.update.UpdateProgram.Level;
import dev.anneal.core.update.UpdateProgram.MatrixCall;
import dev.anneal.core.update.UpdateProgram.Pass;
import dev.anneal.core.update.UpdateProgram.Shape;
import dev.anneal.core.update.UpdateProgram.Store;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes down what a rule uses while its step is described: arrays and scalars, and what must be
 * computed before the weights can be stored. What depends on a sum or on a function of matrices is
 * a level above it.
 */
final class RuleBuilder {
  private final List<Hyperparameter> hyperparameters;
  private final Shape shape;
  private final int pass;
  private final List<Cell> arrays = new ArrayList<>();
  private final List<Cell> scalars = new ArrayList<>();
  private final Map<Slot, Expression> slots = new LinkedHashMap<>();
  private final Map<String, Expression> reports = new LinkedHashMap<>();

  /** By how deep within other rules it was said. */
  private final TreeMap<Integer, Expression> evaluated = new TreeMap<>();

  private final TreeMap<Integer, Stages> stages = new TreeMap<>();
  private final IdentityHashMap<Expression, Granularity> granularities = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Integer> levels = new IdentityHashMap<>();

  /** By the element or scalar that a stage computes: from which level on it is known. */
  private final Map<Expression, Integer> knownFrom = new LinkedHashMap<>();

  /** For each reduction over the group, in the order described, the level that it waits for. */
  private final List<Integer> groupLevels;

  private final List<Integer> groupLevelsSoFar = new ArrayList<>();
  private Optional<Expression> loss = Optional.empty();
  private boolean readsShape;

  /** What is computed at a level. */
  private static final class Stages {
    final Map<Granularity, List<KernelSpec.Output>> outputs = new LinkedHashMap<>();
    final Map<Granularity, List<ToScalar>> toScalars = new LinkedHashMap<>();
    final List<ToArray> toArrays = new ArrayList<>();
    final List<MatrixCall> calls = new ArrayList<>();
    final List<Integer> noises = new ArrayList<>();
  }

  RuleBuilder(
      List<Hyperparameter> hyperparameters, Shape shape, int pass, List<Integer> groupLevels) {
    this.hyperparameters = hyperparameters;
    this.shape = shape;
    this.pass = pass;
    this.groupLevels = groupLevels;
    arrays.add(new Cell("w", Role.WEIGHT, Granularity.WEIGHT));
    arrays.add(new Cell("g", Role.GRADIENT, Granularity.WEIGHT));
    hyperparameters.forEach(
        each -> scalars.add(new Cell(each.name(), Role.HYPERPARAMETER, Granularity.GROUP)));
    scalars.add(new Cell("step", Role.STEP, Granularity.GROUP));
    scalars.add(new Cell("samples", Role.SAMPLES, Granularity.GROUP));
    scalars.add(new Cell("last", Role.LAST, Granularity.GROUP));
  }

  int rows() {
    readsShape = true;
    return shape.rows();
  }

  int columns() {
    readsShape = true;
    return shape.columns();
  }

  int pass() {
    return pass;
  }

  Expression number() {
    return new Expression.Scalar(hyperparameters.size());
  }

  Expression samples() {
    return new Expression.Scalar(hyperparameters.size() + 1);
  }

  Expression last() {
    return new Expression.Scalar(hyperparameters.size() + 2);
  }

  Expression loss() {
    if (loss.isEmpty()) {
      loss = Optional.of(place("loss", Role.LOSS, Granularity.GROUP));
    }
    return loss.get();
  }

  /** What the hyper-parameters with a schedule are called: one, unless several share it. */
  @SuppressWarnings("ReferenceEquality") // a parameter is known by the object that it holds
  List<String> names(Schedule schedule) {
    List<String> names =
        names(hyperparameters.stream().filter(each -> each.schedule() == schedule));
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "no hyper-parameter has the schedule %s; there are %s"
              .formatted(schedule, names(hyperparameters.stream())));
    }
    return names;
  }

  private static List<String> names(Stream<Hyperparameter> hyperparameters) {
    return hyperparameters.map(Hyperparameter::name).toList();
  }

  Expression hyperparameter(String name) {
    List<String> names = names(hyperparameters.stream());
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no hyper-parameter \"" + name + "\" among " + names);
    }
    return new Expression.Scalar(index);
  }

  Expression slot(Slot slot) {
    Expression known = slots.get(slot);
    if (known != null) {
      return known;
    }
    if (slots.keySet().stream().anyMatch(other -> other.name().equals(slot.name()))) {
      throw new IllegalArgumentException("two slots \"" + slot.name() + "\"");
    }
    Expression expression = place(slot.name(), Role.SLOT, slot.granularity());
    slots.put(slot, expression);
    return expression;
  }

  /** A place for what is computed on the way, called by what it is and a number. */
  private Expression temporary(String what, Granularity granularity) {
    String name =
        Stream.iterate(1, i -> i + 1)
            .map(i -> what + "_" + i)
            .filter(each ->
                Stream.of(arrays, scalars)
                    .flatMap(List::stream)
                    .noneMatch(cell -> cell.name().equals(each)))
            .findFirst()
            .orElseThrow();
    return place(name, Role.TEMPORARY, granularity);
  }

  private Expression place(String name, Role role, Granularity granularity) {
    List<Cell> cells = granularity.isScalar() ? scalars : arrays;
    cells.add(new Cell(name, role, granularity));
    int index = cells.size() - 1;
    return granularity.isScalar() ? new Expression.Scalar(index) : new Expression.Operand(index);
  }

  private static int array(Expression expression) {
    return ((Expression.Operand) expression).array();
  }

  /** Pairs are copied whole, or one of several by numbers that all have in common. */
  private Expression pair(Expression value) {
    requirePair(value, Collections.newSetFromMap(new IdentityHashMap<>()));
    return value;
  }

  private void requirePair(Expression value, Set<Expression> seen) {
    switch (value) {
      case Expression.Operand _ -> {}
      case Expression.IfLess _ when !seen.add(value) -> {}
      case Expression.IfLess(
              Expression left,
              Expression right,
              Expression then,
              Expression otherwise) -> {
        requireScalar("what decides over pairs", left);
        requireScalar("what decides over pairs", right);
        requirePair(then, seen);
        requirePair(otherwise, seen);
      }
      default ->
          throw new IllegalArgumentException(
              "a slot of pairs holds what a matrix function computed");
    }
  }

  private Granularity granularity(Expression expression) {
    Granularity known = granularities.get(expression);
    if (known == null) {
      known =
          switch (expression) {
            case Expression.Operand(int array) -> arrays.get(array).granularity();
            case Expression.Scalar(int index) -> scalars.get(index).granularity();
            default ->
                expression.operands().stream()
                    .map(this::granularity)
                    .reduce(Granularity.GROUP, Granularity::join);
          };
      granularities.put(expression, known);
    }
    return known;
  }

  private int level(Expression expression) {
    Integer known = levels.get(expression);
    if (known == null) {
      known =
          expression.operands().stream()
              .mapToInt(this::level)
              .max()
              .orElseGet(() -> knownFrom(expression));
      levels.put(expression, known);
    }
    return known;
  }

  private int knownFrom(Expression expression) {
    return expression instanceof Expression.Constant ? 0 : knownFrom.getOrDefault(expression, 0);
  }

  private Stages at(int level) {
    return stages.computeIfAbsent(level, _ -> new Stages());
  }

  Expression reduce(Kind kind, Granularity over, Expression of, boolean overGroups) {
    Granularity from = granularity(of);
    boolean down =
        switch (over) {
          case ROW, COLUMN -> from == Granularity.WEIGHT;
          case PARAMETER ->
              from == Granularity.WEIGHT || from == Granularity.ROW || from == Granularity.COLUMN;
          case GROUP -> from != Granularity.GROUP && !from.isPair();
          case WEIGHT, ROW_PAIR, COLUMN_PAIR -> false;
        };
    if (!down) {
      throw new IllegalArgumentException(
          "no %s over a %s of numbers of a %s"
              .formatted(kind.name().toLowerCase(Locale.ROOT), over, from));
    }
    int level = over == Granularity.GROUP ? groupLevel(level(of)) : level(of);
    Stages stage = at(level);
    Expression target = temporary(kind.name().toLowerCase(Locale.ROOT), over);
    if (target instanceof Expression.Scalar(int index)) {
      stage
          .toScalars
          .computeIfAbsent(from, _ -> new ArrayList<>())
          .add(new ToScalar(kind, over, of, index, overGroups));
    } else {
      int terms = array(temporary("terms", Granularity.WEIGHT));
      stage.toArrays.add(new ToArray(kind, over, of, terms, array(target)));
      output(stage, Granularity.WEIGHT, terms, of);
    }
    knownFrom.put(target, level + 1);
    return target;
  }

  private int groupLevel(int least) {
    int index = groupLevelsSoFar.size();
    int level = Math.max(least, index < groupLevels.size() ? groupLevels.get(index) : 0);
    groupLevelsSoFar.add(level);
    return level;
  }

  private static void output(Stages stage, Granularity granularity, int array, Expression value) {
    stage
        .outputs
        .computeIfAbsent(granularity, _ -> new ArrayList<>())
        .add(new KernelSpec.Output(array, value));
  }

  int count(Granularity over, Expression of) {
    readsShape = true;
    Granularity from = granularity(of);
    return switch (over) {
      case ROW -> shape.columns();
      case COLUMN -> shape.rows();
      case PARAMETER ->
          from.rows(shape.rows(), shape.columns()) * from.columns(shape.rows(), shape.columns());
      default -> throw new IllegalArgumentException("no mean over a " + over);
    };
  }

  List<Expression> matrices(
      MatrixFunction function, List<Expression> matrices, List<Expression> numbers) {
    int level =
        Math.max(
            matrices.stream().mapToInt(this::level).max().orElse(0),
            numbers.stream().mapToInt(this::level).max().orElse(0));
    Stages stage = at(level);
    List<Integer> inputs = new ArrayList<>();
    for (Expression expression : matrices) {
      if (granularity(expression) != Granularity.WEIGHT && !granularity(expression).isPair()) {
        throw new IllegalArgumentException(
            "a matrix function reads numbers of weights and of pairs, not of a "
                + granularity(expression));
      }
      if (expression instanceof Expression.Operand(int array)) {
        inputs.add(array);
      } else {
        int array = array(temporary("input", Granularity.WEIGHT));
        output(stage, Granularity.WEIGHT, array, expression);
        inputs.add(array);
      }
    }
    numbers.forEach(expression -> requireScalar("a number of a matrix function", expression));
    List<Expression> results =
        function.results().stream().map(each -> temporary("result", each)).toList();
    results.forEach(expression -> knownFrom.put(expression, level + 1));
    stage.calls.add(
        new MatrixCall(
            function, inputs, numbers, results.stream().map(RuleBuilder::array).toList()));
    return results;
  }

  Expression noise() {
    Expression expression = temporary("noise", Granularity.WEIGHT);
    at(0).noises.add(array(expression));
    knownFrom.put(expression, 1);
    return expression;
  }

  void evaluateWith(int depth, Expression value) {
    if (level(value) > 0) {
      throw new IllegalArgumentException("weights to evaluate with are not computed from sums");
    }
    if (evaluated.putIfAbsent(depth, value) != null) {
      throw new IllegalArgumentException("two kinds of weights to evaluate with");
    }
  }

  /** What a slot that takes a value where {@code left < right} holds. */
  Expression ifLess(Expression left, Expression right, Slot slot, Expression value) {
    Granularity where = granularity(left).join(granularity(right));
    Granularity granularity = slot.granularity();
    boolean number =
        where.isScalar() || (!granularity.isPair() && granularity.join(where) == granularity);
    return number ? left.ifLess(right, value, slot(slot)) : value;
  }

  void report(String name, Expression value) {
    requireScalar("what is reported as " + name, value);
    reports.put(name, value);
  }

  private void requireScalar(String what, Expression expression) {
    if (!granularity(expression).isScalar()) {
      throw new IllegalArgumentException(
          what + " must be scalar, not one for each " + granularity(expression));
    }
  }

  /** The program of the step that was described. */
  UpdateProgram program(Expression weight, Map<Slot, Expression> stored) {
    granularity(weight);
    Store store = store(weight, stored);
    return new UpdateProgram(
        new Memory(arrays, scalars, slots),
        IntStream.range(0, stages.isEmpty() ? 0 : stages.lastKey() + 1)
            .mapToObj(level -> level(at(level)))
            .toList(),
        store,
        reports,
        evaluated.values().stream()
            .map(value ->
                pass(
                    Granularity.WEIGHT,
                    List.of(new KernelSpec.Output(Memory.WEIGHT, value)),
                    List.of(),
                    List.of()))
            .findFirst(),
        List.copyOf(groupLevelsSoFar),
        readsShape);
  }

  private Store store(Expression weight, Map<Slot, Expression> stored) {
    Map<Granularity, List<KernelSpec.Output>> outputs = new LinkedHashMap<>();
    outputs.put(
        Granularity.WEIGHT, new ArrayList<>(List.of(new KernelSpec.Output(Memory.WEIGHT, weight))));
    Map<Integer, Expression> matrices = new LinkedHashMap<>();
    Map<Integer, Expression> numbers = new LinkedHashMap<>();
    stored.forEach((slot, value) -> {
      Expression place = slot(slot);
      Granularity granularity = slot.granularity();
      if (granularity.join(granularity(value)) != granularity) {
        throw new IllegalArgumentException(
            "slot \"%s\", one number for each %s, cannot hold one for each %s"
                .formatted(slot.name(), granularity, granularity(value)));
      }
      switch (place) {
        case Expression.Scalar(int index) -> numbers.put(index, value);
        case Expression.Operand(int array) when granularity.isPair() ->
            matrices.put(array, pair(value));
        case Expression.Operand(int array) ->
            outputs
                .computeIfAbsent(granularity, _ -> new ArrayList<>())
                .add(new KernelSpec.Output(array, value));
        default -> throw new AssertionError(place);
      }
    });
    return new Store(passes(outputs, Map.of(), List.of()), matrices, numbers);
  }

  private Level level(Stages stage) {
    return new Level(
        List.copyOf(stage.noises),
        passes(stage.outputs, stage.toScalars, stage.toArrays),
        List.copyOf(stage.calls));
  }

  /** A pass for each granularity, numbers of weights first. */
  private List<Pass> passes(
      Map<Granularity, List<KernelSpec.Output>> outputs,
      Map<Granularity, List<ToScalar>> toScalars,
      List<ToArray> toArrays) {
    Set<Granularity> granularities = new TreeSet<>(outputs.keySet());
    granularities.addAll(toScalars.keySet());
    return granularities.stream()
        .map(granularity ->
            pass(
                granularity,
                outputs.getOrDefault(granularity, List.of()),
                toScalars.getOrDefault(granularity, List.of()),
                granularity == Granularity.WEIGHT ? toArrays : List.of()))
        .toList();
  }

  /** Numbers that are reduced at once go to arrays behind those of the memory. */
  private Pass pass(
      Granularity granularity,
      List<KernelSpec.Output> outputs,
      List<ToScalar> toScalars,
      List<ToArray> toArrays) {
    List<KernelSpec.Output> all = new ArrayList<>(outputs);
    int array = arrays.size();
    for (ToScalar reduction : toScalars) {
      all.add(new KernelSpec.Output(array++, reduction.of()));
    }
    Set<Integer> read = new TreeSet<>();
    Set<Expression> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    all.forEach(output -> collect(output.value(), read, seen));
    List<Integer> spread =
        read.stream().filter(index -> arrays.get(index).granularity() != granularity).toList();
    return new Pass(
        granularity,
        new KernelSpec(array, scalars.size(), all),
        spread,
        List.copyOf(toScalars),
        List.copyOf(toArrays));
  }

  private static void collect(Expression expression, Set<Integer> read, Set<Expression> seen) {
    if (seen.add(expression)) {
      if (expression instanceof Expression.Operand(int array)) {
        read.add(array);
      }
      expression.operands().forEach(each -> collect(each, read, seen));
    }
  }
}
