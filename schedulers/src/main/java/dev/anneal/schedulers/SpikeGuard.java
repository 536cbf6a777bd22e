package dev.anneal.schedulers;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Recurrence;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import java.util.Optional;

/**
 * Another schedule that is reduced for some time after a metric has shot up.
 *
 * <p>An epoch is a spike if its metric is not a finite number, or exceeds {@code threshold} times
 * the lowest finite one before it; below a negative one, if it exceeds that by {@code threshold -
 * 1} times its size. For the length {@code over} after a spike, counted in epochs and rounded up to
 * whole ones, the value is {@code schedule * factor}; a spike in that time begins it anew. At all
 * other times, and in the first epoch, it is the schedule's. A metric that is not recorded counts
 * as a spike, so name one that is. It has no end.
 *
 * <p>Source: the usual answer to loss spikes in long trainings (Chowdhery et al. 2022, PaLM,
 * section 5.1, go back and skip the batches instead); no framework has it as a schedule.
 */
@Plugin(
    name = "spike-guard",
    summary = "schedule, multiplied by factor for some time after a metric has shot up",
    source = "answers to loss spikes, such as Chowdhery et al. 2022 (PaLM) 5.1")
public record SpikeGuard(
    @Param("what is reduced") Schedule schedule,
    @Param(value = "the metric, better the lower it is", byDefault = "loss") String monitor,
    @Param(
            value = "how many times the best a metric must exceed to be a spike",
            byDefault = "2",
            range = "[1, inf)")
        double threshold,
    @Param(value = "what the rate is multiplied by", byDefault = "0.5", range = "[0, 1]")
        double factor,
    @Param(value = "for how long", byDefault = "3ep", range = "[0, inf)") Duration over)
    implements Schedule, Recurrence {
  // What the state holds: the lowest metric and for how many epochs the guard is still up.
  private static final int BEST = 0;
  private static final int LEFT = 1;

  @Override
  public double at(Progress progress) {
    boolean guarded = progress.fold(this, Plateau.epochs(progress))[LEFT] > 0;
    double rate = schedule.at(progress);
    return guarded ? rate * factor : rate;
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public void begin(double[] state) {
    state[BEST] = Double.POSITIVE_INFINITY;
    state[LEFT] = 0;
  }

  @Override
  public void next(double[] state, long tick, Progress run) {
    double metric = run.metrics().value(monitor, (int) tick);
    double best = state[BEST];
    if (!Double.isFinite(metric) || metric > best + (threshold - 1) * Math.abs(best)) {
      state[LEFT] = Math.ceil(over.in(Unit.EPOCH, run));
    } else {
      state[LEFT] = Math.max(0, state[LEFT] - 1);
    }
    if (Double.isFinite(metric)) {
      state[BEST] = Math.min(best, metric);
    }
  }

  @Override
  public Optional<String> monitored() {
    return Optional.of(monitor);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return schedule.boundaries(run);
  }
}
