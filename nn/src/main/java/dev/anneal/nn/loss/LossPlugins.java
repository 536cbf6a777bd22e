package dev.anneal.nn.loss;

import dev.anneal.api.plugin.PluginProvider;
import java.util.List;

/** The built-in losses that text can name, plugins like any other. */
public final class LossPlugins implements PluginProvider {
  /** For the service loader. */
  public LossPlugins() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(SmoothedCrossEntropy.class, Hinge.class, Huber.class, Quantile.class);
  }

  @Override
  public List<Enum<?>> constants() {
    return List.of(Regression.values());
  }
}
