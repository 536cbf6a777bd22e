package dev.anneal.comparison.verdict;

import dev.anneal.api.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * After how many seeds contenders are looked at, and how much of the error each look may spend.
 * Whoever looks after every seed from 3 to 12 and tests at 5 % each time loses the best in 17 % of
 * comparisons; so the looks are few and share the 5 % (alpha spending, Lan and DeMets 1983).
 *
 * @param ends numbers of seeds, rising, at least one
 */
public record Rounds(List<Integer> ends) {
  /** How often the best may be lost in all looks together. */
  public static final double ERROR = 0.05;

  private static final List<Integer> USUAL = List.of(3, 5, 8, 12, 20);

  /** Of the error; the last look has the rest. Early looks have few seeds to go by. */
  private static final List<Double> SHARES = List.of(0.1, 0.2, 0.2, 0.2, 0.2);

  /** Checks that they rise. */
  public Rounds {
    ends = List.copyOf(ends);
    int before = 0;
    for (int end : ends) {
      if (end <= before) {
        throw new InputException("rounds end after rising numbers of seeds, not " + ends);
      }
      before = end;
    }
    if (ends.isEmpty() || ends.size() > SHARES.size() + 1) {
      throw new InputException(
          "there are 1 to %d rounds, not %d".formatted(SHARES.size() + 1, ends.size()));
    }
  }

  /**
   * The usual ones.
   *
   * @param most so many seeds at most, at least 1
   * @return 3, 5, 8, 12, 20 as far as they are fewer, and {@code most}
   */
  public static Rounds upTo(int most) {
    List<Integer> ends = new ArrayList<>(USUAL.stream().filter(end -> end < most).toList());
    ends.add(most);
    return new Rounds(ends);
  }

  /**
   * What a look may spend.
   *
   * @param round from 0
   * @return the chance of an error in it
   */
  public double level(int round) {
    boolean last = round == ends.size() - 1;
    double before = SHARES.subList(0, round).stream().mapToDouble(Double::doubleValue).sum();
    return ERROR * (last ? 1 - before : SHARES.get(round));
  }

  /**
   * The seeds of the last round.
   *
   * @return at least 1
   */
  public int most() {
    return ends.getLast();
  }
}
