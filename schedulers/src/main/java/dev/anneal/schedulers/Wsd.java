package dev.anneal.schedulers;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/**
 * Warm-up, a plateau, and a cool-down at the end: the trapezoid.
 *
 * <p>{@code t} is the clock, {@code w} is {@code warmup}, {@code c} is {@code cooldown} and {@code
 * T} is {@code over}, all counted in {@code per}. For {@code t < w} the value goes from the floor
 * to {@code peak} along {@code warmupCurve}: exactly the floor at t = 0. Then it is exactly {@code
 * peak} up to t = T - c. From there it goes to the floor along {@code cooldownCurve}: exactly the
 * floor at t = T and beyond. With w = 0 or c = 0 that part is missing. Where both together exceed
 * T, the cool-down begins when the warm-up is over and takes what is left; a warm-up of T or more
 * leaves none, and the value drops to the floor at t = w.
 *
 * <p>With a floor of 0 the first update has a rate of 0 and changes nothing. The warm-up begins at
 * the floor, as in Transformers. {@code cooldownCurve=one-minus-sqrt} is the shape that Haegele et
 * al. found best.
 *
 * <p>Source: get_wsd_schedule of Transformers with {@code num_cycles=0.5}, whose stable steps are T
 * - w - c; Hu et al. 2024 (MiniCPM); Haegele et al. 2024.
 */
@Plugin(
    name = "wsd",
    summary = "a warm-up from floor to peak, a plateau, a cool-down to floor that ends with over",
    source = "Transformers get_wsd_schedule; Hu et al. 2024; Haegele et al. 2024")
public record Wsd(
    @Param(value = "the value of the plateau", range = "[0, inf)") double peak,
    @Param(value = "how long the warm-up takes", range = "[0, inf)") Duration warmup,
    @Param(value = "how long the cool-down takes", range = "[0, inf)") Duration cooldown,
    @Param(value = "where warm-up begins and cool-down ends", byDefault = "0", range = "[0, inf)")
        double floor,
    @Param(value = "what floor means; a fraction is one of peak", byDefault = "fraction")
        Relative floorIs,
    @Param(value = "the shape of the warm-up", byDefault = "linear") Curve warmupCurve,
    @Param(value = "the shape of the cool-down", byDefault = "cosine") Curve cooldownCurve,
    @Param(value = "when the cool-down is over", byDefault = "100%", range = "[0, inf)")
        Duration over,
    Unit per)
    implements Schedule {
  /**
   * Refuses an exponential curve from or to 0.
   *
   * @throws InputException if a curve is exponential and the floor is 0
   */
  public Wsd {
    if (floor == 0 && (warmupCurve == Curve.EXPONENTIAL || cooldownCurve == Curve.EXPONENTIAL)) {
      throw new InputException("wsd: an exponential curve needs floor above 0");
    }
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double w = warmup.in(per, progress);
    double low = DoubleDouble.finite(floorIs.of(floor, peak));
    if (t < w) {
      return warmupCurve.between(low, peak, t / w);
    }
    double end = over.in(per, progress);
    return cooldownCurve.between(peak, low, Shapes.done(t, cooling(progress), end));
  }

  /** When the cool-down begins. */
  private double cooling(Progress run) {
    return Math.max(warmup.in(per, run), over.in(per, run) - cooldown.in(per, run));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    double cooling = cooling(run);
    List<Boundary> phases =
        Shapes.phases(warmup.in(per, run), Math.max(over.in(per, run), cooling), per, run);
    return List.of(
        phases.getFirst(),
        Boundary.bend(
            Math.max(per.firstIteration(cooling, run), phases.getFirst().iteration()), "cool-down"),
        phases.getLast());
  }
}
