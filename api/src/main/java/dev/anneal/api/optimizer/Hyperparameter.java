package dev.anneal.api.optimizer;

import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A number that an update rule reads anew at each step.
 *
 * @param name its name in snake case, such as {@code learning_rate}
 * @param schedule its value over the run; a constant is a schedule
 */
public record Hyperparameter(String name, Schedule schedule) {
  /**
   * Whether a name is that of a learning rate, of whatever group.
   *
   * @param name such as {@code momentum} or {@code dense_1/learning_rate}
   * @return whether it is {@link Optimizer#LEARNING_RATE}, or ends so after a slash
   */
  public static boolean isLearningRate(String name) {
    return name.equals(Optimizer.LEARNING_RATE) || name.endsWith("/" + Optimizer.LEARNING_RATE);
  }

  /** What {@link Optimizer#hyperparameters} lists if the optimizer does not say otherwise. */
  static List<Hyperparameter> of(Optimizer optimizer) {
    List<Hyperparameter> all = new ArrayList<>();
    within(optimizer).forEach(inner -> all.addAll(inner.hyperparameters()));
    List<String> taken = all.stream().map(Hyperparameter::name).toList();
    for (Component parameter : type(optimizer).parameters()) {
      if (parameter.of((Record) optimizer) instanceof Schedule schedule
          && !(parameter.param().unusedAtZero() && isZero(schedule))) {
        all.add(new Hyperparameter(free(name(parameter), taken), schedule));
      }
    }
    return List.copyOf(all);
  }

  private static boolean isZero(Schedule schedule) {
    return schedule instanceof Constant(double value) && value == 0;
  }

  private static String name(Component parameter) {
    String other = parameter.param().hyperparameter();
    return other.isEmpty() ? parameter.name() : other;
  }

  /**
   * The name of a hyper-parameter of an optimizer that wraps another: with a number behind it where
   * the inner optimizer has the name already, as with a clip in a clip.
   *
   * @param name its own name
   * @param inner the other optimizer
   * @return a name that is free
   */
  public static String around(Optimizer inner, String name) {
    return free(name, inner.hyperparameters().stream().map(Hyperparameter::name).toList());
  }

  private static String free(String name, List<String> taken) {
    return Stream.iterate(1, i -> i + 1)
        .map(i -> i == 1 ? name : name + "_" + i)
        .filter(each -> !taken.contains(each))
        .findFirst()
        .orElseThrow();
  }

  /** The optimizers that one is made of. */
  static Stream<Optimizer> within(Optimizer optimizer) {
    return type(optimizer).parameters().stream()
        .map(parameter -> parameter.of((Record) optimizer))
        .filter(Optimizer.class::isInstance)
        .map(Optimizer.class::cast);
  }

  /** The optimizer with another learning rate, its own or that of the one within it. */
  static Optimizer withLearningRate(Optimizer optimizer, Schedule schedule) {
    return (Optimizer)
        type(optimizer)
            .copy(
                (Record) optimizer,
                (parameter, value) ->
                    value instanceof Optimizer inner
                        ? inner.withLearningRate(schedule)
                        : parameter.name().equals(Optimizer.LEARNING_RATE) ? schedule : value);
  }

  private static PluginType type(Optimizer optimizer) {
    return PluginType.of((Object) optimizer)
        .orElseThrow(() ->
            new IllegalArgumentException(
                optimizer.getClass().getName()
                    + " is no record with @Plugin, so it must say what its hyper-parameters are"));
  }
}
