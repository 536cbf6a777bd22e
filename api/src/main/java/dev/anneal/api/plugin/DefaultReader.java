package dev.anneal.api.plugin;

import java.util.Optional;

/**
 * Reads what {@link Param#byDefault} says. That takes the notation of schedules, which know this
 * package: so it is a service, which the catalogue provides.
 */
public interface DefaultReader {
  /**
   * What a parameter is where none is given.
   *
   * @param parameter one that has a default
   * @param per what {@code per} says; a length of training without a unit takes that
   * @return its value
   */
  Object read(PluginType.Component parameter, Optional<Object> per);
}
