/** A schedule and an optimizer. */
module com.example.plugin {
  requires dev.anneal.core;

  exports com.example.plugin;

  provides dev.anneal.core.spec.PluginProvider with
      com.example.plugin.Provider;
}
