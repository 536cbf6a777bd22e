package dev.anneal.schedulers;

import dev.anneal.core.schedule.Constant;
import dev.anneal.core.spec.PluginProvider;
import java.util.List;

/** The schedules that come with the library. */
public final class BuiltInSchedules implements PluginProvider {
  /** Made by the service loader. */
  public BuiltInSchedules() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(
        Constant.class, Polynomial.class, TimeBased.class, Exponential.class, Step.class);
  }
}
