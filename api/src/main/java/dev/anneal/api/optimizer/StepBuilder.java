package dev.anneal.api.optimizer;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Map;

/**
 * One step of an optimizer as its rule describes it: what it reads, as {@linkplain Expression
 * expressions}, and what it stores. All that is read is as it was before the step, whatever the
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
 * <p>A rule that is elementwise runs in one pass over memory, where it can beside the product that
 * computes the gradient. {@linkplain #sum Sums} cost a pass more: it computes what is summed, and
 * the pass that stores computes it again, which is cheaper than to keep it.
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
   * Which gradient of the step this is about, where it takes several.
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
   * A hyper-parameter by its name. This is for those that another optimizer may take the place of,
   * and for schedules that are not listed as the optimizer holds them.
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
   * What a slot holds.
   *
   * @param slot one that this rule keeps
   * @return an expression of the slot's granularity
   */
  Expression slot(Slot slot);

  /**
   * The sum of some numbers.
   *
   * @param over which of them go into one sum: for numbers of weights {@link Granularity#ROW},
   *     {@link Granularity#COLUMN}, {@link Granularity#PARAMETER} or {@link Granularity#GROUP}; for
   *     numbers of rows or columns, or one of the parameter, one of the last two
   * @param of the numbers
   * @return an expression of that granularity
   * @throws IllegalArgumentException for any other granularity
   */
  Expression sum(Granularity over, Expression of);

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
   * The mean loss of the batch that the gradient is from.
   *
   * @return a scalar expression
   */
  Expression loss();

  /**
   * What a function of matrices computes.
   *
   * @param function the function
   * @param matrices its inputs: expressions of granularity {@link Granularity#WEIGHT}, or slots of
   *     pairs
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
   * Says what the weight is after the step.
   *
   * @param value an expression
   */
  void setWeight(Expression value);

  /**
   * Says what a slot holds after the step. One that a step does not set stays as it is.
   *
   * @param slot the slot
   * @param value an expression of its granularity, or of a narrower one
   */
  void set(Slot slot, Expression value);

  /**
   * Says which weights to measure the model with, where they are not the ones to train: an average,
   * for example. Only the last pass says so; of rules within one another, the outermost that does
   * is heard.
   *
   * @param value of the weight, the slots and the hyper-parameters after the step
   */
  void evaluateWith(Expression value);

  /**
   * Shows a number of this step to whoever looks on, such as the factor that a gradient was clipped
   * by.
   *
   * @param name in snake case
   * @param value a scalar expression
   */
  void report(String name, Expression value);

  /**
   * The step of another optimizer, whose hyper-parameters this one lists among its own. Its slots
   * are kept apart from this rule's.
   *
   * @param inner the other optimizer
   * @param weight what it takes for the weight
   * @param gradient what it takes for the gradient
   * @param number what it takes for the number of the step
   * @return what it would store
   */
  Inner inner(Optimizer inner, Expression weight, Expression gradient, Expression number);

  /**
   * The step of another optimizer that reads other hyper-parameters than it lists.
   *
   * @param inner the other optimizer
   * @param weight what it takes for the weight
   * @param gradient what it takes for the gradient
   * @param number what it takes for the number of the step
   * @param instead what it takes for some hyper-parameters, by their names: scalar expressions
   * @return what it would store
   */
  Inner inner(
      Optimizer inner,
      Expression weight,
      Expression gradient,
      Expression number,
      Map<String, Expression> instead);

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
     * Where the two differ from row to row, say, slots that have no number for each row are stored
     * in any case.
     *
     * @param left an expression
     * @param right an expression
     */
    void storeIfLess(Expression left, Expression right);
  }
}
