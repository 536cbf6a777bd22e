package dev.anneal.schedulers;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * One value after the other: {@code values[i]}, where {@code i} counts the boundaries that the
 * clock {@code t}, counted in {@code per}, has passed.
 *
 * <p>Frameworks disagree on which value a boundary itself has, so {@code side} says it: {@code
 * right} takes the new value from {@code t >= boundary} on, as Optax and PyTorch do; {@code left}
 * keeps the old one at {@code t = boundary}, as Keras does. At t = 0 the value is {@code values[0]}
 * unless a boundary is at 0; after the last boundary the last value holds. A boundary before its
 * predecessor, possible where they are stated in different units, counts as its predecessor. The
 * values are exact.
 *
 * <p>Source: PiecewiseConstantDecay of Keras (left); piecewise_constant_schedule of Optax (right),
 * whose scales multiply: the values here are the products.
 */
@Plugin(
    name = "piecewise-constant",
    summary = "one value after the other",
    source = "Keras PiecewiseConstantDecay (left); Optax piecewise_constant_schedule (right)")
public record PiecewiseConstant(
    @Param(value = "the values in order", range = "[0, inf)") List<Double> values,
    @Param(value = "where each but the first begins", byDefault = "[]", range = "[0, inf)")
        List<Duration> boundaries,
    @Param(value = "which value a boundary has: the new one or the old", byDefault = "right")
        Side side,
    Unit per)
    implements Schedule {
  /** The side that a boundary belongs to. */
  public enum Side {
    /** The new value, from {@code t >= boundary} on. */
    RIGHT,
    /** The old value, until {@code t <= boundary}. */
    LEFT
  }

  /**
   * Checks that there is a boundary between each two values, and that boundaries of one measure
   * ascend.
   *
   * @throws InputException if that is not so
   */
  public PiecewiseConstant {
    values = List.copyOf(values);
    boundaries = List.copyOf(boundaries);
    check("piecewise-constant", values, boundaries);
  }

  /** Checks that there is a boundary between each two values, and the order of boundaries. */
  static void check(String plugin, List<Double> values, List<Duration> boundaries) {
    if (values.isEmpty()) {
      throw new InputException(plugin + ": values must hold at least one");
    }
    if (boundaries.size() != values.size() - 1) {
      throw new InputException(
          "%s: %d values have %d boundaries between them, not %d"
              .formatted(plugin, values.size(), values.size() - 1, boundaries.size()));
    }
    Duration.checkAscending(plugin, "boundaries", boundaries);
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    int passed = 0;
    while (passed < boundaries.size() && isPassed(t, boundaries.get(passed).in(per, progress))) {
      passed++;
    }
    return values.get(passed);
  }

  private boolean isPassed(double t, double boundary) {
    return side == Side.RIGHT ? t >= boundary : t > boundary;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    List<Boundary> all = new ArrayList<>();
    double time = 0;
    for (int i = 0; i < boundaries.size(); i++) {
      time = Math.max(time, boundaries.get(i).in(per, run));
      double first = side == Side.RIGHT ? time : Math.floor(time) + 1;
      all.add(Boundary.jump(per.firstIteration(first, run), "value " + (i + 2)));
    }
    return List.copyOf(all);
  }
}
