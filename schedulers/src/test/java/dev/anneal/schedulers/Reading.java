package dev.anneal.schedulers;

import dev.anneal.core.schedule.Cursor;
import dev.anneal.core.schedule.MetricHistory;
import dev.anneal.core.schedule.Schedule;
import java.util.stream.LongStream;

/** A schedule in a run, as someone reads it who wrote it down. */
record Reading(Schedule schedule, int perEpoch, long total, MetricHistory metrics) {
  static Reading of(String specification, int perEpoch, long total) {
    Schedule schedule = Compositions.CATALOGUE.schedule(specification);
    return new Reading(schedule, perEpoch, total, MetricHistory.NONE);
  }

  /** With one metric, whatever it is called, at the end of each epoch. */
  Reading with(double... metric) {
    MetricHistory recorded =
        new MetricHistory() {
          @Override
          public int epochs() {
            return metric.length;
          }

          @Override
          public double value(String name, int epoch) {
            return metric[epoch];
          }
        };
    return new Reading(schedule, perEpoch, total, recorded);
  }

  /** The value for an update, in a process that has done nothing else. */
  double at(long iteration) {
    return schedule.at(new Cursor(perEpoch, total, metrics).moveTo(iteration));
  }

  /** The values for the updates of a run from one on, in one process. */
  double[] from(long first) {
    Cursor cursor = new Cursor(perEpoch, total, metrics);
    return LongStream.range(first, total).mapToDouble(t -> schedule.at(cursor.moveTo(t))).toArray();
  }

  double[] all() {
    return from(0);
  }
}
