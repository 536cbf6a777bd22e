package dev.anneal.nn.layer;

import dev.anneal.api.plugin.PluginProvider;
import java.util.List;

/** The built-in layers, plugins like any other. */
public final class LayerPlugins implements PluginProvider {
  /** For the service loader. */
  public LayerPlugins() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(
        Dense.class,
        Dropout.class,
        BatchNormalization.class,
        LayerNormalization.class,
        Embedding.class,
        Residual.class,
        Flatten.class,
        Reshape.class,
        Convolution.class,
        MaxPool.class,
        AveragePool.class,
        GlobalAveragePool.class);
  }

  @Override
  public List<Enum<?>> constants() {
    return List.of(Activation.values());
  }
}
