package dev.anneal.experiments.range;

import dev.anneal.api.InputException;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Schedule;
import java.util.function.UnaryOperator;

/**
 * Copies of optimizers with another schedule for a hyper-parameter, theirs or of one within them.
 */
final class ChangedOptimizer {
  private ChangedOptimizer() {}

  /**
   * Makes a copy.
   *
   * @param optimizer a plugin
   * @param hyperparameter the name of a hyper-parameter
   * @param change makes its schedule of the one that was given; checked against its range
   * @throws InputException if it is no plugin, or the schedule is out of range
   */
  static Optimizer of(Optimizer optimizer, String hyperparameter, UnaryOperator<Schedule> change) {
    PluginType type =
        PluginType.of((Object) optimizer)
            .orElseThrow(() ->
                new InputException(
                    "%s is no plugin, so that its %s cannot be replaced"
                        .formatted(optimizer.getClass().getName(), hyperparameter)));
    return (Optimizer)
        type.copy(
            (Record) optimizer,
            (component, value) ->
                switch (value) {
                  case Optimizer inner -> of(inner, hyperparameter, change);
                  case Schedule given when names(component).equals(hyperparameter) ->
                      change.apply(given);
                  default -> value;
                });
  }

  private static String names(PluginType.Component component) {
    String other = component.param().hyperparameter();
    return other.isEmpty() ? component.name() : other;
  }
}
