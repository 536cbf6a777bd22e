package dev.anneal.api.plugin;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.PluginType.Component;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Makes a plugin parameter by parameter. Each record with {@link Plugin} has a builder of its own,
 * generated where it is compiled: {@code new AdamBuilder().beta2(0.99).amsgrad(true).build()}. Its
 * constructor takes what has no default, and it has a setter for each component. A plugin made so
 * equals the one that a specification with the same parameters makes.
 *
 * <p>A builder may be used again, with other values, and is not safe for use by several threads.
 *
 * @param <P> the plugin
 */
public abstract class PluginBuilder<P extends Record> {
  private static final DefaultReader DEFAULTS =
      ServiceLoader.load(DefaultReader.class, DefaultReader.class.getClassLoader())
          .findFirst()
          .orElseThrow();

  private final Class<P> plugin;
  private final Map<String, Object> values = new HashMap<>();

  /**
   * Begins with the defaults.
   *
   * @param plugin a record with the annotation {@link Plugin}
   */
  protected PluginBuilder(Class<P> plugin) {
    this.plugin = plugin;
  }

  /**
   * Sets a parameter. It is checked by {@link #build}.
   *
   * @param component the component of the record, by its name there
   * @param value of the component's type
   */
  protected final void set(String component, Object value) {
    values.put(component, Objects.requireNonNull(value, component));
  }

  /**
   * Makes the plugin. What was not set is as {@link Param#byDefault} says; a length of training
   * there without a unit takes that of {@code per}.
   *
   * @return a new plugin
   * @throws InputException where a value is out of range, or the plugin refuses them; in one line,
   *     as for specifications
   */
  public final P build() {
    PluginType type = PluginType.of(plugin);
    return plugin.cast(
        type.create(type.components().stream().map(each -> value(type, each)).toList()));
  }

  private Object value(PluginType type, Component component) {
    Object value = values.get(component.component().getName());
    if (value != null) {
      return value;
    }
    if (component.param().byDefault().isEmpty()) {
      throw new InputException(type.name() + " lacks " + component.name());
    }
    return DEFAULTS.read(component, Optional.ofNullable(values.get("per")));
  }
}
