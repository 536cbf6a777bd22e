package dev.anneal.core.optimize;

import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.PluginKind;
import java.util.List;

/**
 * How a gradient becomes a step: the hyper-parameters, each on its own schedule, and the rule that
 * reads them. Implementations are records and hold no state; what a rule remembers between steps
 * lies in its {@linkplain Slot slots}, which the engine keeps.
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
   * @return the hyper-parameters, in a fixed order
   */
  List<Hyperparameter> hyperparameters();

  /**
   * Describes a step. It is described once for each shape of a parameter, and then compiled.
   *
   * @param step what the rule reads, and where it says what to store
   */
  void step(Step step);

  /**
   * How many gradients a step takes, each at the weights that the pass before it left. Most rules
   * take one; a rule that takes more describes each pass ({@link Step#pass}).
   *
   * @return at least 1
   */
  default int passes() {
    return 1;
  }

  /**
   * The same optimizer with another schedule for its learning rate.
   *
   * @param schedule the new schedule
   * @return a copy
   */
  Optimizer withLearningRate(Schedule schedule);
}
