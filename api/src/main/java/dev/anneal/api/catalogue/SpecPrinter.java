package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes values and plugins so that they read back equal. */
final class SpecPrinter {
  private SpecPrinter() {}

  static String print(Object value) {
    // No switch of patterns: to link one takes 10 ms.
    if (value instanceof Double number) {
      return Numbers.print(number);
    } else if (value instanceof Enum<?> word) {
      return PluginType.pluginOf(word)
          .map(Plugin::name)
          .orElseGet(() -> word.name().toLowerCase(Locale.ROOT));
    } else if (value instanceof String text) {
      return SpecParser.isAtom(text) ? text : quote(text);
    } else if (value instanceof List<?> list) {
      return list.stream().map(SpecPrinter::print).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Constant constant) {
      return Numbers.print(constant.value());
    } else if (value instanceof Number
        || value instanceof Boolean
        || value instanceof Duration
        || NotatedValue.is(value.getClass())) {
      return value.toString();
    } else if (value instanceof Record plugin) {
      return plugin(plugin, "");
    }
    throw new InputException(
        value.getClass().getName()
            + " has no notation; only a record with @Plugin can be written in a specification");
  }

  /**
   * All parameters are written, so that a later version with other defaults reads the same plugin.
   */
  static String plugin(Record plugin, String without) {
    PluginType type = PluginType.of(plugin.getClass());
    String parameters =
        type.parameters().stream()
            .filter(parameter -> !parameter.name().equals(without))
            .map(parameter -> parameter.name() + "=" + part(plugin, parameter.of(plugin), without))
            .collect(Collectors.joining(", "));
    String per =
        type.components().stream()
            .filter(Component::isPer)
            .map(component -> " per " + print(component.of(plugin)))
            .collect(Collectors.joining());
    return type.name() + (parameters.isEmpty() ? "" : "(" + parameters + ")") + per;
  }

  /** A plugin within another of its kind leaves out the same. */
  private static String part(Record whole, Object value, String without) {
    Optional<String> kind = PluginType.kindOf(whole.getClass());
    return value instanceof Record part
            && kind.isPresent()
            && kind.equals(PluginType.kindOf(part.getClass()))
            && !(value instanceof Constant)
        ? plugin(part, without)
        : print(value);
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
