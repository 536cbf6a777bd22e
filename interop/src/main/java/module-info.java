import dev.anneal.interop.Translator;
import dev.anneal.interop.schedules.BuiltInTranslator;
import org.jspecify.annotations.NullMarked;

/** What speaks other frameworks' languages: schedules as Python, saved configurations read back. */
@NullMarked
module dev.anneal.interop {
  requires transitive dev.anneal.api;
  requires dev.anneal.schedulers;
  requires static org.jspecify;

  exports dev.anneal.interop;

  uses Translator;

  provides Translator with
      BuiltInTranslator;
}
