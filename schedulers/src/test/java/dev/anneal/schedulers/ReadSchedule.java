package dev.anneal.schedulers;

import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import java.util.stream.LongStream;

/** A schedule in a run, as someone reads it who wrote it down. */
record ReadSchedule(Schedule schedule, int perEpoch, long total, MetricHistory metrics) {
  static ReadSchedule of(String specification, int perEpoch, long total) {
    Schedule schedule = RandomSchedules.CATALOGUE.schedule(specification);
    return new ReadSchedule(schedule, perEpoch, total, MetricHistory.NONE);
  }

  /** With one metric, whatever it is called, at the end of each epoch. */
  ReadSchedule with(double... metric) {
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
    return new ReadSchedule(schedule, perEpoch, total, recorded);
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
