package dev.anneal.nn.group;

import dev.anneal.api.InputException;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.nn.graph.NamePattern;
import dev.anneal.nn.graph.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Parameters that are trained alike: which, by what optimizer, and when. While a group is frozen no
 * gradient is computed for it, its weights and its optimizer's state stay as they are, and its
 * optimizer's steps are not counted: the first after that is number 1, whatever the run's
 * iteration.
 *
 * <p>A pattern over the full names of parameters ({@code dense_1.kernel}) has {@code *} for any
 * letters and {@code ?} for one; it also matches everything below what it names, so {@code dense_1}
 * matches {@code dense_1.kernel}.
 *
 * @param name what to call it, in metrics and messages; a pattern is its own name
 * @param matches whether a parameter belongs to the group
 * @param optimizer how they are trained; nothing for a group that is frozen for good
 * @param trained when: frozen at updates where it is 0, trained at others
 */
public record Group(
    String name, Predicate<Parameter> matches, Optional<Optimizer> optimizer, Schedule trained) {
  /** The name of the schedule that says when a group is trained. */
  static final String TRAINED = "trained";

  /** At each update. */
  static final Schedule ALWAYS = new Constant(1);

  private static final Schedule NEVER = new Constant(0);

  /** Checks that a group has a name, and that one that is trained has an optimizer. */
  public Group {
    if (name.isBlank()) {
      throw new InputException("a group needs a name");
    }
    if (optimizer.isEmpty() && !isFrozen(trained)) {
      throw new InputException(
          "group \"%s\" is to be trained, but has no optimizer".formatted(name));
    }
  }

  /**
   * A group that is always trained.
   *
   * @param pattern of the names of its parameters
   * @param optimizer how
   * @return the group
   */
  public static Group of(String pattern, Optimizer optimizer) {
    return of(pattern, new NamePattern(pattern), optimizer);
  }

  /**
   * A group that is always trained.
   *
   * @param name what to call it
   * @param matches whether a parameter belongs to the group
   * @param optimizer how
   * @return the group
   */
  public static Group of(String name, Predicate<Parameter> matches, Optimizer optimizer) {
    return new Group(name, matches, Optional.of(optimizer), ALWAYS);
  }

  /**
   * A group that is never trained.
   *
   * @param pattern of the names of its parameters
   * @return the group
   */
  public static Group frozen(String pattern) {
    return new Group(pattern, new NamePattern(pattern), Optional.empty(), NEVER);
  }

  /**
   * The same group, trained at other times.
   *
   * @param when 0 where it is frozen, anything else where it is trained
   * @return a copy
   */
  public Group trained(Schedule when) {
    return new Group(name, matches, optimizer, when);
  }

  /**
   * The same group, frozen at first.
   *
   * @param begin when it is trained for the first time
   * @return a copy
   */
  public Group frozenUntil(Duration begin) {
    return trained(new Sequence(List.of(NEVER, ALWAYS), List.of(begin)));
  }

  /**
   * Whether the group is never trained.
   *
   * @return whether {@code trained} is the constant 0
   */
  public boolean isFrozen() {
    return isFrozen(trained);
  }

  private static boolean isFrozen(Schedule trained) {
    return trained instanceof Constant(double value) && value == 0;
  }

  /**
   * The schedules that are read for the group: the hyper-parameters of its optimizer in their
   * order, then {@code trained} where it may change.
   *
   * @param prefix what to put before their names
   */
  public Map<String, Schedule> schedules(String prefix) {
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    optimizer.stream()
        .flatMap(each -> each.hyperparameters().stream())
        .forEach(each -> schedules.put(prefix + each.name(), each.schedule()));
    if (!(trained instanceof Constant)) {
      schedules.put(prefix + TRAINED, trained);
    }
    return schedules;
  }

  /** When a group that is frozen only at first begins to be trained. */
  Optional<Duration> begin() {
    return trained instanceof Sequence(List<Schedule> parts, List<Duration> boundaries)
            && parts.equals(List.of(NEVER, ALWAYS))
        ? Optional.of(boundaries.getFirst())
        : Optional.empty();
  }
}
