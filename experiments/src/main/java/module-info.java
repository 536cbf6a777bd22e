import org.jspecify.annotations.NullMarked;

/** The description of a run, its record, and comparisons. */
@NullMarked
module dev.anneal.experiments {
  requires transitive dev.anneal.data;
  requires transitive dev.anneal.nn;
  requires transitive dev.anneal.preview;
  requires de.siegmar.fastcsv;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.anneal.experiments;
}
