package dev.anneal.interop;

import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service through which a jar says what its schedules are called elsewhere. Like a provider of
 * plugins it has a public constructor without arguments and is declared both with {@code provides}
 * in {@code module-info} and in {@code META-INF/services}.
 *
 * <p>A schedule that no translator knows is written as a table of its values in the given run, so a
 * plugin needs none; {@link #formula} is what makes its translation readable, and right beyond that
 * run.
 */
public interface Translator {
  /**
   * A schedule as Python.
   *
   * @param schedule any schedule
   * @param python the function that is being written: asks for the clock, resolves durations, and
   *     translates parts
   * @return an expression for the value at {@code t}, or nothing where this translator does not
   *     know the schedule
   */
  default Optional<String> formula(Schedule schedule, PythonWriter python) {
    return Optional.empty();
  }

  /**
   * The framework's own class for a schedule, where it has one that gives the same values
   * throughout the run.
   *
   * @param schedule any schedule
   * @param python the run and the framework
   * @return what makes it, or nothing
   */
  default Optional<Counterpart> counterpart(Schedule schedule, PythonWriter python) {
    return Optional.empty();
  }

  /**
   * Reads a saved configuration.
   *
   * @param config Keras's {@code get_config()} or PyTorch's {@code state_dict()}: texts, numbers,
   *     booleans, lists and maps
   * @param stepped how often {@code step()} is called, which a {@code state_dict} does not say
   * @return the schedule, or nothing where this translator does not know it
   */
  default Optional<SavedSchedule> read(Map<String, ?> config, Unit stepped) {
    return Optional.empty();
  }

  /**
   * The classes that {@link #read} knows.
   *
   * @return their names, for messages
   */
  default List<String> reads() {
    return List.of();
  }
}
