package dev.anneal.api.optimizer;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Map;

/**
 * One step of an optimizer as its rule describes it: what it reads, as {@linkplain Expression
 * expressions}, and what it stores. Everything is read as it was before the step, even what the
 * step stores.
 *
 * <pre>{@code
 * Slot VELOCITY = new Slot("velocity");
 *
 * public void step(StepBuilder step) {
 *   Expression v = step.hyperparameter(momentum).fma(step.slot(VELOCITY), step.gradient());
 *   step.set(VELOCITY, v);
 *   step.setWeight(step.learningRate().negate().fma(v, step.weight()));
 * }
 * }</pre>
 *
 * <p>An elementwise rule runs in one pass over memory; where it can, that pass is fused into the
 * product that computes the gradient. {@linkplain #sum Sums} cost another pass, which computes the
 * terms; the pass that stores computes them again, since that is cheaper than keeping them.
 */
public interface StepBuilder {
  /**
   * The rows of the parameter, a matrix [rows x columns] that inputs are multiplied with from the
   * left: a row for each input of a dense layer.
   *
   * @return 1 for a bias
   */
  int rows();

  /**
   * The columns of the parameter.
   *
   * @return at least 1
   */
  int columns();

  /**
   * The index of the gradient that is described, for a rule that takes several per step.
   *
   * @return 0 for the first
   */
  int pass();

  /**
   * The weight.
   *
   * @return an expression
   */
  Expression weight();

  /**
   * The gradient of the loss, averaged over the batch.
   *
   * @return an expression
   */
  Expression gradient();

  /**
   * A hyper-parameter.
   *
   * @param parameter the schedule of a parameter: the very object that the optimizer holds
   * @return a scalar expression
   * @throws IllegalArgumentException if the optimizer does not list it
   */
  Expression hyperparameter(Schedule parameter);

  /**
   * A hyper-parameter by its name. For those that an optimizer around this one may replace, and for
   * schedules that are not listed as the optimizer holds them.
   *
   * @param name its name
   * @return a scalar expression
   * @throws IllegalArgumentException if the optimizer does not list it
   */
  Expression hyperparameter(String name);

  /**
   * The learning rate.
   *
   * @return a scalar expression
   */
  default Expression learningRate() {
    return hyperparameter(Optimizer.LEARNING_RATE);
  }

  /**
   * The number of this step, 1 for the first.
   *
   * @return a scalar expression
   */
  Expression number();

  /**
   * How many samples the gradient is the mean of: fewer in the last batch of an epoch. Within an
   * optimizer that passes on the mean of several gradients, those of the last one.
   *
   * @return a scalar expression, at least 1
   */
  Expression samples();

  /**
   * Whether this is the last update that the run is planned to make. A rule that has put something
   * off does it now. A run that is stopped before has no such update.
   *
   * @return a scalar expression, 1 or 0
   */
  Expression last();

  /**
   * The value of a slot before the step.
   *
   * @param slot one of this rule's
   * @return an expression of the slot's granularity
   */
  Expression slot(Slot slot);

  /**
   * The sum of some numbers.
   *
   * @param over how many results: one sum per row, column, parameter or group. For per-weight
   *     numbers {@link Granularity#ROW}, {@link Granularity#COLUMN}, {@link Granularity#PARAMETER}
   *     or {@link Granularity#GROUP}; for per-row, per-column and per-parameter numbers one of the
   *     last two
   * @param of the numbers
   * @return an expression of that granularity
   * @throws IllegalArgumentException for any other granularity
   */
  Expression sum(Granularity over, Expression of);

  /**
   * The sum of some numbers over all parameters that are trained at the update, in whatever group:
   * the first such sums of all their rules make one number, and so do the second.
   *
   * @param of numbers per weight, row, column or parameter
   * @return an expression of granularity {@link Granularity#GROUP}
   */
  Expression sumOverGroups(Expression of);

