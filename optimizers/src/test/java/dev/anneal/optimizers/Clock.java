package dev.anneal.optimizers;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Progress;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** What an optimizer's rule reads from step to step. */
final class Clock {
  private static final int PER_EPOCH = 10;

  private final List<Hyperparameter> hyperparameters;
  private final Map<String, IntToDoubleFunction> instead;
  private final double[] values;
  private int steps;

  /**
   * Starts at the first step.
   *
   * @param instead values of hyper-parameters by the number of the step, counted from 0
   */
  Clock(Optimizer optimizer, Map<String, IntToDoubleFunction> instead) {
    hyperparameters = optimizer.hyperparameters();
    this.instead = instead;
    values = new double[hyperparameters.size() + 1];
  }

  /** Goes to the next step. */
  double[] next() {
    Progress progress = Progress.at(steps, PER_EPOCH, 10_000);
    for (int i = 0; i < hyperparameters.size(); i++) {
      Hyperparameter each = hyperparameters.get(i);
      IntToDoubleFunction other = instead.get(each.name());
      values[i] = other == null ? each.schedule().at(progress) : other.applyAsDouble(steps);
    }
    values[hyperparameters.size()] = ++steps;
    return values;
  }

  int steps() {
    return steps;
  }

  /** Goes on where another clock was. */
  void moveTo(int step) {
    steps = step;
  }
}
