import dev.anneal.core.spec.PluginProvider;
import dev.anneal.core.translate.Translator;
import dev.anneal.schedulers.BuiltInSchedules;
import dev.anneal.schedulers.translate.BuiltInTranslator;
import org.jspecify.annotations.NullMarked;

/** The built-in schedules: a plugin like any other. */
@NullMarked
module dev.anneal.schedulers {
  requires transitive dev.anneal.core;
  requires static org.jspecify;

  exports dev.anneal.schedulers;

  provides PluginProvider with
      BuiltInSchedules;
  provides Translator with
      BuiltInTranslator;
}
