package com.example.plugin;

import dev.anneal.api.schedule.Schedule;
import dev.anneal.testkit.ScheduleConformance;
import dev.anneal.testkit.Specifications;
import net.jqwik.api.Arbitrary;

class SawtoothProperties extends ScheduleConformance {
  @Override
  protected Arbitrary<Schedule> schedules() {
    return Specifications.schedules(catalogue(), "sawtooth");
  }

  @Override
  protected double least(Schedule schedule) {
    return 0;
  }
}
