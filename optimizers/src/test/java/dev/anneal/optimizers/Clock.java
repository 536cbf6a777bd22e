package dev.anneal.optimizers;

import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.schedule.Progress;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** The uniforms of an optimizer's rule from step to step. */
final class Clock {
  private static final int PER_EPOCH = 10;

  private final List<Hyperparameter> hyperparameters;
  private final UpdateRule rule;
  private final Map<String, IntToDoubleFunction> instead;
  private final double[] uniforms;
  private int steps;

  /**
   * Starts at the first step.
   *
   * @param instead values of hyper-parameters by the number of the step, counted from 0
   */
  Clock(Optimizer optimizer, UpdateRule rule, Map<String, IntToDoubleFunction> instead) {
    hyperparameters = optimizer.hyperparameters();
    this.rule = rule;
    this.instead = instead;
    uniforms = rule.uniforms();
  }

  /** What the next step reads. */
  double[] next() {
    Progress progress = Progress.at(steps, PER_EPOCH, 10_000);
    for (int i = 0; i < hyperparameters.size(); i++) {
      Hyperparameter each = hyperparameters.get(i);
      IntToDoubleFunction other = instead.get(each.name());
      uniforms[i] = other == null ? each.schedule().at(progress) : other.applyAsDouble(steps);
    }
    uniforms[hyperparameters.size()] = ++steps;
    return uniforms;
  }

  /** Ends the step. */
  void advance() {
    rule.advance(uniforms);
  }

  /** The number of steps taken, then the scalars. */
  double[] state() {
    double[] state = new double[1 + rule.scalars().size()];
    System.arraycopy(uniforms, hyperparameters.size() + 1, state, 1, state.length - 1);
    state[0] = steps;
    return state;
  }

  /** Goes on where another clock was. */
  void restore(double[] state) {
    steps = (int) state[0];
    System.arraycopy(state, 1, uniforms, hyperparameters.size() + 1, state.length - 1);
  }
}
