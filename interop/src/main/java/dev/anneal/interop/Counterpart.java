package dev.anneal.interop;

import dev.anneal.api.schedule.Unit;
import java.util.List;

/**
 * The framework's own object for a schedule.
 *
 * @param code the expression that makes it: for Keras a schedule object, or a callback where {@code
 *     per} is the epoch; for PyTorch a scheduler of the variable {@code optimizer}; for Optax a
 *     function of the count
 * @param base the rate that the optimizer is made with, where the framework's object changes it
 * @param per how often its clock ticks
 * @param metric the metric that it must be told, or an empty text
 * @param notes where it is not exact, a line each
 */
public record Counterpart(String code, double base, Unit per, String metric, List<String> notes) {
  /** Keeps a copy of the notes. */
  public Counterpart {
    notes = List.copyOf(notes);
  }

  /**
   * An object that is driven by the clock alone.
   *
   * @param code the expression that makes it
   * @param base the rate that the optimizer is made with
   * @param per how often its clock ticks
   * @param notes where it is not exact
   */
  public Counterpart(String code, double base, Unit per, String... notes) {
    this(code, base, per, "", List.of(notes));
  }
}
