import org.jspecify.annotations.NullMarked;

/** What schedules will do, and what is wrong with them, before anything is trained. */
@NullMarked
module dev.anneal.preview {
  requires transitive dev.anneal.api;
  requires static org.jspecify;

  exports dev.anneal.preview;
  exports dev.anneal.preview.lint;
}
