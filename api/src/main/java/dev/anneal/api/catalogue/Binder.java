package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Spec.Argument;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.plugin.PluginKind;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes plugins of what was read. */
final class Binder {
  private final Supplier<Catalogue> catalogue;

  /**
   * Makes a binder.
   *
   * @param catalogue asked for when a plugin is named
   */
  Binder(Supplier<Catalogue> catalogue) {
    this.catalogue = catalogue;
  }

  <T> T bind(Class<T> kind, Spec spec) {
    if (spec.items() != null) {
      throw spec.error(
          "one %s goes here, not a list".formatted(PluginType.kindOf(kind).orElseThrow()));
    }
    OptionalDouble number = Numbers.parse(spec.head());
    if (number.isPresent() && kind.isAssignableFrom(Constant.class)) {
      if (!spec.isAtom()) {
        throw spec.error(
            "a number stands alone: remove what follows " + Messages.brief(spec.head()));
      }
      return kind.cast(new Constant(number.getAsDouble()));
    }
    Optional<Enum<?>> constant = catalogue.get().constant(kind, spec);
    if (constant.isPresent()) {
      return kind.cast(constant.get());
    }
    PluginType plugin = catalogue.get().find(kind, spec);
    Map<String, Spec> given = given(plugin, spec);
    Unit per = per(plugin, spec);
    List<Object> values = new ArrayList<>();
    for (Component component : plugin.components()) {
      Spec written = given.get(component.name());
      if (component.isPer() && per != null) {
        values.add(per);
      } else if (written != null) {
        values.add(value(component, written, per));
      } else {
        values.add(byDefault(component, per));
      }
    }
    return kind.cast(plugin.create(values));
  }

  <T> T change(Class<T> kind, T plugin, List<Argument> changes) {
    if (!(plugin instanceof Record record)) {
      throw new InputException(
          plugin.getClass().getName() + " has no notation; only a record with @Plugin has one");
    }
    PluginType type = PluginType.of(record.getClass());
    Map<String, Spec> given = new HashMap<>();
    changes.forEach(change -> put(given, type, change, 0));
    Unit per =
        type.components().stream()
            .filter(Component::isPer)
            .map(component -> (Unit) component.of(record))
            .findFirst()
            .orElse(null);
    return kind.cast(
        type.copy(
            record,
            (component, value) -> {
              Spec written = given.get(component.name());
              return written == null ? value : value(component, written, per);
            }));
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

  /** By name: the hash of a component asks its annotation by reflection. */
  private static Map<String, Spec> given(PluginType plugin, Spec spec) {
    Map<String, Spec> given = new HashMap<>();
    for (int i = 0; i < spec.arguments().size(); i++) {
      put(given, plugin, spec.arguments().get(i), i);
    }
    List<String> missing =
        plugin.parameters().stream()
            .filter(component -> component.param().byDefault().isEmpty())
            .filter(component -> !given.containsKey(component.name()))
            .map(Component::name)
            .toList();
    if (!missing.isEmpty()) {
      throw spec.error(
          "%s lacks %s; write %s(%s=...)"
              .formatted(
                  plugin.name(),
                  Messages.list(missing, "and"),
                  plugin.name(),
                  String.join("=..., ", missing)));
    }
    return given;
  }

  private static void put(
      Map<String, Spec> given, PluginType plugin, Argument argument, int place) {
    Component component = component(plugin, argument, place);
    if (given.put(component.name(), argument.value()) != null) {
      throw Spec.error(
          argument.value().text(),
          argument.at(),
          plugin.name() + ": " + component.name() + " is given twice");
    }
  }

  private static Component component(PluginType plugin, Argument argument, int place) {
    List<Component> parameters = plugin.parameters();
    List<String> names = parameters.stream().map(Component::name).toList();
    String key = argument.key();
    if (key == null) {
      if (parameters.isEmpty()) {
        throw argument.value().error(plugin.name() + " takes no parameters");
      }
      if (place >= parameters.size()) {
        throw argument
            .value()
            .error("%s takes no more than %s".formatted(plugin.name(), Messages.list(names)));
      }
      return parameters.get(place);
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
                        Messages.brief(key),
                        Messages.didYouMean(key, names),
                        Messages.list(names))));
  }

  /** What a parameter is where none is given. */
  Object byDefault(Component component, @Nullable Unit per) {
    return value(component, SpecParser.parse(component.param().byDefault()), per);
  }

  private Object value(Component component, Spec spec, @Nullable Unit per) {
    if (!component.isList()) {
      return one(component, spec, per);
    }
    List<Spec> items = spec.items();
    if (items == null) {
      throw Literals.wrong(component, spec);
    }
    return items.stream().map(item -> one(component, item, per)).toList();
  }

  private Object one(Component component, Spec spec, @Nullable Unit per) {
    Class<?> type = component.element();
    return type.isAnnotationPresent(PluginKind.class)
        ? bind(type, spec)
        : Literals.read(component, spec, per);
  }
}
