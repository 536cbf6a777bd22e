package dev.anneal.core.optimize;

import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An optimizer's arithmetic for one element, as a formula. Array 0 of the formula is the weights,
 * array 1 the gradient, then the slots in the order named. Uniforms are the hyper-parameters in the
 * order declared, then the number of the step, counted from 1.
 *
 * @param slots the names of the state kept for each weight, all zero before the first step
 * @param formula the formula
 */
public record UpdateRule(List<String> slots, Formula formula) {
  /** Copies the list. */
  public UpdateRule {
    slots = List.copyOf(slots);
  }

  /**
   * Writes a rule for an optimizer.
   *
   * @param hyperparameters what the rule reads at each step, in the order of its uniforms
   * @param slots the names of the state it keeps for each weight
   * @param body describes one step
   * @return the rule
   */
  public static UpdateRule of(
      List<Hyperparameter> hyperparameters, List<String> slots, Consumer<Step> body) {
    List<String> names = hyperparameters.stream().map(Hyperparameter::name).toList();
    Step step = new Step(names, List.copyOf(slots));
    body.accept(step);
    return new UpdateRule(slots, new Formula(2 + slots.size(), names.size() + 1, step.outputs));
  }

  /** One step of a rule under construction: what it reads and what it stores. */
  public static final class Step {
    private final List<String> hyperparameters;
    private final List<String> slots;
    private final List<Formula.Output> outputs = new ArrayList<>();

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
