package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.update.Reduction.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Passes on to a {@link RuleBuilder} what a rule says of its step. */
final class RecordedStep implements StepBuilder {
  private final RuleBuilder rule;
  private final String prefix;
  private final Expression weight;
  private final Expression gradient;
  private final Expression number;
  private final Map<String, Expression> given;
  private final Map<Slot, Expression> stored = new LinkedHashMap<>();
  private Optional<Expression> newWeight = Optional.empty();

  RecordedStep(
      RuleBuilder rule,
      String prefix,
      Expression weight,
      Expression gradient,
      Expression number,
      Map<String, Expression> given) {
    this.rule = rule;
    this.prefix = prefix;
    this.weight = weight;
    this.gradient = gradient;
    this.number = number;
    this.given = given;
  }

  @Override
  public int rows() {
    return rule.rows();
  }

  @Override
  public int columns() {
    return rule.columns();
  }

  @Override
  public int pass() {
    return rule.pass();
  }

  @Override
  public Expression weight() {
    return weight;
  }

  @Override
  public Expression gradient() {
    return gradient;
  }

  @Override
  public Expression hyperparameter(Schedule parameter) {
    List<String> names = rule.names(parameter);
    if (names.stream().map(given::get).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "%s have one schedule, and one of them is taken the place of: give each an object of its own"
              .formatted(names));
    }
    return hyperparameter(names.getFirst());
  }

  @Override
  public Expression hyperparameter(String name) {
    Expression instead = given.get(name);
    return instead == null ? rule.hyperparameter(name) : instead;
  }

  @Override
  public Expression number() {
    return number;
  }

  @Override
  public Expression samples() {
    return rule.samples();
  }

  @Override
  public Expression last() {
    return rule.last();
  }

  @Override
  public Expression slot(Slot slot) {
    return rule.slot(own(slot));
  }

  @Override
  public Expression sum(Granularity over, Expression of) {
    return rule.reduce(Kind.SUM, over, of, false);
  }

  @Override
  public Expression sumOverGroups(Expression of) {
    return rule.reduce(Kind.SUM, Granularity.GROUP, of, true);
  }

  @Override
  public Expression mean(Granularity over, Expression of) {
    return sum(over, of).times(1.0 / rule.count(over, of));
  }

  @Override
  public Expression max(Granularity over, Expression of) {
    return rule.reduce(Kind.MAX, over, of, false);
  }

  @Override
  public Expression loss() {
    return rule.loss();
  }

  @Override
  public List<Expression> matrices(
      MatrixFunction function, List<Expression> matrices, List<Expression> numbers) {
    return rule.matrices(function, matrices, numbers);
  }

  @Override
  public Expression noise() {
    return rule.noise();
  }

  @Override
  public void setWeight(Expression value) {
    if (newWeight.isPresent()) {
      throw new IllegalArgumentException("the weight is set twice");
    }
    newWeight = Optional.of(value);
  }

  @Override
  public void set(Slot slot, Expression value) {
    store(own(slot), value);
  }

  private void store(Slot slot, Expression value) {
    rule.slot(slot);
    if (stored.putIfAbsent(slot, value) != null) {
      throw new IllegalArgumentException("slot \"" + slot.name() + "\" is set twice");
    }
  }

  @Override
  public void evaluateWith(Expression value) {
    rule.evaluateWith(prefix.length(), value);
  }

  @Override
  public void report(String name, Expression value) {
    rule.report(prefix + name, value);
  }

  @Override
  public Inner inner(Optimizer inner, Expression weight, Expression gradient, Expression number) {
    return inner(inner, weight, gradient, number, Map.of());
  }

  @Override
  public Inner inner(
      Optimizer inner,
      Expression weight,
      Expression gradient,
      Expression number,
      Map<String, Expression> instead) {
    Map<String, Expression> all = new HashMap<>(instead);
    all.putAll(given);
    RecordedStep step = new RecordedStep(rule, prefix + "inner.", weight, gradient, number, all);
    inner.step(step);
    return new Stored(this, step.newWeight(), step.stored);
  }

  Expression newWeight() {
    return newWeight.orElseThrow(
        () -> new IllegalArgumentException("a step says what the weight is after it"));
  }

  Map<Slot, Expression> stored() {
    return stored;
  }

  private Slot own(Slot slot) {
    return prefix.isEmpty()
        ? slot
        : new Slot(prefix + slot.name(), slot.granularity(), slot.initial());
  }

  private record Stored(RecordedStep outer, Expression weight, Map<Slot, Expression> slots)
      implements Inner {
    @Override
    public void store() {
      slots.forEach(outer::store);
    }

    @Override
    public void storeIfLess(Expression left, Expression right) {
      slots.forEach(
          (slot, value) -> outer.store(slot, outer.rule.ifLess(left, right, slot, value)));
    }
  }
}
