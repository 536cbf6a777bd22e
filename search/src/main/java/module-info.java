import org.jspecify.annotations.NullMarked;

/** Trials of values that are not chosen yet, and which of them go on. */
@NullMarked
@SuppressWarnings("module") // those exported to are built later
module dev.anneal.search {
  requires transitive dev.anneal.comparison;
  requires dev.anneal.relocated;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.anneal.search to
      dev.anneal.cli,
      dev.anneal.report;
  exports dev.anneal.search.space to
      dev.anneal.cli,
      dev.anneal.report;
}
