package dev.anneal.experiments;

import dev.anneal.core.InputException;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.core.spec.Plugin;
import dev.anneal.nn.EarlyStopping;
import dev.anneal.nn.Mlp;
import java.util.Optional;

/**
 * All that decides the result of a run, but for the data itself. Equal experiments on equal data
 * end with the same bits.
 *
 * @param name what the user calls the run
 * @param model the network
 * @param optimizer how it is trained
 * @param epochs how often to go through the training samples, at least 1
 * @param batch samples for an update, at least 1
 * @param seed of all random numbers
 * @param stopping when to end earlier, if ever
 */
public record Experiment(
    String name,
    Mlp model,
    Optimizer optimizer,
    int epochs,
    int batch,
    long seed,
    Optional<EarlyStopping> stopping) {

  /** Checks the numbers. */
  public Experiment {
    if (epochs < 1) {
      throw new InputException("epochs must be at least 1, not " + epochs);
    }
    if (batch < 1) {
      throw new InputException("batch must be at least 1, not " + batch);
    }
  }

  /**
   * The learning rate in force over the run.
   *
   * @return the schedule that the optimizer reads
   */
  public Schedule learningRate() {
    return learningRate(optimizer);
  }

  /**
   * The learning rate in words.
   *
   * @return its specification, or a formula where an optimizer modifies it in a way that has none
   */
  public String schedule() {
    return describe(learningRate());
  }

  /**
   * The optimizer in words, but for its learning rate, which {@link #schedule} tells.
   *
   * @return its specification without {@code learning_rate}
   */
  public String optimizerWithoutRate() {
    return optimizer instanceof Record plugin
        ? Catalogue.printWithout(plugin, Optimizer.LEARNING_RATE)
        : optimizer.toString();
  }

  /**
   * A schedule in words.
   *
   * @param schedule any
   * @return its specification, or what it says of itself where it is no plugin
   */
  public static String describe(Schedule schedule) {
    return schedule.getClass().isAnnotationPresent(Plugin.class)
        ? Catalogue.print(schedule)
        : schedule.toString();
  }

  /**
   * The learning rate that an optimizer reads.
   *
   * @param optimizer any
   * @return its schedule in force
   */
  public static Schedule learningRate(Optimizer optimizer) {
    return optimizer.hyperparameters().stream()
        .filter(hyper -> hyper.name().equals(Optimizer.LEARNING_RATE))
        .map(Hyperparameter::schedule)
        .findFirst()
        .orElseThrow(
            () -> new InputException(Catalogue.print(optimizer) + " declares no learning_rate"));
  }
}
