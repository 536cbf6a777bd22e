package dev.anneal.core.optimize;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.UpdateRule.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of an optimizer under construction: what the rule reads, as {@linkplain Lane lanes}, and
 * what it stores. All that is read is as it was before the step, whatever the step stores.
 *
 * <pre>{@code
 * Slot VELOCITY = new Slot("velocity");
 *
 * public void step(Step step) {
 *   Lane v = step.hyper("momentum").fma(step.slot(VELOCITY), step.gradient());
 *   step.set(VELOCITY, v);
 *   step.setWeight(step.hyper(LEARNING_RATE).negate().fma(v, step.weight()));
 * }
 * }</pre>
 *
 * <p>A rule that is elementwise runs in one pass over memory, where it can beside the product that
 * computes the gradient. {@linkplain #sum Sums} cost a pass more: it computes what is summed, and
 * the pass that stores computes it again, which is cheaper than to keep it.
 */
public final class Step {
  private final Trace trace;
  private final String prefix;
  private final Lane weight;
  private final Lane gradient;
  private final Lane number;
  private final Map<String, Lane> given;
  private final Map<Slot, Lane> stored = new LinkedHashMap<>();
  private Optional<Lane> newWeight = Optional.empty();

  Step(
      Trace trace,
      String prefix,
      Lane weight,
      Lane gradient,
      Lane number,
      Map<String, Lane> given) {
    this.trace = trace;
    this.prefix = prefix;
    this.weight = weight;
    this.gradient = gradient;
    this.number = number;
    this.given = given;
  }

  /**
   * The rows of the parameter, a matrix [rows x columns] that inputs are multiplied with from the
   * left: a row for each input of a dense layer.
   *
   * @return 1 for a bias
   */
  public int rows() {
    return trace.rows();
  }

  /**
   * The columns of the parameter.
   *
   * @return at least 1
   */
  public int columns() {
    return trace.columns();
  }

  /**
   * Which gradient of the step this is about, where it takes several.
   *
   * @return 0 for the first
   */
  public int pass() {
    return trace.pass();
  }

  /**
   * The weight.
   *
   * @return a lane
   */
  public Lane weight() {
    return weight;
  }

  /**
   * The gradient of the loss, averaged over the batch.
   *
   * @return a lane
   */
  public Lane gradient() {
    return gradient;
  }

  /**
   * A hyper-parameter.
   *
   * @param name its name
   * @return a uniform lane
   * @throws IllegalArgumentException if the optimizer does not declare it
   */
  public Lane hyper(String name) {
    Lane instead = given.get(name);
    return instead == null ? trace.hyper(name) : instead;
  }

  /**
   * The number of this step, 1 for the first.
   *
   * @return a uniform lane
   */
  public Lane number() {
    return number;
  }

  /**
   * What a slot holds.
   *
   * @param slot one that this rule keeps
   * @return a lane of the slot's extent
   */
  public Lane slot(Slot slot) {
    return trace.slot(own(slot));
  }

  /**
   * The sum of some numbers.
   *
   * @param over which of them go into one sum: for numbers of weights {@link Extent#ROW}, {@link
   *     Extent#COLUMN}, {@link Extent#PARAMETER} or {@link Extent#GROUP}; for numbers of rows or
   *     columns, or one of the parameter, one of the last two
   * @param of the numbers
   * @return a lane of that extent
   * @throws IllegalArgumentException for any other extent
   */
  public Lane sum(Extent over, Lane of) {
    return trace.reduce(Kind.SUM, over, of);
  }

  /**
   * The mean of some numbers.
   *
   * @param over as in {@link #sum}, but not {@link Extent#GROUP}
   * @param of the numbers
   * @return a lane of that extent
   * @throws IllegalArgumentException for any other extent
   */
  public Lane mean(Extent over, Lane of) {
    return sum(over, of).times(1.0 / trace.count(over, of));
  }

  /**
   * The largest of some numbers.
   *
   * @param over as in {@link #sum}
   * @param of the numbers
   * @return a lane of that extent; NaN where there is one among the numbers
   * @throws IllegalArgumentException for any other extent
   */
  public Lane max(Extent over, Lane of) {
    return trace.reduce(Kind.MAX, over, of);
  }

  /**
   * The mean loss of the batch that the gradient is from.
   *
   * @return a uniform lane
   */
  public Lane loss() {
    return trace.loss();
  }

  /**
   * What a function of matrices computes.
   *
   * @param function the function
   * @param matrices its inputs: lanes of extent {@link Extent#WEIGHT}, or slots of pairs
   * @param numbers its numbers, uniform lanes
   * @return lanes of the extents that it declares
   */
  public List<Lane> matrices(MatrixFunction function, List<Lane> matrices, List<Lane> numbers) {
    return trace.matrices(function, matrices, numbers);
  }

  /**
   * A random number for each weight, from the standard normal distribution: another at each step.
   *
   * @return a lane
   */
  public Lane noise() {
    return trace.noise();
  }

  /**
   * Says what the weight is after the step.
   *
   * @param value a lane
   */
  public void setWeight(Lane value) {
    if (newWeight.isPresent()) {
      throw new IllegalArgumentException("the weight is set twice");
    }
    newWeight = Optional.of(value);
  }

  /**
   * Says what a slot holds after the step. One that a step does not set stays as it is.
   *
   * @param slot the slot
   * @param value a lane of its extent, or of a narrower one
   */
  public void set(Slot slot, Lane value) {
    store(own(slot), value);
  }

  private void store(Slot slot, Lane value) {
    trace.slot(slot);
    if (stored.putIfAbsent(slot, value) != null) {
      throw new IllegalArgumentException("slot \"" + slot.name() + "\" is set twice");
    }
  }

  /**
   * Says which weights to measure the model with, where they are not the ones to train: an average,
   * for example. Only the last pass says so; of rules within one another, the outermost that does
   * is heard.
   *
   * @param value of the weight, the slots and the hyper-parameters after the step
   */
  public void evaluateWith(Lane value) {
    trace.evaluateWith(prefix.length(), value);
  }

  /**
   * Shows a number of this step to whoever looks on, such as the factor that a gradient was clipped
   * by.
   *
   * @param name in snake case
   * @param value a uniform lane
   */
  public void report(String name, Lane value) {
    trace.report(prefix + name, value);
  }

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
  public Inner inner(Optimizer inner, Lane weight, Lane gradient, Lane number) {
    return inner(inner, weight, gradient, number, Map.of());
  }

  /**
   * The step of another optimizer that reads other hyper-parameters than it lists.
   *
   * @param inner the other optimizer
   * @param weight what it takes for the weight
   * @param gradient what it takes for the gradient
   * @param number what it takes for the number of the step
   * @param instead what it takes for some hyper-parameters, by their names: uniform lanes
   * @return what it would store
   */
  public Inner inner(
      Optimizer inner, Lane weight, Lane gradient, Lane number, Map<String, Lane> instead) {
    Map<String, Lane> all = new HashMap<>(instead);
    all.putAll(given);
    Step step = new Step(trace, prefix + "inner.", weight, gradient, number, all);
    inner.step(step);
    return new Inner(this, step.newWeight(), step.stored);
  }

  Lane newWeight() {
    return newWeight.orElseThrow(
        () -> new IllegalArgumentException("a step says what the weight is after it"));
  }

  Map<Slot, Lane> stored() {
    return stored;
  }

  private Slot own(Slot slot) {
    return prefix.isEmpty() ? slot : new Slot(prefix + slot.name(), slot.extent(), slot.initial());
  }

  /** The step of an optimizer within another's: nothing is stored until {@link #keep} says so. */
  public static final class Inner {
    private final Step outer;
    private final Lane weight;
    private final Map<Slot, Lane> slots;

    private Inner(Step outer, Lane weight, Map<Slot, Lane> slots) {
      this.outer = outer;
      this.weight = weight;
      this.slots = slots;
    }

    /**
     * The weight after the step.
     *
     * @return a lane
     */
    public Lane weight() {
      return weight;
    }

    /** Stores the optimizer's slots. */
    public void keep() {
      slots.forEach(outer::store);
    }

    /**
     * Stores the optimizer's slots where {@code left < right}; elsewhere they stay as they are.
     * Where the two differ from row to row, say, slots that have no number for each row are stored
     * in any case.
     *
     * @param left a lane
     * @param right a lane
     */
    public void keepIfLess(Lane left, Lane right) {
      slots.forEach(
          (slot, value) -> outer.store(slot, outer.trace.ifLess(left, right, slot, value)));
    }
  }
}
