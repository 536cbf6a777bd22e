import org.jspecify.annotations.NullMarked;

/** Data sets, their readers, splits, shuffles and batches. */
@NullMarked
module dev.anneal.data {
  requires transitive dev.anneal.core;
  requires de.siegmar.fastcsv;
  requires static org.jspecify;

  exports dev.anneal.data;
}
