import org.jspecify.annotations.NullMarked;

/** The description of a run, its record, and comparisons. */
@NullMarked
@SuppressWarnings("module") // those exported to are built later
module dev.anneal.experiments {
  requires transitive dev.anneal.data;
  requires transitive dev.anneal.nn;
  requires transitive dev.anneal.preview;
  requires de.siegmar.fastcsv;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;
  requires static org.jspecify;

  exports dev.anneal.experiments.range to
      dev.anneal.cli,
      dev.anneal.report;
  // Jackson reads the record of a run's environment.
  exports dev.anneal.experiments to
      dev.anneal.cli,
      dev.anneal.comparison,
      dev.anneal.report,
      dev.anneal.search,
      tools.jackson.databind;
}
