package dev.anneal.formulas;

import dev.anneal.core.spec.PluginProvider;
import java.util.List;

/** The schedules that are formulas. */
public final class Formulas implements PluginProvider {
  /** Made by the service loader. */
  public Formulas() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(Formula.class);
  }
}
