import org.jspecify.annotations.NullMarked;

/** The spec of a run, run folders, comparison, search, trackers. */
@NullMarked
module dev.anneal.experiments {
  requires transitive dev.anneal.data;
  requires transitive dev.anneal.nn;
  requires de.siegmar.fastcsv;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.anneal.experiments;
  exports dev.anneal.experiments.lint;
  exports dev.anneal.experiments.report;
}
