package dev.anneal.api.optimizer;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.PluginKind;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

/**
 * How a gradient becomes a step: the hyper-parameters, each on its own schedule, and the rule that
 * reads them. Implementations are records and hold no state; the state of a rule between steps lies
 * in its {@linkplain Slot slots}, which the engine keeps.
 */
@PluginKind("optimizer")
public interface Optimizer {
  /** The hyper-parameter that every optimizer has. */
  String LEARNING_RATE = "learning_rate";

  /**
   * The numbers that the rule reads at each step, {@link #LEARNING_RATE} among them. The schedule
   * listed here is the one in force: where an optimizer modifies what it was given (as the legacy
   * {@code decay} does), the modified schedule is listed.
   *
   * @return the hyper-parameters, in a fixed order: by default those of the optimizers within this
   *     one, then its own parameters that are schedules
   * @throws InputException if a parameter is out of range
   */
  default List<Hyperparameter> hyperparameters() {
    return Hyperparameter.of(PluginType.check(this));
  }

  /**
   * Describes a step. It is described once for each shape of a parameter, and then compiled.
   *
   * @param step what the rule reads, and where it says what to store
   */
  void step(StepBuilder step);

  /**
   * How many gradients a step takes, each at the weights that the pass before it left. Most rules
   * take one; a rule that takes more describes each pass ({@link StepBuilder#pass}).
   *
   * @return at least 1; by default as many as the optimizer within this one
   */
  default int passes() {
    return PluginType.of((Object) this).isEmpty()
        ? 1
        : Hyperparameter.within(this).mapToInt(Optimizer::passes).max().orElse(1);
  }

  /**
   * How many batches go into a change of the weights, where not each of them causes one.
   *
   * @return at least 1; by default as many as with the optimizer within this one
   */
  default long batches() {
    return PluginType.of((Object) this).isEmpty()
        ? 1
        : Hyperparameter.within(this).mapToLong(Optimizer::batches).max().orElse(1);
  }

  /**
   * The same optimizer with another schedule for its learning rate.
   *
   * @param schedule the new schedule
   * @return a copy: by default with the parameter {@code learningRate} replaced, or that of the
   *     optimizer within this one
   */
  default Optimizer withLearningRate(Schedule schedule) {
    return Hyperparameter.withLearningRate(this, schedule);
  }
}