  /**
   * The mean of some numbers.
   *
   * @param over as in {@link #sum}, but not {@link Granularity#GROUP}
   * @param of the numbers
   * @return an expression of that granularity
   * @throws IllegalArgumentException for any other granularity
   */
  Expression mean(Granularity over, Expression of);

  /**
   * The largest of some numbers.
   *
   * @param over as in {@link #sum}
   * @param of the numbers
   * @return an expression of that granularity; NaN where there is one among the numbers
   * @throws IllegalArgumentException for any other granularity
   */
  Expression max(Granularity over, Expression of);

  /**
   * The mean loss of the batch that the gradient was computed from.
   *
   * @return a scalar expression
   */
  Expression loss();

  /**
   * The results of a matrix function.
   *
   * @param function the function
   * @param matrices its inputs: per-weight expressions, or slots over pairs of rows or of columns
   * @param numbers its numbers, scalar expressions
   * @return expressions of the granularities that it declares
   */
  List<Expression> matrices(
      MatrixFunction function, List<Expression> matrices, List<Expression> numbers);

  /**
   * A random number for each weight, from the standard normal distribution: another at each step.
   *
   * @return an expression
   */
  Expression noise();

  /**
   * Sets the weight after the step.
   *
   * @param value an expression
   */
  void setWeight(Expression value);

  /**
   * Sets a slot after the step. A slot that a step does not set keeps its value.
   *
   * @param slot the slot
   * @param value an expression of its granularity, or of a coarser one
   */
  void set(Slot slot, Expression value);

  /**
   * Sets the weights to evaluate the model with, where they differ from those that are trained: an
   * average, for example. Only the last pass may set them; of nested rules, the outermost that does
   * counts.
   *
   * @param value of the weight, the slots and the hyper-parameters after the step
   */
  void evaluateWith(Expression value);

  /**
   * Reports a number of this step as a diagnostic, such as the factor that a gradient was clipped
   * by.
   *
   * @param name in snake case
   * @param value a scalar expression
   */
  void report(String name, Expression value);

  /**
   * The step of another optimizer, whose hyper-parameters this one lists among its own. Its slots
   * are separate from this rule's.
   *
   * @param inner the other optimizer
   * @param weight the weight that it reads
   * @param gradient the gradient that it reads
   * @param number the number of the step that it reads
   * @return what it would store
   */
  Inner inner(Optimizer inner, Expression weight, Expression gradient, Expression number);

  /**
   * The step of another optimizer that reads other hyper-parameters than it lists.
   *
   * @param inner the other optimizer
   * @param weight the weight that it reads
   * @param gradient the gradient that it reads
   * @param number the number of the step that it reads
   * @param instead values in place of some of its hyper-parameters, by name: scalar expressions
   * @return what it would store
   */
  Inner inner(
      Optimizer inner,
      Expression weight,
      Expression gradient,
      Expression number,
      Map<String, Expression> instead);

  /**
   * Takes the step of another optimizer along another gradient, and stores all that it keeps: what
   * a rule around another does that changes no more than the gradient, or goes on from the new
   * weight.
   *
   * <pre>{@code
   * Expression clipped = step.gradient().max(bound.negate()).min(bound);
   * step.setWeight(step.take(optimizer, clipped));
   * }</pre>
   *
   * @param inner the other optimizer
   * @param gradient the gradient that it reads
   * @return the weight after its step, which is not set yet
   */
  default Expression take(Optimizer inner, Expression gradient) {
    Inner taken = inner(inner, weight(), gradient, number());
    taken.store();
    return taken.weight();
  }

  /** The step of an optimizer within another's: nothing is stored until {@link #store} says so. */
  interface Inner {
    /**
     * The weight after the step.
     *
     * @return an expression
     */
    Expression weight();

    /** Stores the optimizer's slots. */
    void store();

    /**
     * Stores the optimizer's slots where {@code left < right}; elsewhere they stay as they are.
     * Where the comparison differs from row to row, say, slots that are not per row or per weight
     * are stored in any case.
     *
     * @param left an expression
     * @param right an expression
     */
    void storeIfLess(Expression left, Expression right);
  }
}
