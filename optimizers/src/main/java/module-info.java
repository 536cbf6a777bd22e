import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.optimizers.BuiltInOptimizers;
import org.jspecify.annotations.NullMarked;

/** The built-in optimizers: a plugin like any other. */
@NullMarked
module dev.anneal.optimizers {
  requires transitive dev.anneal.api;
  requires dev.anneal.relocated;
  requires static org.jspecify;

  exports dev.anneal.optimizers;

  provides PluginProvider with
      BuiltInOptimizers;
}
