package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.stream.Collectors;

/**
 * A value with a notation of its own: its class has a public {@code static T parse(String)}, and
 * its {@code toString} reads back equal.
 */
final class NotatedValue {
  private NotatedValue() {}

  static boolean is(Class<?> type) {
    try {
      var parse = type.getMethod("parse", String.class);
      return Modifier.isStatic(parse.getModifiers())
          && parse.getReturnType() == type
          && !type.getName().startsWith("java.");
    } catch (NoSuchMethodException _) {
      return false;
    }
  }

  static Object read(Class<?> type, Spec spec) {
    try {
      return type.getMethod("parse", String.class).invoke(null, text(spec));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof InputException wrong) {
        throw spec.error(String.valueOf(wrong.getMessage()));
      }
      throw new IllegalStateException(type.getName() + ".parse failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be read", e);
    }
  }

  private static String text(Spec spec) {
    return spec.arguments().isEmpty()
        ? spec.head()
        : spec.arguments().stream()
            .map(argument -> text(argument.value()))
            .collect(Collectors.joining(", ", spec.head() + "(", ")"));
  }
}
