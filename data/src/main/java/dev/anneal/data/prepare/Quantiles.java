package dev.anneal.data.prepare;

/** Quantiles as NumPy has them: the numbers between two ranks lie on a line. */
final class Quantiles {
  private Quantiles() {}

  static double of(double[] sorted, double part) {
    double rank = part * (sorted.length - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }
}
