package com.example.plugin;

import dev.anneal.api.plugin.PluginProvider;
import java.util.List;

/** Lists the plugins of this jar. */
public final class Provider implements PluginProvider {
  /** Made by the service loader. */
  public Provider() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(Sawtooth.class, PowerSign.class, SoftClip.class);
  }
}
