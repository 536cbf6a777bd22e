package dev.anneal.api.catalogue;

import dev.anneal.api.plugin.DefaultReader;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Unit;
import java.util.Optional;

/** Reads the defaults of parameters as a specification would have them. */
public final class NotatedDefaults implements DefaultReader {
  // Hardly any default is a plugin by name, and no other asks for a catalogue.
  private final Binder binder = new Binder(Catalogue::load);

  /** Made by the service loader. */
  public NotatedDefaults() {}

  @Override
  public Object read(Component parameter, Optional<Object> per) {
    return binder.byDefault(parameter, per.map(Unit.class::cast).orElse(null));
  }
}
