package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Constant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/**
 * What holds for every plugin of a kind. One of your own is a name and a check:
 *
 * <pre>{@code
 * Law.<Schedule>of("falls", (schedule, run, random) -> {
 *   double[] values = run.series(schedule);
 *   Law.demand(values[1] <= values[0], () -> "rises from %s to %s".formatted(values[0], values[1]));
 * }).after("finite")
 * }</pre>
 *
 * @param <P> the kind of plugin
 * @param name what a failure begins with
 * @param needs the laws without which a failure of this one says nothing new
 * @param tries how often it is checked, each time with another plugin and run
 * @param runs the runs that a plugin is checked in
 * @param check what fails unless the law holds
 */
public record Law<P>(
    String name, List<String> needs, int tries, Arbitrary<RandomRun> runs, Check<P> check) {
  private static final int TRIES = 1000;

  /** Copies the list. */
  public Law {
    needs = List.copyOf(needs);
  }

  /**
   * What a law demands.
   *
   * @param <P> the kind of plugin
   */
  @FunctionalInterface
  public interface Check<P> {
    /**
     * Fails unless the law holds.
     *
     * @param plugin the plugin
     * @param run a run for it
     * @param random for all else that is drawn
     * @throws AssertionError saying what is wrong, as the end of a sentence about the plugin
     */
    void hold(P plugin, RandomRun run, Random random);
  }

  /**
   * A law that is checked in 1000 short runs.
   *
   * @param <P> the kind of plugin
   * @param name its name
   * @param check what it demands
   * @return the law
   */
  public static <P> Law<P> of(String name, Check<P> check) {
    return new Law<>(name, List.of(), TRIES, RandomRun.small(), check);
  }

  /**
   * The same law, skipped where one of these others is broken too.
   *
   * @param others their names
   * @return the law with these needs
   */
  public Law<P> after(String... others) {
    List<String> all = Stream.concat(needs.stream(), Stream.of(others)).toList();
    return new Law<>(name, all, tries, runs, check);
  }

  /**
   * The same law, checked so often.
   *
   * @param count how often, at least 1
   * @return the law with so many tries
   */
  public Law<P> tries(int count) {
    return new Law<>(name, needs, count, runs, check);
  }

  /**
   * The same law in other runs.
   *
   * @param others the runs
   * @return the law, checked in these
   */
  public Law<P> within(Arbitrary<RandomRun> others) {
    return new Law<>(name, needs, tries, others, check);
  }

  /**
   * Fails unless the law holds here.
   *
   * @param plugin the plugin
   * @param run a run for it
   * @param random for all else that is drawn
   * @throws AssertionError naming the law and the specification of the plugin
   */
  public void check(P plugin, RandomRun run, Random random) {
    try {
      check.hold(plugin, run, random);
    } catch (AssertionError e) {
      throw error(plugin, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      throw error(plugin, "throws " + e, e);
    }
  }

  private AssertionError error(P plugin, String what, Throwable cause) {
    return new AssertionError("law %s: %s %s".formatted(name, describe(plugin), what), cause);
  }

  /**
   * Fails unless something holds.
   *
   * @param holds whether it does
   * @param otherwise what is wrong, as the end of a sentence about the plugin
   * @throws AssertionError if it does not
   */
  public static void demand(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise.get());
    }
  }

  /** As a user would write it, where it can be written: without the parameters left at defaults. */
  static String describe(Object plugin) {
    try {
      return brief(plugin);
    } catch (InputException e) {
      return plugin.getClass().isHidden() ? "a lambda" : plugin.toString();
    }
  }

  private static String brief(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Law::brief).collect(Collectors.joining(", ", "[", "]"));
    }
    Optional<PluginType> found = PluginType.of(value);
    if (found.isEmpty() || value instanceof Constant) {
      return Catalogue.print(value);
    }
    StringJoiner parameters = new StringJoiner(", ", "(", ")").setEmptyValue("");
    String per = "";
    for (PluginType.Component component : found.get().components()) {
      String text = brief(component.of((Record) value));
      if (component.isPer()) {
        per = " per " + text;
      } else if (!text.equals(component.param().byDefault())) {
        parameters.add(component.name() + "=" + text);
      }
    }
    return found.get().name() + parameters + per;
  }
}
