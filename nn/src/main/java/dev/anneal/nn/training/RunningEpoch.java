package dev.anneal.nn.training;

import dev.anneal.api.schedule.Cursor;
import java.util.List;

/** The epoch that a trainer is in. One instance serves a whole run. */
record RunningEpoch(Cursor cursor, MetricAccumulator accumulator, TrainingGroups training)
    implements TrainingListener.Live {
  @Override
  public int epoch() {
    // After an epoch's last update the cursor stands at the next one's start.
    return (int) ((cursor.iteration() - 1) / cursor.iterationsPerEpoch()) + 1;
  }

  @Override
  public long iterations() {
    return cursor.iteration();
  }

  @Override
  public int samples() {
    return accumulator.samples();
  }

  @Override
  public double loss() {
    return accumulator.loss();
  }

  @Override
  public double accuracy() {
    return accumulator.accuracy();
  }

  @Override
  public double learningRate() {
    return training.learningRate();
  }

  @Override
  public List<String> hyperparameters() {
    return training.names();
  }

  @Override
  public double hyperparameter(String name) {
    return training.value(name);
  }
}
