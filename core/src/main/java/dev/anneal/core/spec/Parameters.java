package dev.anneal.core.spec;

import dev.anneal.core.InputException;
import dev.anneal.core.schedule.Constant;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.spec.PluginType.Component;
import java.util.List;
import java.util.Objects;

/** Checks the parameters of a plugin against what its annotations say. */
public final class Parameters {
  private Parameters() {}

  /**
   * Checks the components of a plugin record against their {@link Param#range ranges}; called in
   * its compact constructor. NaN never passes, an infinity only where the range includes it. A
   * range bounds numbers, the amount of a {@link Span}, the value of a {@link Constant}, and each
   * of these in a list; it says nothing about other schedules, texts and words.
   *
   * @param type the record that is under construction
   * @param values all its components, in order
   * @throws InputException naming plugin, parameter, range and value, where a value is out of range
   * @throws NullPointerException where a value is null
   */
  public static void check(Class<? extends Record> type, Object... values) {
    PluginType plugin = PluginType.of(type);
    if (values.length != plugin.components().size()) {
      throw new IllegalArgumentException(
          "%s has %d components, not %d"
              .formatted(type.getName(), plugin.components().size(), values.length));
    }
    for (int i = 0; i < values.length; i++) {
      Component component = plugin.components().get(i);
      Object value =
          Objects.requireNonNull(
              values[i], () -> plugin.name() + ": " + component.name() + " is null");
      for (Object each : value instanceof List<?> list ? list : List.of(value)) {
        if (!within(component.range(), each)) {
          throw new InputException(
              "%s: %s must be in %s, not %s"
                  .formatted(
                      plugin.name(),
                      component.name(),
                      component.range().text(),
                      SpecPrinter.print(each)));
        }
      }
    }
  }

  private static boolean within(Interval range, Object value) {
    return switch (value) {
      case Number number -> range.contains(number.doubleValue());
      case Span span -> range.contains(span.amount());
      case Constant constant -> range.contains(constant.value());
      default -> true;
    };
  }
}
