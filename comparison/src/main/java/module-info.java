import org.jspecify.annotations.NullMarked;

/** Contenders over seeds, and what may be said of them. */
@NullMarked
@SuppressWarnings("module") // those exported to are built later
module dev.anneal.comparison {
  requires transitive dev.anneal.experiments;
  requires org.apache.commons.statistics.distribution;
  requires static org.jspecify;

  exports dev.anneal.comparison to
      dev.anneal.cli,
      dev.anneal.report,
      dev.anneal.search;
  exports dev.anneal.comparison.verdict;
}
