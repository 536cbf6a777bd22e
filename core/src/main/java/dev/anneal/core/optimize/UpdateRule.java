package dev.anneal.core.optimize;

import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An optimizer's arithmetic for one element, as a formula. Array 0 of the formula is the weights,
 * array 1 the gradient, then the slots in the order declared. Uniforms are the hyper-parameters in
 * the order declared, then the number of the step, counted from 1, then the scalars.
 *
 * <p>Who runs a rule keeps the slots, each filled with its {@link Slot#initial}, and one array of
 * {@link #uniforms}. A step writes the hyper-parameters and the number into that array, runs the
 * formula over all elements, and {@link #advance advances} the scalars.
 *
 * @param slots the state kept for each weight
 * @param scalars the state kept once for all weights
 * @param formula the formula
 */
public record UpdateRule(List<Slot> slots, List<Scalar> scalars, Formula formula) {

  /**
   * A number that a rule keeps from step to step, the same for all elements.
   *
   * @param name its name, unique in the rule
   * @param initial its value at the first step
   * @param next its value at the step after, from the uniforms of a step
   */
  public record Scalar(String name, double initial, Lane next) {}

  /** Copies the lists. */
  public UpdateRule {
    slots = List.copyOf(slots);
    scalars = List.copyOf(scalars);
  }

  /**
   * Writes a rule for an optimizer.
   *
   * @param hyperparameters what the rule reads at each step, in the order of its uniforms
   * @param slots the state it keeps for each weight
   * @param body describes one step
   * @return the rule
   */
  public static UpdateRule of(
      List<Hyperparameter> hyperparameters, List<Slot> slots, Consumer<Step> body) {
    List<String> names = hyperparameters.stream().map(Hyperparameter::name).toList();
    Step step = new Step(names, slots.stream().map(Slot::name).toList());
    body.accept(step);
    List<Scalar> scalars = List.copyOf(step.scalars.values());
    int uniforms = names.size() + 1 + scalars.size();
    return new UpdateRule(slots, scalars, new Formula(2 + slots.size(), uniforms, step.outputs));
  }

  /**
   * The names of the slots.
   *
   * @return the names, in the order declared
   */
  public List<String> slotNames() {
    return slots.stream().map(Slot::name).toList();
  }

  /**
   * The uniforms of the first step, with room for the hyper-parameters and the number of the step
   * in front of the scalars. The array ends in room that {@link #advance} works in.
   *
   * @return a new array
   */
  public double[] uniforms() {
    double[] uniforms = new double[formula.uniforms() + scalars.size()];
    for (int i = 0; i < scalars.size(); i++) {
      uniforms[formula.uniforms() - scalars.size() + i] = scalars.get(i).initial;
    }
    return uniforms;
  }

  /**
   * Replaces the scalars of a step by those of the next, in double precision. Allocates nothing.
   *
   * @param uniforms those of the step, in an array that {@link #uniforms} made
   */
  public void advance(double[] uniforms) {
    int next = formula.uniforms();
    for (int i = 0; i < scalars.size(); i++) {
      uniforms[next + i] = Kernels.evaluate(scalars.get(i).next, uniforms);
    }
    System.arraycopy(uniforms, next, uniforms, next - scalars.size(), scalars.size());
  }

  /** One step of a rule under construction: what it reads and what it stores. */
  public static final class Step {
    private final List<String> hyperparameters;
    private final List<String> slots;
    private final List<Formula.Output> outputs = new ArrayList<>();
    private final Map<String, Scalar> scalars = new LinkedHashMap<>();

    private Step(List<String> hyperparameters, List<String> slots) {
      this.hyperparameters = hyperparameters;
      this.slots = slots;
    }

    /**
     * The weight before the step.
     *
     * @return a lane
     */
    public Lane weight() {
      return new Lane.Element(0);
    }

    /**
     * The gradient of the loss, averaged over the batch.
     *
     * @return a lane
     */
    public Lane gradient() {
      return new Lane.Element(1);
    }

    /**
     * A slot before the step.
     *
     * @param name its name
     * @return a lane
     */
    public Lane slot(String name) {
      return new Lane.Element(2 + index(slots, name, "slot"));
    }

    /**
     * A hyper-parameter at this step.
     *
     * @param name its name
     * @return a uniform lane
     */
    public Lane hyper(String name) {
      return new Lane.Uniform(index(hyperparameters, name, "hyper-parameter"));
    }

    /**
     * The number of this step, 1 for the first.
     *
     * @return a uniform lane
     */
    public Lane number() {
      return new Lane.Uniform(hyperparameters.size());
    }

    /**
     * Declares a number that the rule keeps from step to step, the same for all elements.
     *
     * @param name its name, unique in the rule
     * @param initial its value at the first step
     * @param next its value at the step after, of the one at a step and of other uniforms
     * @return its value at a step, a uniform lane
     */
    public Lane scalar(String name, double initial, UnaryOperator<Lane> next) {
      Lane now = new Lane.Uniform(hyperparameters.size() + 1 + scalars.size());
      if (scalars.putIfAbsent(name, new Scalar(name, initial, next.apply(now))) != null) {
        throw new IllegalArgumentException("two scalars \"" + name + "\"");
      }
      return now;
    }

    /**
     * Stores the weight after the step.
     *
     * @param value its new value
     */
    public void setWeight(Lane value) {
      outputs.add(new Formula.Output(0, value));
    }

    /**
     * Stores a slot after the step.
     *
     * @param name its name
     * @param value its new value
     */
    public void setSlot(String name, Lane value) {
      outputs.add(new Formula.Output(2 + index(slots, name, "slot"), value));
    }

    private static int index(List<String> names, String name, String kind) {
      int index = names.indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException("no " + kind + " \"" + name + "\" among " + names);
      }
      return index;
    }
  }
}
