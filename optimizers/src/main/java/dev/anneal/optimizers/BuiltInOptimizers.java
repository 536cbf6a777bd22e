package dev.anneal.optimizers;

import dev.anneal.core.spec.PluginProvider;
import java.util.List;

/** The optimizers that come with the library. */
public final class BuiltInOptimizers implements PluginProvider {
  /** Made by the service loader. */
  public BuiltInOptimizers() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(Sgd.class, Adam.class);
  }
}
