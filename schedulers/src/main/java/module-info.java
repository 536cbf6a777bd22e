import org.jspecify.annotations.NullMarked;

/** The built-in schedules: a plugin like any other. */
@NullMarked
module dev.anneal.schedulers {
  requires transitive dev.anneal.core;
  requires static org.jspecify;

  exports dev.anneal.schedulers;
}
