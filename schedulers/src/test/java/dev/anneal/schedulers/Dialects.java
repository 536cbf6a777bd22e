package dev.anneal.schedulers;

import dev.anneal.api.Framework;
import dev.anneal.api.plugin.PluginType;
import java.util.List;

/** Whose forms of a schedule there are. */
final class Dialects {
  private Dialects() {}

  static List<Framework> of(Class<? extends Record> plugin) {
    return PluginType.of(plugin).components().stream()
        .filter(component -> component.type() == Framework.class)
        .flatMap(component -> component.choices().stream())
        .map(Framework.class::cast)
        .toList();
  }
}
