import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.formulas.FormulaProvider;
import org.jspecify.annotations.NullMarked;

/** A schedule that is a formula in its specification: a plugin like any other. */
@NullMarked
module dev.anneal.formulas {
  requires transitive dev.anneal.api;
  requires dev.anneal.relocated;
  requires static org.jspecify;

  exports dev.anneal.formulas;

  provides PluginProvider with
      FormulaProvider;
}
