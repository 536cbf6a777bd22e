package dev.anneal.search.space;

import dev.anneal.core.random.RandomStream;
import dev.anneal.relocated.org.hipparchus.random.SobolSequenceGenerator;

/**
 * Points that fill a cube evenly: Sobol's sequence with the directions of S. Joe and F. Y. Kuo
 * (2008), moved by a random vector, around the edges (R. Cranley and T. N. L. Patterson, 1976), so
 * that another seed gives other points.
 */
final class Points {
  private final SobolSequenceGenerator sobol; // moves along, so one thread at a time
  private final double[] shift;

  Points(int dimensions, long seed) {
    sobol = new SobolSequenceGenerator(dimensions);
    shift = new double[dimensions];
    RandomStream random = new RandomStream(seed);
    for (int i = 0; i < dimensions; i++) {
      shift[i] = random.uniform(0, i);
    }
  }

  /**
   * One of the points.
   *
   * @param index from 0
   * @return a position in [0, 1) for each dimension
   */
  synchronized double[] at(int index) {
    double[] point = sobol.skipTo(index);
    for (int i = 0; i < point.length; i++) {
      double sum = point[i] + shift[i];
      point[i] = sum < 1 ? sum : sum - 1;
    }
    return point;
  }
}
