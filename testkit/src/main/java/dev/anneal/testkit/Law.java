package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import java.util.Locale;
import java.util.function.Supplier;

/** What the suites check; a failure begins with its name. */
enum Law {
  FINITE,
  BOUNDS,
  PURE,
  NOTATION,
  RESUME,
  IDENTITY,
  PARTS,
  WARM_UP,
  CLOCK,
  BOUNDARIES,
  METRICS,
  PROGRESS,
  ALLOCATION,
  NO_THROW,
  HYPERPARAMETERS,
  RULE,
  RATE_ZERO,
  GRADIENT_ZERO,
  WIDTH,
  PRECISION,
  DESCENT,
  LEARNING_RATE;

  /**
   * Fails unless the law holds.
   *
   * @param holds whether it does
   * @param plugin the schedule or optimizer
   * @param otherwise what is wrong with it
   */
  void check(boolean holds, Object plugin, Supplier<String> otherwise) {
    if (!holds) {
      throw error(plugin, otherwise.get());
    }
  }

  AssertionError error(Object plugin, String what) {
    return new AssertionError(
        "law %s: %s %s"
            .formatted(name().toLowerCase(Locale.ROOT).replace('_', '-'), describe(plugin), what));
  }

  /** As the user writes it, where it can be written. */
  static String describe(Object plugin) {
    try {
      return Catalogue.print(plugin);
    } catch (InputException e) {
      return plugin.toString();
    }
  }
}
