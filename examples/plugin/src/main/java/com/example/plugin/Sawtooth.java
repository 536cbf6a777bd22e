package com.example.plugin;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A straight fall from one value towards another, again and again: {@code high - (high - low) x},
 * where {@code x} in [0, 1) is the part of the tooth that is done.
 */
@Plugin(name = "sawtooth", summary = "high - (high - low) * (t mod every) / every")
public record Sawtooth(
    @Param(value = "the value at the beginning of each tooth", range = "[0, 1e9]") double high,
    @Param(value = "what it falls to", byDefault = "0", range = "[0, 1e9]") double low,
    @Param(value = "the length of a tooth", range = "(0, inf)") Duration every,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    long tooth = length(progress);
    double done = (double) (per.clock(progress) % tooth) / tooth;
    return high * (1 - done) + low * done;
  }

  /** Each tooth begins with a jump. */
  @Override
  public List<Boundary> boundaries(Progress run) {
    long tooth = length(run);
    return LongStream.iterate(1, n -> n + 1)
        .limit(Boundary.MOST)
        .map(n -> per.firstIteration((double) n * tooth, run))
        .takeWhile(iteration -> iteration < run.totalIterations())
        .mapToObj(iteration -> Boundary.jump(iteration, "next tooth"))
        .toList();
  }

  private long length(Progress progress) {
    return Math.max(1, (long) every.in(per, progress));
  }
}
