package dev.anneal.optimizers;

import dev.anneal.core.schedule.Progress;
import dev.anneal.core.schedule.Schedule;

/**
 * Another schedule divided by {@code 1 + decay * iteration}, whatever the unit of that schedule:
 * the {@code decay} argument of legacy Keras optimizers.
 *
 * @param of the schedule divided
 * @param decay how fast the value falls, at least 0
 */
record LegacyDecay(Schedule of, double decay) implements Schedule {
  @Override
  public double at(Progress progress) {
    // Product and sum rounded apart, not fused: the arithmetic of Keras.
    return of.at(progress) / (1 + decay * progress.iteration());
  }
}
