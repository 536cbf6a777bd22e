package dev.anneal.search;

import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.experiments.Experiment;
import dev.anneal.search.space.Dimension;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A search for people to look at.
 *
 * @param dimensions what was open
 * @param search what was tried
 * @param importance how much each value mattered
 * @param finals the best few over fresh seeds, as far as they have run
 * @param best what is taken, under the name of its trial
 * @param model what is left of it, where that was trained once more
 * @param classes how many the target has; 0 for a quantity
 * @param command the command line that repeats it
 * @param seconds that it took
 */
public record SearchSummary(
    List<Dimension> dimensions,
    Search search,
    List<Importance> importance,
    Optional<Comparison> finals,
    Experiment best,
    Optional<FinalModel> model,
    int classes,
    String command,
    double seconds) {
  /** Copies the lists. */
  public SearchSummary {
    dimensions = List.copyOf(dimensions);
    importance = List.copyOf(importance);
  }

  /**
   * The same with a model.
   *
   * @param left what is left
   * @return a copy
   */
  public SearchSummary withModel(FinalModel left) {
    return new SearchSummary(
        dimensions, search, importance, finals, best, Optional.of(left), classes, command, seconds);
  }

  /**
   * How many trials began.
   *
   * @return at least 1
   */
  public int trials() {
    return search.trials();
  }

  /**
   * What was taken, over its seeds.
   *
   * @return in the finals; nothing where there are none
   */
  public Optional<Contender> winner() {
    return finals.flatMap(comparison ->
        comparison.contenders().stream()
            .filter(each -> each.name().equals(best.name()))
            .findFirst());
  }

  /**
   * The trial of what was taken.
   *
   * @return its last result
   */
  public TrialResult taken() {
    return IntStream.range(0, trials())
        .mapToObj(search::latest)
        .filter(result -> result.run().name().equals(best.name()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The validation loss of what was taken.
   *
   * @return the mean over its seeds in the finals; where there are none, that of its trial
   */
  public double loss() {
    return winner()
        .map(winner -> winner.average().kept().valLoss())
        .orElseGet(() -> taken().loss());
  }

  /**
   * The validation accuracy of what was taken, or its R2.
   *
   * @return likewise
   */
  public double quality() {
    return winner()
        .map(winner -> TrialResult.quality(winner.average().kept()))
        .orElseGet(() -> taken().quality());
  }

  /**
   * Whether even the best one went astray.
   *
   * @return in all its runs
   */
  public boolean isDiverged() {
    return winner().map(winner -> winner.average().diverged()).orElseGet(() -> taken().diverged());
  }
}
