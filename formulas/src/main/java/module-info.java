import dev.anneal.core.spec.PluginProvider;
import dev.anneal.formulas.Formulas;
import org.jspecify.annotations.NullMarked;

/** A schedule that is a formula in its specification: a plugin like any other. */
@NullMarked
module dev.anneal.formulas {
  requires EvalEx;
  requires transitive dev.anneal.core;
  requires static org.jspecify;

  exports dev.anneal.formulas;

  provides PluginProvider with
      Formulas;
}
