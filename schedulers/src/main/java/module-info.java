import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.schedulers.BuiltInSchedules;
import org.jspecify.annotations.NullMarked;

/** The built-in schedules: a plugin like any other. */
@NullMarked
module dev.anneal.schedulers {
  requires transitive dev.anneal.api;
  requires static org.jspecify;

  exports dev.anneal.schedulers;

  provides PluginProvider with
      BuiltInSchedules;
}
