package dev.anneal.api.plugin;

import java.util.List;

/**
 * The service through which a jar contributes plugins. A provider has a public constructor without
 * arguments and is declared both with {@code provides} in {@code module-info} and in {@code
 * META-INF/services}, so that it is found on module path and class path alike.
 */
public interface PluginProvider {
  /**
   * The plugins of this jar.
   *
   * @return public records, each with a {@link Plugin} annotation, in the order in which to list
   *     them
   */
  List<Class<? extends Record>> plugins();

  /**
   * The plugins of this jar that have no parameters and are constants of enums, such as activation
   * functions.
   *
   * @return constants, each with a {@link Plugin} annotation, in the order in which to list them
   */
  default List<Enum<?>> constants() {
    return List.of();
  }
}
