package dev.anneal.schedulers;

import dev.anneal.core.InputException;
import dev.anneal.core.schedule.Boundary;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.List;

/**
 * A fall (or rise) from one value to another along a power of the time left; power 1 is a straight
 * line.
 *
 * <p>{@code (initial - end) * (1 - min(t, N) / N)^power + end}, where {@code t} is the clock and
 * {@code N} is {@code over}, both counted in {@code per}. At t = 0 the value is exactly {@code
 * initial}; at t = N and beyond it is exactly {@code end}, and where N is 0 it is {@code end} from
 * the start. N need not be whole. Over 100% the end is reached when the run is over: its last
 * update still takes a step before it.
 *
 * <p>Source: PolynomialDecay of Keras without {@code cycle}; PolynomialLR of PyTorch where {@code
 * end} is 0.
 *
 * @param initial the value at t = 0, in [0, inf)
 * @param end the value from t = N on, in [0, inf)
 * @param power the exponent, in (0, inf); above 1 most of the change comes early
 * @param over how long the change takes
 * @param per the clock's unit
 */
@Plugin(
    name = "polynomial",
    summary = "(initial - end) * (1 - min(t, over) / over)^power + end; power 1 is linear",
    source = "Keras PolynomialDecay; PyTorch PolynomialLR")
public record Polynomial(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(
            value = "the value at the end and beyond",
            byDefault = "0",
            range = "[0, inf)",
            alias = "end_learning_rate")
        double end,
    @Param(value = "the exponent; 1 is a straight line", byDefault = "1", range = "(0, inf)")
        double power,
    @Param(
            value = "how long it takes to get there",
            byDefault = "100%",
            range = "[0, inf)",
            alias = "decay_steps")
        Span over,
    Unit per)
    implements Schedule {
  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Polynomial {
    Parameters.check(Polynomial.class, initial, end, power, over, per);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return List.of(Boundary.end(per.firstIteration(over.in(per, run), run)));
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = over.in(per, progress);
    if (t >= n) {
      return end;
    }
    if (t == 0) {
      return initial;
    }
    // (n - t) / n keeps its digits near the end, where 1 - t / n cancels.
    return Math.fma(initial - end, StrictMath.pow((n - t) / n, power), end);
  }
}
