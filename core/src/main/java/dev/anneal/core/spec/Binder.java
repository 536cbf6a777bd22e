package dev.anneal.core.spec;

import dev.anneal.core.InputException;
import dev.anneal.core.Suggestions;
import dev.anneal.core.schedule.Constant;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.PluginType.Component;
import dev.anneal.core.spec.Spec.Argument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes plugins of what was read. */
final class Binder {
  private final Catalogue catalogue;

  Binder(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  <T> T bind(Class<T> kind, Spec spec) {
    if (spec.items() != null) {
      throw spec.error("one %s goes here, not a list".formatted(PluginType.kindOf(kind)));
    }
    OptionalDouble number = Numbers.parse(spec.head());
    if (number.isPresent() && kind.isAssignableFrom(Constant.class)) {
      if (!spec.isAtom()) {
        throw spec.error("a number stands alone: remove what follows " + spec.head());
      }
      return kind.cast(new Constant(number.getAsDouble()));
    }
    PluginType plugin = catalogue.find(kind, spec);
    Map<Component, Spec> given = given(plugin, spec);
    Unit per = per(plugin, spec);
    List<Object> values = new ArrayList<>();
    for (Component component : plugin.components()) {
      Spec written = given.get(component);
      if (component.isPer() && per != null) {
        values.add(per);
      } else if (written != null) {
        values.add(value(component, written, per));
      } else {
        values.add(value(component, SpecParser.parse(component.param().byDefault()), per));
      }
    }
    return kind.cast(plugin.create(values.toArray()));
  }

  <T> T change(Class<T> kind, T plugin, List<Argument> changes) {
    if (!(plugin instanceof Record record)) {
      throw new InputException(
          plugin.getClass().getName() + " has no notation; only a record with @Plugin has one");
    }
    PluginType type = PluginType.of(record.getClass());
    Map<Component, Spec> given = new HashMap<>();
    changes.forEach(change -> put(given, type, change));
    Unit per =
        type.components().stream()
            .filter(Component::isPer)
            .map(component -> (Unit) type.read(record, component))
            .findFirst()
            .orElse(null);
    List<Object> values = new ArrayList<>();
    for (Component component : type.components()) {
      Spec written = given.get(component);
      values.add(written == null ? type.read(record, component) : value(component, written, per));
    }
    return kind.cast(type.create(values.toArray()));
  }

  private static @Nullable Unit per(PluginType plugin, Spec spec) {
    Unit per = spec.per();
    if (plugin.hasPer() && per == null) {
      throw spec.error(
          plugin.name() + " has a clock: add \"per epoch\" or \"per iteration\" after it");
    }
    if (!plugin.hasPer() && per != null) {
      throw spec.error(
          plugin.name()
              + " has no clock: remove \"per "
              + per.name().toLowerCase(Locale.ROOT)
              + "\"");
    }
    return per;
  }

  private static Map<Component, Spec> given(PluginType plugin, Spec spec) {
    Map<Component, Spec> given = new HashMap<>();
    for (Argument argument : spec.arguments()) {
      put(given, plugin, argument);
    }
    List<String> missing =
        plugin.parameters().stream()
            .filter(component -> component.param().byDefault().isEmpty())
            .filter(component -> !given.containsKey(component))
            .map(Component::name)
            .toList();
    if (!missing.isEmpty()) {
      throw spec.error(
          "%s lacks %s; write %s(%s=...)"
              .formatted(
                  plugin.name(),
                  Suggestions.list(missing, "and"),
                  plugin.name(),
                  String.join("=..., ", missing)));
    }
    return given;
  }

  private static void put(Map<Component, Spec> given, PluginType plugin, Argument argument) {
    Component component = component(plugin, argument);
    if (given.put(component, argument.value()) != null) {
      throw Spec.error(
          argument.value().text(),
          argument.at(),
          plugin.name() + ": " + component.name() + " is given twice");
    }
  }

  private static Component component(PluginType plugin, Argument argument) {
    List<Component> parameters = plugin.parameters();
    List<String> names = parameters.stream().map(Component::name).toList();
    String key = argument.key();
    if (key == null) {
      if (parameters.isEmpty()) {
        throw argument.value().error(plugin.name() + " takes no parameters");
      }
      return parameters.getFirst();
    }
    if (plugin.hasPer() && key.equalsIgnoreCase("per")) {
      throw Spec.error(
          argument.value().text(),
          argument.at(),
          "the unit goes after the parentheses: \"per epoch\" or \"per iteration\"");
    }
    return parameters.stream()
        .filter(parameter -> parameter.matches(key))
        .findFirst()
        .orElseThrow(() ->
            Spec.error(
                argument.value().text(),
                argument.at(),
                "%s has no parameter \"%s\"%s; it takes %s"
                    .formatted(
                        plugin.name(),
                        key,
                        Suggestions.didYouMean(key, names),
                        Suggestions.list(names))));
  }

  private Object value(Component component, Spec spec, @Nullable Unit per) {
    if (!component.isList()) {
      return one(component, spec, per);
    }
    List<Spec> items = spec.items();
    if (items == null) {
      throw Values.wrong(component, spec);
    }
    return items.stream().map(item -> one(component, item, per)).toList();
  }

  private Object one(Component component, Spec spec, @Nullable Unit per) {
    Class<?> type = component.element();
    return type.isAnnotationPresent(PluginKind.class)
        ? bind(type, spec)
        : Values.read(component, spec, per);
  }
}
