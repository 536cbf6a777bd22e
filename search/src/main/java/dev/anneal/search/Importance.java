package dev.anneal.search;

import dev.anneal.core.random.RandomStream;
import dev.anneal.search.space.Dimension;
import dev.anneal.search.space.SearchPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How much a value mattered: how far the trials of the leading third are from being spread over its
 * axis as all trials are, as a share of the sum over all values (S. Watanabe, A. Bansal and F.
 * Hutter, "PED-ANOVA", 2023, with bins in the place of kernels, and less what chance gives). Judged
 * on the lowest rung, where all trials are.
 *
 * @param name of the dimension
 * @param share of all that mattered, 0 to 1; 0 for all where nothing shows
 * @param low where the share may lie, as resampling trials has it in 95 of 100 cases
 * @param high likewise
 */
public record Importance(String name, double share, double low, double high) {
  private static final int LEADING = 3;
  private static final int BINS = 4;
  private static final int FEWEST = 12;
  private static final int RESAMPLED = 1000;
  private static final double TAIL = 0.025;

  /**
   * Of a search.
   *
   * @param dimensions what was open
   * @param search with its lowest rung recorded
   * @return from the greatest share down; none where there are fewer than 12 trials
   */
  public static List<Importance> of(List<Dimension> dimensions, Search search) {
    List<TrialResult> ranked =
        search.results().stream()
            .filter(result -> result.run().rung() == 0 && result.isTrained())
            .sorted(Comparator.comparingDouble(TrialResult::value))
            .toList();
    if (ranked.size() < FEWEST) {
      return List.of();
    }
    int[][] bins = new int[ranked.size()][];
    for (int i = 0; i < bins.length; i++) {
      bins[i] = bins(dimensions, search.candidates().point(ranked.get(i).run().trial()));
    }
    double[] shares = shares(bins, identity(bins.length), dimensions);
    double[][] again = new double[RESAMPLED][];
    RandomStream random = new RandomStream(1);
    for (int r = 0; r < RESAMPLED; r++) {
      int[] drawn = new int[bins.length];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (int) (random.uniform(r, i) * drawn.length);
      }
      Arrays.sort(drawn); // by rank
      again[r] = shares(bins, drawn, dimensions);
    }
    List<Importance> all = new ArrayList<>();
    for (int d = 0; d < shares.length; d++) {
      int dimension = d;
      double[] spread = Arrays.stream(again).mapToDouble(row -> row[dimension]).sorted().toArray();
      all.add(
          new Importance(
              dimensions.get(d).name(),
              shares[d],
              spread[(int) (TAIL * RESAMPLED)],
              spread[RESAMPLED - 1 - (int) (TAIL * RESAMPLED)]));
    }
    all.sort(Comparator.comparingDouble(Importance::share).reversed());
    return all;
  }

  private static int[] identity(int length) {
    int[] all = new int[length];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /** The bin of each dimension; -1 where the trial does not have it. */
  private static int[] bins(List<Dimension> dimensions, SearchPoint point) {
    return dimensions.stream()
        .mapToInt(dimension -> {
          Double position = point.positions().get(dimension.name());
          return position == null ? -1 : (int) (position * count(dimension));
        })
        .toArray();
  }

  private static int count(Dimension dimension) {
    int values = dimension.range().count();
    return values == 0 ? BINS : values;
  }

  private static double[] shares(int[][] bins, int[] ranked, List<Dimension> dimensions) {
    double[] shares = new double[dimensions.size()];
    int leading = ranked.length / LEADING;
    for (int d = 0; d < shares.length; d++) {
      double[] all = new double[count(dimensions.get(d))];
      double[] top = new double[all.length];
      double alls = 0;
      double tops = 0;
      for (int i = 0; i < ranked.length; i++) {
        int bin = bins[ranked[i]][d];
        if (bin >= 0) {
          all[bin]++;
          alls++;
          if (i < leading) {
            top[bin]++;
            tops++;
          }
        }
      }
      shares[d] = tops == 0 ? 0 : distance(top, tops, all, alls);
    }
    double sum = Arrays.stream(shares).sum();
    return sum == 0 ? shares : Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  /** Pearson's divergence of the leading ones from all, less its mean under chance. */
  private static double distance(double[] top, double tops, double[] all, double alls) {
    double divergence = 0;
    int filled = 0;
    for (int bin = 0; bin < all.length; bin++) {
      if (all[bin] > 0) {
        double expected = all[bin] / alls;
        double off = top[bin] / tops - expected;
        divergence += off * off / expected;
        filled++;
      }
    }
    double chance = alls < 2 ? 0 : (filled - 1) / tops * (alls - tops) / (alls - 1);
    return Math.max(0, divergence - chance);
  }
}
