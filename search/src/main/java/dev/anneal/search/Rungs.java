package dev.anneal.search;

import dev.anneal.api.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long trials train before some of them go on: successive halving (K. Jamieson and A.
 * Talwalkar, 2016) with a quarter of the trials and three times the epochs from rung to rung.
 *
 * @param epochs of each rung, more from rung to rung; the last is the whole run
 */
public record Rungs(List<Integer> epochs) {
  /** Of the epochs, from rung to rung. */
  private static final int LONGER = 3;

  /**
   * Of the trials, likewise. On a recorded grid of 108 contenders a third finds the best one as
   * often and costs a third of the grid; a quarter costs 0.24 of it (2026-11-28).
   */
  private static final int FEWER = 4;

  /**
   * Fewer tell nothing of the end: of 27 contenders on digits with noise, judged by runs of a tenth
   * of the length, the best was among the leading third in three of three cases.
   */
  private static final double LEAST_SHARE = 0.1;

  private static final int LEAST_UPDATES = 100;

  /** One alone could not be compared in the end. */
  private static final int LEAST_KEPT = 3;

  /** Copies the list. */
  public Rungs {
    epochs = List.copyOf(epochs);
  }

  /**
   * The usual ones.
   *
   * @param epochs of the whole run
   * @param updatesPerEpoch of a trial
   * @return at least one rung; the lowest has a tenth of the epochs and 100 updates at least
   */
  public static Rungs of(int epochs, int updatesPerEpoch) {
    int least =
        Math.max(
            (int) Math.ceil(LEAST_SHARE * epochs), Math.ceilDiv(LEAST_UPDATES, updatesPerEpoch));
    List<Integer> rungs = new ArrayList<>();
    for (int rung = epochs; rung >= least || rungs.isEmpty(); rung = Math.ceilDiv(rung, LONGER)) {
      rungs.addFirst(rung);
      if (rung == 1) {
        break;
      }
    }
    return new Rungs(rungs);
  }

  /**
   * How many trials are to go on.
   *
   * @param trials of a rung
   * @return at least 1
   */
  public static int kept(int trials) {
    return Math.max(Math.min(LEAST_KEPT, trials), trials / FEWER);
  }

  /**
   * What a search takes, where all trials begin each rung anew.
   *
   * @param trials of the lowest rung
   * @return in epochs
   */
  public long cost(int trials) {
    long cost = 0;
    int left = trials;
    for (int rung : epochs) {
      cost += (long) left * rung;
      left = kept(left);
    }
    return cost;
  }

  /**
   * How many trials can be paid.
   *
   * @param budget in epochs
   * @return with the greatest cost that is no more
   * @throws InputException if two cannot
   */
  public int affordable(long budget) {
    if (cost(2) > budget) {
      throw new InputException(
          "%d epochs are left for trials, but two of them take %d; give a greater budget, or fewer"
                  .formatted(Math.max(0, budget), cost(2))
              + " --epochs");
    }
    int low = 2;
    int high = (int) Math.min(Integer.MAX_VALUE / 2, budget);
    while (low < high) {
      int middle = low + (high - low + 1) / 2;
      if (cost(middle) <= budget) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The last rung. */
  int last() {
    return epochs.size() - 1;
  }
}
