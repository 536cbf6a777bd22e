import org.jspecify.annotations.NullMarked;

/** Data sets, their readers, and splits. */
@NullMarked
module dev.anneal.data {
  requires transitive dev.anneal.core;
  requires ch.randelshofer.fastdoubleparser;
  requires de.siegmar.fastcsv;
  requires java.net.http;
  requires tools.jackson.databind;
  requires static org.jspecify;

  exports dev.anneal.data;
  exports dev.anneal.data.finding;
  exports dev.anneal.data.prepare;
  exports dev.anneal.data.table;
}
