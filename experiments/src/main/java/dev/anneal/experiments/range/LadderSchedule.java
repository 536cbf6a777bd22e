package dev.anneal.experiments.range;

import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;

/**
 * A ladder that is climbed from some update of a run on.
 *
 * @param ladder its values
 * @param ratio what they are multiplied by
 * @param start the update of its first step
 */
record LadderSchedule(Ladder ladder, double ratio, long start) implements Schedule {
  @Override
  public double at(Progress progress) {
    return ratio * ladder.at(progress.iteration() - start);
  }
}
