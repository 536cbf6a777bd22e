package dev.anneal.core.optimize;

import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.UpdateRule.Kind;
import dev.anneal.core.optimize.UpdateRule.Level;
import dev.anneal.core.optimize.UpdateRule.MatrixCall;
import dev.anneal.core.optimize.UpdateRule.Pass;
import dev.anneal.core.optimize.UpdateRule.Reduction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a rule uses, written down while its step is described: arrays and uniforms with their
 * numbers, and what must be computed before the weights can be stored. What depends on a sum or on
 * a function of matrices is a level above it.
 */
final class Trace {
  private final List<String> hyperparameters;
  private final int rows;
  private final int columns;
  private final int pass;

  private final List<Extent> arrays = new ArrayList<>(List.of(Extent.WEIGHT, Extent.WEIGHT));
  private final List<Extent> uniforms = new ArrayList<>();
  private final Map<Slot, Lane> slots = new LinkedHashMap<>();
  private final Map<String, Lane> reports = new LinkedHashMap<>();

  /** By how deep within other rules it was said. */
  private final TreeMap<Integer, Lane> evaluated = new TreeMap<>();

  private final TreeMap<Integer, Stages> stages = new TreeMap<>();
  private final IdentityHashMap<Lane, Extent> extents = new IdentityHashMap<>();
  private final IdentityHashMap<Lane, Integer> levels = new IdentityHashMap<>();

  /** By the element or uniform that a stage computes: from which level on it is known. */
  private final Map<Lane, Integer> knownFrom = new LinkedHashMap<>();

  /** For each reduction over the group, in the order described, the level that it waits for. */
  private final List<Integer> groupLevels;

  private final List<Integer> groupLevelsSoFar = new ArrayList<>();
  private boolean shaped;
  private int loss = -1;

  /** What is computed at a level. */
  private static final class Stages {
    final Map<Extent, List<Formula.Output>> outputs = new LinkedHashMap<>();
    final Map<Extent, List<Reduction>> reductions = new LinkedHashMap<>();
    final List<MatrixCall> calls = new ArrayList<>();
    final List<Integer> noises = new ArrayList<>();
  }

  Trace(List<String> hyperparameters, int rows, int columns, int pass, List<Integer> groupLevels) {
    this.groupLevels = groupLevels;
    this.hyperparameters = hyperparameters;
    this.rows = rows;
    this.columns = columns;
    this.pass = pass;
    hyperparameters.forEach(_ -> uniforms.add(Extent.GROUP));
    uniforms.add(Extent.GROUP);
  }

  int rows() {
    shaped = true;
    return rows;
  }

  int columns() {
    shaped = true;
    return columns;
  }

  int pass() {
    return pass;
  }

  Lane number() {
    return new Lane.Uniform(hyperparameters.size());
  }

  Lane loss() {
    if (loss < 0) {
      uniforms.add(Extent.GROUP);
      loss = uniforms.size() - 1;
    }
    return new Lane.Uniform(loss);
  }

