import org.jspecify.annotations.NullMarked;

/**
 * What a schedule and an optimizer are, and how they are found, named and written: all that a
 * plugin compiles against. Nothing here computes on arrays or starts a thread.
 */
@NullMarked
module dev.anneal.api {
  requires static org.jspecify;

  exports dev.anneal.api;
  exports dev.anneal.api.catalogue;
  exports dev.anneal.api.expression;
  exports dev.anneal.api.numeric;
  exports dev.anneal.api.optimizer;
  exports dev.anneal.api.plugin;
  exports dev.anneal.api.schedule;

  uses dev.anneal.api.plugin.DefaultReader;
  uses dev.anneal.api.plugin.PluginProvider;

  provides dev.anneal.api.plugin.DefaultReader with
      dev.anneal.api.catalogue.NotatedDefaults;
}
