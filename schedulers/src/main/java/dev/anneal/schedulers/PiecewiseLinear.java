package dev.anneal.schedulers;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Values at given times, with lines or other curves between them: {@code values[0]} at t = 0,
 * {@code values[i]} at {@code boundaries[i - 1]}, where {@code t} is the clock counted in {@code
 * per}.
 *
 * <p>At t = 0 and at each boundary that is a whole number of ticks the value is exactly the given
 * one, unless the next boundary is at the same time: then it jumps to the later value. After the
 * last boundary the last value holds. A boundary before its predecessor, possible where they are
 * stated in different units, counts as its predecessor. Between two values the error is at most 2
 * ulp of the larger one on a line and 8 on a cosine; an exponential curve from a to b has a
 * relative error of at most {@code (3 + |ln(b / a)|) * 2^-52}.
 *
 * <p>Source: piecewise_interpolate_schedule of Optax (linear or cosine), whose scales multiply: the
 * values here are the products; SchedExp and combine_scheds of fast.ai (exponential); numpy.interp.
 */
@Plugin(
    name = "piecewise-linear",
    summary = "lines or other curves through values at given times",
    source = "Optax piecewise_interpolate_schedule; fast.ai combine_scheds")
public record PiecewiseLinear(
    @Param(value = "the values in order, the first at 0", range = "[0, inf)") List<Double> values,
    @Param(value = "the times of all but the first", byDefault = "[]", range = "[0, inf)")
        List<Duration> boundaries,
    @Param(value = "the shape between two values", byDefault = "linear") Curve curve,
    Unit per)
    implements Schedule {
  /**
   * Checks that all values but the first have a time, and that times of one measure ascend.
   *
   * @throws InputException if that is not so
   */
  public PiecewiseLinear {
    values = List.copyOf(values);
    boundaries = List.copyOf(boundaries);
    PiecewiseConstant.check("piecewise-linear", values, boundaries);
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double start = 0;
    for (int i = 0; i < boundaries.size(); i++) {
      double end = Math.max(start, boundaries.get(i).in(per, progress));
      if (t < end) {
        return curve.between(values.get(i), values.get(i + 1), (t - start) / (end - start));
      }
      start = end;
    }
    return values.getLast();
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    List<Boundary> all = new ArrayList<>();
    double start = 0;
    for (int i = 0; i < boundaries.size(); i++) {
      double end = Math.max(start, boundaries.get(i).in(per, run));
      long iteration = per.firstIteration(end, run);
      boolean steep = end - start < 1 && !values.get(i).equals(values.get(i + 1));
      boolean last = i == boundaries.size() - 1;
      all.add(
          new Boundary(
              iteration,
              last ? "end" : "value " + (i + 2),
              last ? Boundary.Kind.END : Boundary.Kind.PHASE,
              steep));
      start = end;
    }
    return List.copyOf(all);
  }
}
