package dev.anneal.comparison;

import dev.anneal.api.InputException;
import dev.anneal.comparison.verdict.Rounds;
import dev.anneal.data.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What is drawn at most, and when contenders are looked at.
 *
 * @param all in order
 * @param rounds how many of them there are at each look
 * @param overlap samples that validate for each one that trains, where they are folds of the same
 *     samples; else 0
 */
public record Draws(List<Draw> all, Rounds rounds, double overlap) {
  /** More would take longer than anyone waits. */
  private static final int MOST = 1000;

  /** Copies the list. */
  public Draws {
    all = List.copyOf(all);
  }

  /**
   * Reads the option.
   *
   * @param text how many seeds at most, such as {@code 8}; or which, such as {@code 3,7,9}
   * @param first the first seed, where their number is given
   * @return seeds
   * @throws InputException if it is anything else
   */
  public static Draws parse(String text, long first) {
    try {
      String[] parts = text.strip().split("\\s*,\\s*", -1);
      if (parts.length > 1) {
        return of(Arrays.stream(parts).mapToLong(Long::parseLong).toArray());
      }
      int most = Integer.parseInt(parts[0]);
      if (most < 1 || most > MOST) {
        throw new InputException("--seeds must be 1 to %d, not %d".formatted(MOST, most));
      }
      return of(LongStream.range(first, first + most).toArray());
    } catch (NumberFormatException e) {
      throw new InputException(
          "--seeds is how many, such as 8, or which, such as 3,7,9; not \"%s\"".formatted(text), e);
    }
  }

  /**
   * A single one.
   *
   * @param draw the only one
   * @return it
   */
  public static Draws one(Draw draw) {
    return new Draws(List.of(draw), Rounds.upTo(1), 0);
  }

  private static Draws of(long[] seeds) {
    List<Draw> all =
        LongStream.of(seeds).mapToObj(seed -> new Draw(seed, Optional.empty())).toList();
    if (new HashSet<>(all).size() < all.size()) {
      throw new InputException("--seeds has a seed twice: each is one draw");
    }
    return new Draws(all, Rounds.upTo(seeds.length), 0);
  }

  /**
   * Cross-validation: the folds of each seed, looked at once, when all are done.
   *
   * @param folds how many, at least 2
   * @return each of the seeds with each fold
   * @throws InputException if there are fewer
   */
  public Draws folds(int folds) {
    if (folds < 2) {
      throw new InputException("--folds must be at least 2, not " + folds);
    }
    List<Draw> each = new ArrayList<>();
    for (Draw draw : all) {
      for (int i = 1; i <= folds; i++) {
        each.add(new Draw(draw.seed(), Optional.of(new Fold(i, folds))));
      }
    }
    return new Draws(each, new Rounds(List.of(each.size())), 1.0 / (folds - 1));
  }

  /**
   * The seeds.
   *
   * @return each once, in order
   */
  public List<Long> seeds() {
    return all.stream().map(Draw::seed).distinct().toList();
  }

  /**
   * What one of them is called in a sentence.
   *
   * @return seed or fold
   */
  public String noun() {
    return all.getFirst().fold().isPresent() ? "fold" : "seed";
  }
}
