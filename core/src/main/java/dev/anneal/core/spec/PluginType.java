package dev.anneal.core.spec;

import dev.anneal.core.InputException;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.schedule.Unit;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plugin record as its annotations describe it. Making one checks the declaration, so a mistake
 * in it is found when the plugin is loaded.
 */
record PluginType(Class<? extends Record> type, Plugin plugin, List<Component> components) {

  /** A component of the record; {@code name} and {@code alias} are those of specifications. */
  record Component(RecordComponent component, String name, Param param, Interval range) {
    Class<?> type() {
      return component.getType();
    }

    boolean isList() {
      return type() == List.class;
    }

    /** What a list holds; of anything else, its type. */
    Class<?> element() {
      return isList() ? elementOf(component.getGenericType()) : type();
    }

    boolean isPer() {
      return type() == Unit.class && name.equals("per");
    }

    boolean matches(String key) {
      return keys().contains(key(key));
    }

    /** The names it goes by. */
    private List<String> keys() {
      return Stream.of(name, param.alias())
          .filter(word -> !word.isEmpty())
          .map(PluginType::key)
          .toList();
    }
  }

  // `per` means the same in every plugin, so that its declaration needs no words.
  private record OfPer(@Param("how often it is read") Unit per) {}

  private static final Param PER = OfPer.class.getRecordComponents()[0].getAnnotation(Param.class);

  private static final ClassValue<PluginType> CACHE =
      new ClassValue<>() {
        @Override
        protected PluginType computeValue(Class<?> type) {
          return read(type.asSubclass(Record.class));
        }
      };

  static PluginType of(Class<? extends Record> type) {
    return CACHE.get(type);
  }

  /** Names that differ in case, hyphens and underscores only are the same name. */
  static String key(String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  /** The contract that a plugin class implements; null where there is none. */
  static @Nullable String kindOf(Class<?> type) {
    PluginKind kind = type.getAnnotation(PluginKind.class);
    if (kind != null) {
      return kind.value();
    }
    for (Class<?> contract : type.getInterfaces()) {
      String found = kindOf(contract);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The class of a list's elements; {@code Object} where the list does not say. */
  private static Class<?> elementOf(Type list) {
    return list instanceof ParameterizedType of
            && of.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : Object.class;
  }

  String name() {
    return plugin.name();
  }

  /** Those that are written in the parentheses. */
  List<Component> parameters() {
    return components.stream().filter(component -> !component.isPer()).toList();
  }

  boolean hasPer() {
    return components.stream().anyMatch(Component::isPer);
  }

  Record create(Object[] values) {
    Class<?>[] types = components.stream().map(Component::type).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(values);
    } catch (InvocationTargetException e) {
      throw asInputException(e);
    } catch (ReflectiveOperationException e) {
      throw new InputException(name() + ": " + type.getName() + " cannot be constructed", e);
    }
  }

  Object read(Record plugin, Component component) {
    try {
      return component.component.getAccessor().invoke(plugin);
    } catch (InvocationTargetException e) {
      throw asInputException(e);
    } catch (ReflectiveOperationException e) {
      throw new InputException(
          name() + ": " + component.name + " of " + type.getName() + " cannot be read", e);
    }
  }

  /** Says why code outside its module could not use the class, if it could not. */
  void checkAccess() {
    String problem = null;
    if (!Modifier.isPublic(type.getModifiers())) {
      problem = "is not public";
    } else if (!type.getModule().isExported(type.getPackageName(), PluginType.class.getModule())) {
      problem =
          "is in a package that its module hides; add \"exports "
              + type.getPackageName()
              + ";\" to its module-info";
    }
    if (problem != null) {
      throw new InputException(type.getName() + " " + problem);
    }
  }

  private InputException asInputException(InvocationTargetException e) {
    Throwable cause = e.getTargetException();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof InputException own
        ? own
        : new InputException(name() + ": " + Spec.oneLine(cause), cause);
  }

  private static PluginType read(Class<? extends Record> type) {
    Plugin plugin = type.getAnnotation(Plugin.class);
    if (plugin == null) {
      throw new InputException(type.getName() + " has no @Plugin annotation");
    }
    if (!plugin.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new InputException(
          type.getName()
              + ": a plugin is named in lower case with hyphens, not \""
              + plugin.name()
              + "\"");
    }
    List<Component> components = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Component read = component(type, component);
      components.add(read);
      if (!read.keys().stream().allMatch(keys::add)) {
        throw new InputException(
            type.getName() + ": " + read.name + " or its alias names two parameters");
      }
    }
    return new PluginType(type, plugin, List.copyOf(components));
  }

  private static Component component(Class<?> type, RecordComponent component) {
    String name = snakeCase(component.getName());
    Param param = component.getAnnotation(Param.class);
    if (param == null && component.getType() == Unit.class && name.equals("per")) {
      param = PER;
    }
    if (param == null) {
      throw new InputException(
          type.getName() + ": component " + component.getName() + " has no @Param annotation");
    }
    Class<?> held = component.getType();
    boolean supported =
        held == List.class
            ? isSupportedInList(elementOf(component.getGenericType()))
            : isSupported(held);
    if (!supported) {
      throw new InputException(
          "%s: component %s is a %s; a parameter is a double, int, long, boolean, String, enum, Span, a kind of plugin, or a List<Double>, List<Span> or list of a kind of plugin"
              .formatted(type.getName(), component.getName(), held.getSimpleName()));
    }
    try {
      return new Component(component, name, param, Interval.parse(param.range()));
    } catch (InputException e) {
      throw new InputException(
          type.getName() + ": component " + component.getName() + ": " + e.getMessage(), e);
    }
  }

  private static boolean isSupported(Class<?> type) {
    return Set.of(double.class, int.class, long.class, boolean.class, String.class, Span.class)
            .contains(type)
        || type.isEnum()
        || type.isAnnotationPresent(PluginKind.class);
  }

  private static boolean isSupportedInList(Class<?> type) {
    return Set.of(Double.class, Span.class).contains(type)
        || type.isAnnotationPresent(PluginKind.class);
  }

  /**
   * {@code learningRate} is {@code learning_rate} and {@code beta1} is {@code beta_1}, but {@code
   * l2} stays.
   */
  private static String snakeCase(String name) {
    return String.join(
            "_", Arrays.asList(name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[a-z]{2})(?=[0-9])")))
        .toLowerCase(Locale.ROOT);
  }
}
