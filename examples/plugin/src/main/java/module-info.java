/** A schedule, an optimizer, and an optimizer around another. */
module com.example.plugin {
  requires dev.anneal.api;

  exports com.example.plugin;

  provides dev.anneal.api.plugin.PluginProvider with
      com.example.plugin.Provider;
}
