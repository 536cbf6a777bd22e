package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An optimizer within another, and the hyper-parameters that the outer one adds. Where the inner
 * one has a name already, as with a clip in a clip, the outer one's is numbered.
 *
 * @param optimizer the inner one
 * @param own those of the outer one
 */
record Wrapped(Optimizer optimizer, List<Hyperparameter> own) {
  static Wrapped of(Optimizer optimizer, Hyperparameter... own) {
    return new Wrapped(optimizer, List.of(own));
  }

  /** The inner ones, then the outer ones. */
  List<Hyperparameter> hyperparameters() {
    List<Hyperparameter> all = new ArrayList<>(optimizer.hyperparameters());
    own.forEach(each -> all.add(new Hyperparameter(named(each.name()), each.schedule())));
    return all;
  }

  private String named(String name) {
    Set<String> taken =
        optimizer.hyperparameters().stream().map(Hyperparameter::name).collect(Collectors.toSet());
    return Stream.iterate(1, i -> i + 1)
        .map(i -> i == 1 ? name : name + "_" + i)
        .filter(each -> !taken.contains(each))
        .findFirst()
        .orElseThrow();
  }

  /** One of the outer ones. */
  Expression hyper(StepBuilder step, String name) {
    return step.hyperparameter(named(name));
  }

  /** The inner one's step along another gradient; all that it stores is kept. */
  Expression step(StepBuilder step, Expression gradient) {
    StepBuilder.Inner inner = step.inner(optimizer, step.weight(), gradient, step.number());
    inner.store();
    return inner.weight();
  }

  /** Whether this is about the last gradient of a step. */
  boolean isLast(StepBuilder step) {
    return step.pass() == optimizer.passes() - 1;
  }
}
