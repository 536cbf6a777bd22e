package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.EarlyStopping;
import dev.anneal.nn.training.Monitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that decides the result of a run, but for the data itself. Equal experiments on equal data
 * end with the same bits.
 *
 * @param name what the user calls the run
 * @param model the network
 * @param groups how it is trained
 * @param epochs how often to go through the training samples, at least 1
 * @param batch samples for an update, at least 1
 * @param seed of all random numbers
 * @param stopping when to end earlier, if ever
 * @param best by what the best epoch is found whose weights are put back at the end, if they are
 */
public record Experiment(
    String name,
    Mlp model,
    Groups groups,
    int epochs,
    int batch,
    long seed,
    Optional<EarlyStopping> stopping,
    Optional<Monitor> best) {

  /** Checks the numbers, and that each parameter is in one group. */
  public Experiment {
    if (epochs < 1) {
      throw new InputException("epochs must be at least 1, not " + epochs);
    }
    if (batch < 1) {
      throw new InputException("batch must be at least 1, not " + batch);
    }
    groups.assign(model.model());
  }

  /**
   * All that schedules decide in the run, as epochs report it.
   *
   * @return schedules by name
   */
  public Map<String, Schedule> schedules() {
    return groups.schedules(model.model());
  }

  /**
   * The learning rates in force over the run, of each group that is trained.
   *
   * @return schedules by name, at least one
   */
  public Map<String, Schedule> learningRates() {
    Map<String, Schedule> rates = new LinkedHashMap<>(schedules());
    rates.keySet().removeIf(name -> !Hyperparameter.isLearningRate(name));
    return rates;
  }

  /**
   * The learning rate in words.
   *
   * @return its specification, or a formula where an optimizer modifies it in a way that has none;
   *     of several groups each with its name
   */
  public String schedule() {
    Map<String, Schedule> rates = learningRates();
    return rates.size() == 1
        ? Catalogue.describe(rates.values().iterator().next())
        : rates.entrySet().stream()
            .map(rate -> rate.getKey() + ": " + Catalogue.describe(rate.getValue()))
            .collect(Collectors.joining("; "));
  }

  /**
   * The optimizer in words, but for its learning rate, which {@link #schedule} tells.
   *
   * @return its specification without {@code learning_rate}; all there is to say where there are
   *     groups
   */
  public String optimizerWithoutRate() {
    if (!groups.groups().isEmpty()) {
      return groups.print();
    }
    Optimizer optimizer = groups.base().orElseThrow();
    return optimizer instanceof Record plugin
        ? Catalogue.printWithout(plugin, Optimizer.LEARNING_RATE)
        : optimizer.toString();
  }
}
