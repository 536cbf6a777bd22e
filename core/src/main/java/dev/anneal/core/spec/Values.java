package dev.anneal.core.spec;

import dev.anneal.core.InputException;
import dev.anneal.core.Suggestions;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.PluginType.Component;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the values of parameters that are no plugins themselves. */
final class Values {
  private Values() {}

  static Object read(Component component, Spec spec, @Nullable Unit per) {
    if (!spec.isAtom()) {
      throw wrong(component, spec);
    }
    Class<?> type = component.element();
    String word = spec.head();
    if (type == double.class || type == Double.class) {
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

  static InputException wrong(Component component, Spec spec) {
    String example =
        component.type() == Span.class
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
    return component.element() == Span.class
        ? "list of lengths of training"
        : "list of " + one(component) + "s";
  }

  private static String one(Component component) {
    Class<?> type = component.element();
    String kind = PluginType.kindOf(type);
    if (kind != null) {
      return kind;
    } else if (type == double.class || type == Double.class) {
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
    return Suggestions.list(
        Arrays.stream(type.getEnumConstants()).map(SpecPrinter::print).toList(), "or");
  }
}
