package dev.anneal.core.spec;

import dev.anneal.core.InputException;
import dev.anneal.core.schedule.Constant;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.PluginType.Component;
import dev.anneal.core.spec.Spec.Argument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
    OptionalDouble number = Numbers.parse(spec.head());
    if (number.isPresent() && kind.isAssignableFrom(Constant.class)) {
      if (!spec.isAtom()) {
        throw spec.error("the constant " + spec.head() + " stands alone; remove what follows it");
      }
      return kind.cast(new Constant(number.getAsDouble()));
    }
    PluginType plugin = catalogue.find(kind, spec);
    Unit per = per(plugin, spec);
    Map<Component, Spec> given = given(plugin, spec);
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

  private static @Nullable Unit per(PluginType plugin, Spec spec) {
    Unit per = spec.per();
    if (plugin.hasPer() && per == null) {
      throw spec.error(
          "say how often "
              + plugin.name()
              + " is read: add \"per epoch\" or \"per iteration\" after it");
    }
    if (!plugin.hasPer() && per != null) {
      throw spec.error(
          plugin.name()
              + " has no unit: remove \"per "
              + per.name().toLowerCase(Locale.ROOT)
              + "\"");
    }
    return per;
  }

  private static Map<Component, Spec> given(PluginType plugin, Spec spec) {
    Map<Component, Spec> given = new LinkedHashMap<>();
    for (Argument argument : spec.arguments()) {
      Component component = component(plugin, argument);
      if (given.put(component, argument.value()) != null) {
        throw Spec.error(
            spec.text(),
            argument.at(),
            plugin.name() + ": " + component.name() + " is given twice");
      }
    }
    List<String> missing =
        plugin.parameters().stream()
            .filter(component ->
                component.param().byDefault().isEmpty() && !given.containsKey(component))
            .map(component -> component.name() + "=...")
            .toList();
    if (!missing.isEmpty()) {
      throw spec.error(plugin.name() + " lacks a parameter: add " + Suggestions.list(missing));
    }
    return given;
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
          "the unit goes behind the parentheses: \"per epoch\" or \"per iteration\"");
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
    Class<?> type = component.type();
    if (type.isAnnotationPresent(PluginKind.class)) {
      return bind(type, spec);
    }
    if (!spec.isAtom()) {
      throw wrong(component, spec);
    }
    String word = spec.head();
    if (type == double.class) {
      return Numbers.parse(word).orElseThrow(() -> wrong(component, spec));
    } else if (type == int.class) {
      return Math.toIntExact(whole(component, spec, Integer.MIN_VALUE, Integer.MAX_VALUE));
    } else if (type == long.class) {
      return whole(component, spec, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == Span.class) {
      return span(component, spec, per);
    } else if (type == String.class) {
      return word;
    } else {
      List<?> choices =
          type.isEnum() ? Arrays.asList(type.getEnumConstants()) : List.of(true, false);
      for (Object choice : choices) {
        if (PluginType.key(SpecPrinter.print(choice)).equals(PluginType.key(word))) {
          return choice;
        }
      }
      throw wrong(component, spec);
    }
  }

  private static long whole(Component component, Spec spec, long low, long high) {
    try {
      // Through BigDecimal, so that 1e6 is a whole number too.
      long value = new BigDecimal(spec.head()).longValueExact();
      if (value >= low && value <= high) {
        return value;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Reported below.
    }
    throw wrong(component, spec);
  }

  private static Span span(Component component, Spec spec, @Nullable Unit per) {
    OptionalDouble bare = Numbers.parse(spec.head());
    if (bare.isPresent() && per != null) {
      return switch (per) {
        case ITERATION -> Span.iterations(bare.getAsDouble());
        case EPOCH -> Span.epochs(bare.getAsDouble());
      };
    }
    try {
      return Span.parse(spec.head());
    } catch (InputException e) {
      throw wrong(component, spec);
    }
  }

  private static InputException wrong(Component component, Spec spec) {
    String example = component.type() == Span.class ? " such as 5ep, 300it or 10%" : "";
    String article = component.type().isEnum() || component.type() == boolean.class ? "" : "a ";
    String given = spec.isAtom() ? spec.head() : spec.head() + "(...)";
    return spec.error(
        component.name()
            + " is "
            + article
            + describe(component)
            + example
            + ", not \""
            + given
            + "\"");
  }

  /** What a parameter takes, in a few words. */
  static String describe(Component component) {
    Class<?> type = component.type();
    String kind = PluginType.kindOf(type);
    if (kind != null) {
      return kind;
    } else if (type == double.class) {
      return "number";
    } else if (type == int.class || type == long.class) {
      return "whole number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Span.class) {
      return "length of training";
    } else if (type == String.class) {
      return "text";
    }
    return Suggestions.oneOf(
        Arrays.stream(type.getEnumConstants()).map(SpecPrinter::print).toList());
  }
}