  Lane hyper(String name) {
    int index = hyperparameters.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no hyper-parameter \"" + name + "\" among " + hyperparameters);
    }
    return new Lane.Uniform(index);
  }

  Lane slot(Slot slot) {
    Lane known = slots.get(slot);
    if (known != null) {
      return known;
    }
    if (slots.keySet().stream().anyMatch(other -> other.name().equals(slot.name()))) {
      throw new IllegalArgumentException("two slots \"" + slot.name() + "\"");
    }
    Lane lane = place(slot.extent());
    slots.put(slot, lane);
    return lane;
  }

  private Lane place(Extent extent) {
    if (extent.isUniform()) {
      uniforms.add(extent);
      return new Lane.Uniform(uniforms.size() - 1);
    }
    arrays.add(extent);
    return new Lane.Element(arrays.size() - 1);
  }

  private static int array(Lane lane) {
    return ((Lane.Element) lane).array();
  }

  /** Pairs are copied whole, or one of several by numbers that all have in common. */
  private Lane pair(Lane value) {
    switch (value) {
      case Lane.Element _ -> {}
      case Lane.IfLess(Lane left, Lane right, Lane then, Lane otherwise) -> {
        requireUniform("what decides over pairs", left);
        requireUniform("what decides over pairs", right);
        pair(then);
        pair(otherwise);
      }
      default ->
          throw new IllegalArgumentException(
              "a slot of pairs holds what a matrix function computed");
    }
    return value;
  }

  private Extent extent(Lane lane) {
    Extent known = extents.get(lane);
    if (known == null) {
      known =
          switch (lane) {
            case Lane.Element(int array) -> arrays.get(array);
            case Lane.Uniform(int index) -> uniforms.get(index);
            default ->
                lane.operands().stream().map(this::extent).reduce(Extent.GROUP, Extent::join);
          };
      extents.put(lane, known);
    }
    return known;
  }

  private int level(Lane lane) {
    Integer known = levels.get(lane);
    if (known == null) {
      known = lane.operands().stream().mapToInt(this::level).max().orElse(knownFrom(lane));
      levels.put(lane, known);
    }
    return known;
  }

  private int knownFrom(Lane lane) {
    return lane instanceof Lane.Constant ? 0 : knownFrom.getOrDefault(lane, 0);
  }

  private Stages at(int level) {
    return stages.computeIfAbsent(level, _ -> new Stages());
  }

  Lane reduce(Kind kind, Extent over, Lane of) {
    Extent from = extent(of);
    boolean down =
        switch (over) {
          case ROW, COLUMN -> from == Extent.WEIGHT;
          case PARAMETER -> from == Extent.WEIGHT || from == Extent.ROW || from == Extent.COLUMN;
          case GROUP -> from != Extent.GROUP && !from.isPair();
          case WEIGHT, ROW_PAIR, COLUMN_PAIR -> false;
        };
    if (!down) {
      throw new IllegalArgumentException(
          "no %s over a %s of numbers of a %s"
              .formatted(kind.name().toLowerCase(Locale.ROOT), over, from));
    }
    int level = over == Extent.GROUP ? groupLevel(level(of)) : level(of);
    // Numbers of rows and columns are added up when all are known; they wait in an array.
    Lane target = place(over);
    int waiting = over.isUniform() ? -1 : array(place(Extent.WEIGHT));
    Stages stage = at(level);
    stage
        .reductions
        .computeIfAbsent(from, _ -> new ArrayList<>())
        .add(new Reduction(kind, over, of, waiting, target));
    if (waiting >= 0) {
      output(stage, Extent.WEIGHT, waiting, of);
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

  private static void output(Stages stage, Extent extent, int array, Lane value) {
    stage
        .outputs
        .computeIfAbsent(extent, _ -> new ArrayList<>())
        .add(new Formula.Output(array, value));
  }

  int count(Extent over, Lane of) {
    shaped = true;
    Extent from = extent(of);
    return switch (over) {
      case ROW -> columns;
      case COLUMN -> rows;
      case PARAMETER -> from.rows(rows, columns) * from.columns(rows, columns);
      default -> throw new IllegalArgumentException("no mean over a " + over);
    };
  }

  List<Lane> matrices(MatrixFunction function, List<Lane> matrices, List<Lane> numbers) {
    int level =
        Math.max(
            matrices.stream().mapToInt(this::level).max().orElse(0),
            numbers.stream().mapToInt(this::level).max().orElse(0));
    Stages stage = at(level);
    List<Integer> inputs = new ArrayList<>();
    for (Lane lane : matrices) {
      if (extent(lane) != Extent.WEIGHT && !extent(lane).isPair()) {
        throw new IllegalArgumentException(
            "a matrix function reads numbers of weights and of pairs, not of a " + extent(lane));
      }
      if (lane instanceof Lane.Element(int array)) {
        inputs.add(array);
      } else {
        int array = array(place(Extent.WEIGHT));
        output(stage, Extent.WEIGHT, array, lane);
        inputs.add(array);
      }
    }
    numbers.forEach(lane -> requireUniform("a number of a matrix function", lane));
    List<Lane> results = function.results().stream().map(this::place).toList();
    results.forEach(lane -> knownFrom.put(lane, level + 1));
    stage.calls.add(
        new MatrixCall(function, inputs, numbers, results.stream().map(Trace::array).toList()));
    return results;
  }

  Lane noise() {
    Lane lane = place(Extent.WEIGHT);
    at(0).noises.add(array(lane));
    knownFrom.put(lane, 1);
    return lane;
  }

  void evaluateWith(int depth, Lane value) {
    if (level(value) > 0) {
      throw new IllegalArgumentException("weights to evaluate with are not computed from sums");
    }
    if (evaluated.putIfAbsent(depth, value) != null) {
      throw new IllegalArgumentException("two kinds of weights to evaluate with");
    }
  }

  /** What a slot that takes a value where {@code left < right} holds. */
  Lane ifLess(Lane left, Lane right, Slot slot, Lane value) {
    Extent where = extent(left).join(extent(right));
    Extent extent = slot.extent();
    boolean number = where.isUniform() || (!extent.isPair() && extent.join(where) == extent);
    return number ? left.ifLess(right, value, slot(slot)) : value;
  }

  void report(String name, Lane value) {
    requireUniform("what is reported as " + name, value);
    reports.put(name, value);
  }

  private void requireUniform(String what, Lane lane) {
    if (!extent(lane).isUniform()) {
      throw new IllegalArgumentException(
          what + " must be uniform, not one for each " + extent(lane));
    }
  }

  /** The rule of which the step was described. */
  UpdateRule rule(Lane weight, Map<Slot, Lane> stored) {
    Map<Extent, List<Formula.Output>> outputs = new LinkedHashMap<>();
    outputs.put(Extent.WEIGHT, new ArrayList<>(List.of(new Formula.Output(0, weight))));
    Map<Integer, Lane> copies = new LinkedHashMap<>();
    Map<Integer, Lane> scalars = new LinkedHashMap<>();
    extent(weight);
    stored.forEach((slot, value) -> {
      Lane place = slot(slot);
      Extent extent = slot.extent();
      if (extent.join(extent(value)) != extent) {
        throw new IllegalArgumentException(
            "slot \"%s\", one number for each %s, cannot hold one for each %s"
                .formatted(slot.name(), extent, extent(value)));
      }
      switch (place) {
        case Lane.Uniform(int index) -> scalars.put(index, value);
        case Lane.Element(int array) when extent.isPair() -> copies.put(array, pair(value));
        case Lane.Element(int array) ->
            outputs
                .computeIfAbsent(extent, _ -> new ArrayList<>())
                .add(new Formula.Output(array, value));
        default -> throw new AssertionError(place);
      }
    });
    Map<String, Lane> places = new LinkedHashMap<>();
    slots.forEach((slot, place) -> places.put(slot.name(), place));
    return new UpdateRule(
        List.copyOf(slots.keySet()),
        places,
        List.copyOf(arrays),
        hyperparameters.size(),
        uniforms.size(),
        IntStream.range(0, stages.isEmpty() ? 0 : stages.lastKey() + 1)
            .mapToObj(level -> level(at(level)))
            .toList(),
        passes(outputs, Map.of()),
        copies,
        scalars,
        reports,
        evaluated.values().stream()
            .map(lane -> pass(Extent.WEIGHT, List.of(new Formula.Output(0, lane)), List.of()))
            .findFirst(),
        shaped,
        loss,
        List.copyOf(groupLevelsSoFar));
  }

  private Level level(Stages stage) {
    return new Level(
        List.copyOf(stage.noises),
        passes(stage.outputs, stage.reductions),
        List.copyOf(stage.calls));
  }

  private List<Pass> passes(
      Map<Extent, List<Formula.Output>> outputs, Map<Extent, List<Reduction>> reductions) {
    Set<Extent> extents = new TreeSet<>(outputs.keySet());
    extents.addAll(reductions.keySet());
    return extents.stream()
        .map(extent ->
            pass(
                extent,
                outputs.getOrDefault(extent, List.of()),
                reductions.getOrDefault(extent, List.of())))
        .toList();
  }

  /** Numbers that are added up at once go to arrays behind those of the rule. */
  private Pass pass(Extent extent, List<Formula.Output> outputs, List<Reduction> reductions) {
    List<Formula.Output> all = new ArrayList<>(outputs);
    int array = arrays.size();
    for (Reduction reduction : reductions) {
      if (reduction.waiting() < 0) {
        all.add(new Formula.Output(array++, reduction.of()));
      }
    }
    Set<Integer> read = new TreeSet<>();
    Set<Lane> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    all.forEach(output -> collect(output.value(), read, seen));
    List<Integer> spread = read.stream().filter(index -> arrays.get(index) != extent).toList();
    return new Pass(extent, new Formula(array, uniforms.size(), all), spread, reductions);
  }

  private static void collect(Lane lane, Set<Integer> read, Set<Lane> seen) {
    if (seen.add(lane)) {
      if (lane instanceof Lane.Element(int array)) {
        read.add(array);
      }
      lane.operands().forEach(each -> collect(each, read, seen));
    }
  }
}
