package dev.anneal.schedulers;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.testkit.ScheduleConformance;
import dev.anneal.testkit.Specifications;
import net.jqwik.api.Arbitrary;

/** The built-in schedules, alone and inside one another, pass what a stranger's pass. */
class ConformanceProperties extends ScheduleConformance {
  private static final Catalogue CATALOGUE = Catalogue.load();

  @Override
  protected Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  protected Arbitrary<Schedule> schedules() {
    return Specifications.schedules(CATALOGUE, Specifications.names(CATALOGUE, "schedule"));
  }
}
