package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.plugin.PluginKind;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the values of parameters that are no plugins themselves. */
final class Literals {
  /** What a parameter may be beside enums and kinds of plugins. */
  private static final Set<Class<?>> SINGLE =
      Set.of(double.class, int.class, long.class, boolean.class, String.class, Duration.class);

  /** Letters of a whole number: BigDecimal takes time with the square of the digits. */
  private static final int LONGEST_WHOLE = 100;

  private Literals() {}

  /** Refuses a plugin with a parameter that no specification could give. */
  static void checkSupported(PluginType plugin) {
    for (Component component : plugin.components()) {
      Class<?> element = component.element();
      boolean supported =
          element.isAnnotationPresent(PluginKind.class)
              || (component.isList()
                  ? Set.of(Double.class, Duration.class).contains(element)
                  : SINGLE.contains(element) || element.isEnum() || NotatedValue.is(element));
      if (!supported) {
        throw new InputException(
            "%s: component %s is a %s; a parameter is a double, int, long, boolean, String, enum, Duration, a type with parse(String), a kind of plugin, or a List<Double>, List<Duration> or list of a kind of plugin"
                .formatted(
                    plugin.type().getName(),
                    component.component().getName(),
                    component.type().getSimpleName()));
      }
    }
  }

  static Object read(Component component, Spec spec, @Nullable Unit per) {
    Class<?> type = component.element();
    if (!SINGLE.contains(type) && NotatedValue.is(type)) {
      return NotatedValue.read(type, spec);
    }
    if (!spec.isAtom()) {
      throw wrong(component, spec);
    }
    String word = spec.head();
    if (type == double.class || type == Double.class) {
      return Numbers.parse(word).orElseThrow(() -> wrong(component, spec));
    } else if (type == int.class) {
      return Math.toIntExact(whole(component, spec, Integer.MIN_VALUE, Integer.MAX_VALUE));
    } else if (type == long.class) {
      return whole(component, spec, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == Duration.class) {
      return duration(component, spec, per);
    } else if (type == String.class) {
      return word;
    } else {
      List<?> choices = type.isEnum() ? component.choices() : List.of(true, false);
      for (Object choice : choices) {
        if (PluginType.key(SpecPrinter.print(choice)).equals(PluginType.key(word))) {
          return choice;
        }
      }
      throw wrong(component, spec);
    }
  }

  private static long whole(Component component, Spec spec, long low, long high) {
    if (spec.head().length() <= LONGEST_WHOLE) {
      try {
        // Through BigDecimal, so that 1e6 is a whole number too.
        long value = new BigDecimal(spec.head()).longValueExact();
        if (value >= low && value <= high) {
          return value;
        }
      } catch (ArithmeticException | NumberFormatException e) {
        // Reported below.
      }
    }
    throw wrong(component, spec);
  }

  private static Duration duration(Component component, Spec spec, @Nullable Unit per) {
    OptionalDouble bare = Numbers.parse(spec.head());
    if (bare.isPresent() && per != null) {
      return switch (per) {
        case ITERATION -> Duration.iterations(bare.getAsDouble());
        case EPOCH -> Duration.epochs(bare.getAsDouble());
      };
    }
    try {
      return Duration.parse(spec.head());
    } catch (InputException e) {
      throw wrong(component, spec);
    }
  }

  static InputException wrong(Component component, Spec spec) {
    String example =
        component.type() == Duration.class
            ? " such as 5ep, 300it or 10%"
            : component.isList() ? " in brackets" : "";
    String article = component.type().isEnum() || component.type() == boolean.class ? "" : "a ";
    return spec.error(
        component.name()
            + " is "
            + article
            + describe(component)
            + example
            + ", not \""
            + spec.excerpt()
            + "\"");
  }

  /** What a parameter takes, in a few words. */
  static String describe(Component component) {
    if (!component.isList()) {
      return one(component);
    }
    return component.element() == Duration.class
        ? "list of lengths of training"
        : "list of " + one(component) + "s";
  }

  private static String one(Component component) {
    Class<?> type = component.element();
    Optional<String> kind = PluginType.kindOf(type);
    if (kind.isPresent()) {
      return kind.get();
    } else if (type == double.class || type == Double.class) {
      return "number";
    } else if (type == int.class || type == long.class) {
      return "whole number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Duration.class) {
      return "length of training";
    } else if (type == String.class) {
      return "text";
    } else if (NotatedValue.is(type)) {
      return type.getSimpleName().toLowerCase(Locale.ROOT);
    }
    return Messages.list(component.choices().stream().map(SpecPrinter::print).toList(), "or");
  }
}
