package dev.anneal.formulas;

import dev.anneal.api.plugin.PluginProvider;
import java.util.List;

/** The schedules that are formulas. */
public final class FormulaProvider implements PluginProvider {
  /** Made by the service loader. */
  public FormulaProvider() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(Formula.class);
  }
}
