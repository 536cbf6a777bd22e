package dev.anneal.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison says.
 *
 * @param kind in one word
 * @param best the contenders that may be the best and cannot be told apart, in the user's order;
 *     the true best is among them with 95 % where the verdict is supported
 * @param recommended which of them to take: a stable one, where there is one
 * @param supported whether the numbers say this; false for a single seed
 * @param by what contenders were compared by
 * @param sentences in words, the most important one first
 */
public record Verdict(
    Kind kind,
    List<String> best,
    Optional<String> recommended,
    boolean supported,
    String by,
    List<String> sentences) {
  /** What it comes to. */
  public enum Kind {
    /** One is the best. */
    BEST,
    /** The best is among several that more seeds might tell apart. */
    UNDECIDED,
    /** Several do equally well. */
    ALIKE,
    /** Several are the same training. */
    IDENTICAL,
    /** None is better than always predicting the same. */
    NOTHING,
    /** There is too little to say anything. */
    NONE
  }

  /** Copies the lists. */
  public Verdict {
    best = List.copyOf(best);
    sentences = List.copyOf(sentences);
  }

  /**
   * The same with more to say.
   *
   * @param sentence that comes last
   * @return a copy
   */
  public Verdict saying(String sentence) {
    List<String> more = new ArrayList<>(sentences);
    more.add(sentence);
    return new Verdict(kind, best, recommended, supported, by, more);
  }

  /**
   * All of it.
   *
   * @return the sentences, with blanks between them
   */
  public String text() {
    return String.join(" ", sentences);
  }
}
