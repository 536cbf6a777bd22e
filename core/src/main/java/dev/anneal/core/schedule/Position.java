package dev.anneal.core.schedule;

/** An immutable {@link Progress}. */
record Position(long iteration, int iterationsPerEpoch, long totalIterations, MetricHistory metrics)
    implements Progress {
  Position {
    if (iteration < 0 || iterationsPerEpoch < 1 || totalIterations < 1) {
      throw new IllegalArgumentException(
          "no such position: iteration %d, %d iterations per epoch, %d in total"
              .formatted(iteration, iterationsPerEpoch, totalIterations));
    }
  }
}
