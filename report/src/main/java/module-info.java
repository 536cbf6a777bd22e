import org.jspecify.annotations.NullMarked;

/** Pages, tables and files that people and programs look at. */
@NullMarked
@SuppressWarnings("module") // the command is built later
module dev.anneal.report {
  requires transitive dev.anneal.comparison;
  requires transitive dev.anneal.experiments;
  requires transitive dev.anneal.preview;
  requires transitive dev.anneal.search;
  requires de.siegmar.fastcsv;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.anneal.report to
      dev.anneal.cli;
}
