package dev.anneal.api.plugin;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.numeric.Numbers;
import java.lang.invoke.MethodType;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plugin record as its annotations describe it: whoever needs to know its parameters asks here,
 * so that a plugin declares each of them once, as a component. Reading a type checks the
 * declaration, so a mistake in it is found when the plugin is loaded.
 *
 * @param type the record
 * @param plugin its name, formula and source
 * @param components its parameters in order, {@code per} among them
 */
public record PluginType(Class<? extends Record> type, Plugin plugin, List<Component> components) {
  /** Copies the list. */
  public PluginType {
    components = List.copyOf(components);
  }

  /**
   * A parameter.
   *
   * @param component of the record
   * @param name in specifications: the component's in snake case
   * @param param what is declared of it
   * @param range {@link Param#range}
   * @param choices of an enum, the constants allowed; otherwise empty
   */
  public record Component(
      RecordComponent component, String name, Param param, Interval range, List<Enum<?>> choices) {
    /** Copies the list. */
    public Component {
      choices = List.copyOf(choices);
    }

    /**
     * What it holds.
     *
     * @return its class
     */
    public Class<?> type() {
      return component.getType();
    }

    /**
     * Whether it holds several values.
     *
     * @return whether it is a list
     */
    public boolean isList() {
      return type() == List.class;
    }

    /**
     * What a list holds; of anything else, its type.
     *
     * @return its class
     */
    public Class<?> element() {
      return isList() ? elementOf(component.getGenericType()) : type();
    }

    /**
     * Whether it is the unit that {@code per} states, which stands behind the parentheses.
     *
     * @return whether it is an enum of that name
     */
    public boolean isPer() {
      return type().isEnum() && name.equals(OfPer.NAME);
    }

    /**
     * Whether this is meant.
     *
     * @param key a name or alias, with any case, hyphens and underscores
     * @return whether it is one of this parameter's
     */
    public boolean matches(String key) {
      return keys().contains(key(key));
    }

    /**
     * Its value.
     *
     * @param plugin a record of the type
     * @return what the accessor gives
     */
    public Object of(Record plugin) {
      try {
        return component.getAccessor().invoke(plugin);
      } catch (InvocationTargetException e) {
        throw asInputException(plugin.getClass(), e);
      } catch (ReflectiveOperationException e) {
        throw new InputException(
            "%s of %s cannot be read".formatted(name, plugin.getClass().getName()), e);
      }
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
  private record OfPer(@Param("how often it is read") String per) {
    private static final String NAME = "per";
  }

  private static final Param PER = OfPer.class.getRecordComponents()[0].getAnnotation(Param.class);

  private static final ClassValue<PluginType> CACHE =
      new ClassValue<>() {
        @Override
        protected PluginType computeValue(Class<?> type) {
          return read(type.asSubclass(Record.class));
        }
      };

  /**
   * What a class declares.
   *
   * @param type a record with the annotation {@link Plugin}
   * @return its parameters
   * @throws InputException if the declaration is wrong
   */
  public static PluginType of(Class<? extends Record> type) {
    return CACHE.get(type);
  }

  /**
   * What the class of an object declares.
   *
   * @param object anything
   * @return its parameters; nothing if it is no plugin
   */
  public static Optional<PluginType> of(Object object) {
    return object instanceof Record plugin && plugin.getClass().isAnnotationPresent(Plugin.class)
        ? Optional.of(of(plugin.getClass()))
        : Optional.empty();
  }

  /**
   * A name without what does not count: names that differ in case, hyphens and underscores only are
   * the same.
   *
   * @param name any
   * @return equal for equal names
   */
  public static String key(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a plugin may be named so.
   *
   * @param name any
   * @return whether it is in lower case, with words joined by hyphens
   */
  public static boolean isName(String name) {
    return name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  }

  /**
   * The kind of plugin that a class is.
   *
   * @param type any class
   * @return {@link PluginKind#value}; nothing where it is none
   */
  public static Optional<String> kindOf(Class<?> type) {
    PluginKind kind = type.getAnnotation(PluginKind.class);
    return kind != null
        ? Optional.of(kind.value())
        : Arrays.stream(type.getInterfaces()).flatMap(each -> kindOf(each).stream()).findFirst();
  }

  /**
   * What the annotation of a constant says.
   *
   * @param constant of an enum
   * @return its {@link Plugin} annotation, if it has one
   */
  public static Optional<Plugin> pluginOf(Enum<?> constant) {
    try {
      return Optional.ofNullable(
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(Plugin.class));
    } catch (NoSuchFieldException e) {
      throw new AssertionError(constant.name(), e);
    }
  }

  /** The class of a list's elements; {@code Object} where the list does not say. */
  private static Class<?> elementOf(Type list) {
    return list instanceof ParameterizedType of
            && of.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : Object.class;
  }

  /**
   * The name in specifications.
   *
   * @return {@link Plugin#name}
   */
  public String name() {
    return plugin.name();
  }

  /**
   * The parameters that are written in the parentheses.
   *
   * @return all but {@code per}
   */
  public List<Component> parameters() {
    return components.stream().filter(component -> !component.isPer()).toList();
  }

  /**
   * Whether {@code per epoch} or {@code per iteration} must follow.
   *
   * @return whether there is a component {@code per}
   */
  public boolean hasPer() {
    return components.stream().anyMatch(Component::isPer);
  }

  /**
   * Makes a plugin and checks it.
   *
   * @param values one for each component, in order, of its very type: no whole number stands for a
   *     {@code double}
   * @return the plugin
   * @throws InputException if a value is out of range or of another type, if there are more or
   *     fewer values, or if the plugin refuses them
   * @throws NullPointerException where a value is null
   */
  public Record create(List<Object> values) {
    if (values.size() != components.size()) {
      throw new InputException(
          "%s has %d parameters, not %d".formatted(name(), components.size(), values.size()));
    }
    checkAll(values);
    Class<?>[] types = components.stream().map(Component::type).toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> canonical = type.getDeclaredConstructor(types);
      return canonical.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      throw asInputException(type, e);
    } catch (ReflectiveOperationException e) {
      throw new InputException(name() + ": " + type.getName() + " cannot be constructed", e);
    }
  }

  /**
   * Makes a copy with other values for some parameters.
   *
   * @param plugin a record of this type
   * @param change makes the new value of a component from the one it has
   * @return the copy, checked
   * @throws InputException as {@link #create} does
   */
  public Record copy(Record plugin, BiFunction<Component, Object, Object> change) {
    return create(components.stream().map(each -> change.apply(each, each.of(plugin))).toList());
  }

  /**
   * Checks the parameters of a plugin, and of those within it, against their {@link Param#range
   * ranges}. All that makes or takes plugins does so: the catalogue, builders, compositions,
   * optimizers when they are asked for their hyper-parameters. A constructor need not.
   *
   * <p>NaN never passes, an infinity only where the range includes it. A range bounds numbers, what
   * is {@link Bounded}, and each of these in a list; it says nothing about schedules that are no
   * constant, texts and words.
   *
   * @param <T> what it is known as
   * @param plugin any object; one that is no plugin passes
   * @return the same
   * @throws InputException naming plugin, parameter, range and value, where a value is out of range
   * @throws NullPointerException where a value is null
   */
  public static <T> T check(T plugin) {
    of((Object) plugin)
        .ifPresent(type ->
            type.checkAll(type.components.stream().map(each -> each.of((Record) plugin)).toList()));
    return plugin;
  }

  private void checkAll(List<Object> values) {
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      Object value = present(component, values.get(i));
      checkType(component, component.type(), value);
      for (Object each : value instanceof List<?> list ? list : List.of(value)) {
        checkType(component, component.element(), present(component, each));
        checkRange(component, each);
      }
    }
  }

  private Object present(Component component, @Nullable Object value) {
    return Objects.requireNonNull(value, () -> name() + ": " + component.name + " is null");
  }

  private void checkType(Component component, Class<?> type, Object value) {
    if (!MethodType.methodType(type).wrap().returnType().isInstance(value)) {
      throw new InputException(
          "%s: %s takes %s, not %s"
              .formatted(
                  name(), component.name, type.getSimpleName(), value.getClass().getSimpleName()));
    }
  }

  private void checkRange(Component component, Object value) {
    String written;
    double number;
    if (value instanceof Number plain) {
      number = plain.doubleValue();
      written = value instanceof Double ? Numbers.print(number) : plain.toString();
    } else if (value instanceof Bounded bounded) {
      number = bounded.bounded();
      written = bounded.text();
    } else {
      if (component.element().isEnum() && !component.choices.contains(value)) {
        throw new InputException(
            "%s: %s must be %s, not %s"
                .formatted(name(), component.name, words(component.choices), word(value)));
      }
      check(value);
      return;
    }
    if (!component.range.contains(number)) {
      throw new InputException(
          "%s: %s must be in %s, not %s"
              .formatted(name(), component.name, component.range.text(), written));
    }
  }

  private static String words(List<Enum<?>> choices) {
    return Messages.list(choices.stream().map(PluginType::word).toList(), "or");
  }

  private static String word(Object choice) {
    return choice.toString().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that code outside its module can use the class.
   *
   * @throws InputException saying why it could not
   */
  public void checkAccess() {
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

  private static InputException asInputException(Class<?> type, InvocationTargetException e) {
    Throwable cause = e.getTargetException();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof InputException own
        ? own
        : new InputException(of(type.asSubclass(Record.class)).name() + ": " + cause, cause);
  }

  private static PluginType read(Class<? extends Record> type) {
    Plugin plugin = type.getAnnotation(Plugin.class);
    if (plugin == null) {
      throw new InputException(type.getName() + " has no @Plugin annotation");
    }
    if (!isName(plugin.name())) {
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
    if (param == null && component.getType().isEnum() && name.equals(OfPer.NAME)) {
      param = PER;
    }
    if (param == null) {
      throw new InputException(
          type.getName() + ": component " + component.getName() + " has no @Param annotation");
    }
    try {
      return new Component(
          component, name, param, Interval.parse(param.range()), choices(component, param));
    } catch (InputException e) {
      throw new InputException(
          type.getName() + ": component " + component.getName() + ": " + e.getMessage(), e);
    }
  }

  private static List<Enum<?>> choices(RecordComponent component, Param param) {
    Object[] all = component.getType().getEnumConstants();
    if (all == null) {
      return List.of();
    }
    List<Enum<?>> constants = Arrays.stream(all).<Enum<?>>map(each -> (Enum<?>) each).toList();
    if (param.choices().length == 0) {
      return constants;
    }
    return Arrays.stream(param.choices())
        .<Enum<?>>map(choice ->
            constants.stream()
                .filter(each -> word(each).equals(choice))
                .findFirst()
                .orElseThrow(() ->
                    new InputException("\"%s\" is none of %s".formatted(choice, words(constants)))))
        .toList();
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
