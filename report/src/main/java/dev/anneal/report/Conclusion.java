package dev.anneal.report;

import dev.anneal.comparison.Comparison;
import java.util.List;

/**
 * One thing that a comparison shows, in words.
 *
 * @param kind what it is about
 * @param runs the names of the runs that it is about
 * @param sentence one plain sentence
 */
public record Conclusion(Kind kind, List<String> runs, String sentence) {

  /** What a finding is about, in the order of telling. */
  public enum Kind {
    /** What may be said of several seeds. */
    VERDICT,
    /** Which run ends with the lowest loss. */
    LOWEST_LOSS,
    /** Which run has the highest validation accuracy. */
    HIGHEST_ACCURACY,
    /** Runs whose validation loss rose while the training loss fell. */
    OVERFIT,
    /** Runs whose validation loss and training loss both rose again. */
    WORSENED,
    /** Runs whose training loss did not fall. */
    NOT_LEARNED,
    /** Runs that ended with a loss that is not finite. */
    DIVERGED,
    /** Runs with fewer epochs than planned. */
    ENDED_EARLY,
    /** Runs with the same curves. */
    IDENTICAL,
    /** Runs whose accuracies differ by no more than chance. */
    INDISTINGUISHABLE,
    /** One seed is one draw. */
    ONE_SEED;

    /** Whether it says how far the others can be trusted. */
    boolean isCaution() {
      return compareTo(ENDED_EARLY) >= 0;
    }
  }

  /** Keeps its own copy of the list. */
  public Conclusion {
    runs = List.copyOf(runs);
  }

  /**
   * What a comparison shows.
   *
   * @param comparison the runs
   * @return the conclusions in the order of {@link Kind}
   */
  public static List<Conclusion> of(Comparison comparison) {
    return new Conclusions(comparison).all();
  }
}
