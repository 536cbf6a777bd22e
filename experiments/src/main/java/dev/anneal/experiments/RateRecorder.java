package dev.anneal.experiments;

import dev.anneal.nn.Observer;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the learning rate of every so many updates: what was really used, not what a formula says.
 */
final class RateRecorder implements Observer {
  private final long stride;
  private final List<RatePoint> points = new ArrayList<>();

  RateRecorder(long stride) {
    this.stride = stride;
  }

  @Override
  public void batch(Live live) {
    long iteration = live.iterations() - 1;
    if (iteration % stride == 0) {
      points.add(new RatePoint(iteration, live.learningRate()));
    }
  }

  List<RatePoint> points() {
    return points;
  }
}
