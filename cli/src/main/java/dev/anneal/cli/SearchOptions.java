package dev.anneal.cli;

import dev.anneal.comparison.Criterion;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a search may cost, and by what it ranks: of {@code tune} and {@code choose}. */
final class SearchOptions {
  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many trials (default: 27, where no other budget is given).")
  @Nullable Integer trials;

  @Option(
      names = "--epoch-budget",
      paramLabel = "N",
      description = "As many trials as fit in so many epochs of training, finals included.")
  @Nullable Long epochs;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      description = "As many as fit in a time, such as 90s, 10min or 2h, finals included.")
  @Nullable String within;

  @Option(
      names = "--seeds",
      paramLabel = "N|LIST",
      defaultValue = "5",
      description =
          "How many seeds the best few take at most, from --seed + 1 on; or which; 0 leaves the"
              + " finals out (default: ${DEFAULT-VALUE}).")
  String seeds = "5";

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "val_loss",
      description = "What trials are ranked by: val_loss, val_accuracy, best, time-to.")
  String by = "val_loss";

  @Option(names = "--to", paramLabel = "LOSS", description = "The val_loss to reach.")
  @Nullable Double to;

  Budget budget() {
    return Budget.of(trials, epochs, within);
  }

  Criterion criterion() {
    return Criterion.parse(by, to == null ? OptionalDouble.empty() : OptionalDouble.of(to));
  }
}
