package dev.anneal.comparison;

import dev.anneal.data.Fold;
import dev.anneal.experiments.DataSource;
import dev.anneal.experiments.Experiment;
import java.util.Optional;

/**
 * What is drawn for a run, the same for all contenders: they share first weights, the order of
 * samples, and who validates.
 *
 * @param seed of all random numbers
 * @param fold that validates, where several do in turn
 */
public record Draw(long seed, Optional<Fold> fold) {
  /**
   * A run with this draw.
   *
   * @param experiment of a contender
   * @return with the seed, on the samples that the experiment has; or on the fold, drawn anew for
   *     each seed
   */
  public Experiment of(Experiment experiment) {
    return fold.map(
            one -> {
              DataSource data = experiment.data();
              return experiment.on(data.with(data.splitting().on(one)), seed);
            })
        .orElseGet(() -> experiment.withSeed(seed));
  }

  /** In words. */
  @Override
  public String toString() {
    return fold.map(one -> "fold %s of seed %d".formatted(one, seed)).orElse("seed " + seed);
  }

  /**
   * As the name of a folder.
   *
   * @return letters, digits and hyphens
   */
  public String folder() {
    return fold.map(one -> "seed-%d-fold-%d-of-%d".formatted(seed, one.number(), one.of()))
        .orElse("seed-" + seed);
  }
}
