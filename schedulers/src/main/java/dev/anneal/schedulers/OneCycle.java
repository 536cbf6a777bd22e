package dev.anneal.schedulers;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/**
 * The one-cycle policy: up to a peak, and down to far below the beginning.
 *
 * <p>With {@code initial = peak / div} and {@code last = initial / finalDiv}, two phases go {@code
 * initial -> peak -> last} and three {@code initial -> peak -> initial -> last}, each along {@code
 * curve}. With T the length {@code over} counted in {@code per} and p the {@code pctStart}, the
 * phases end at these times, where frameworks disagree:
 *
 * <table>
 * <caption>The ends of the phases</caption>
 * <tr><th>dialect</th><th>2 phases</th><th>3 phases</th><th>last</th></tr>
 * <tr><td>{@code torch}</td><td>p T - 1; T - 1</td><td>p T - 1; 2 p T - 2; T - 1</td>
 *   <td>initial / finalDiv</td></tr>
 * <tr><td>{@code optax}</td><td>floor(p T); floor(T)</td>
 *   <td>floor(p T); floor(pctFinal T); floor(T)</td><td>initial / finalDiv</td></tr>
 * <tr><td>{@code fastai}</td><td>p T; T</td><td>none: refused</td><td>peak / finalDiv</td></tr>
 * </table>
 *
 * <p>So the last update of a run has exactly the last value in PyTorch, and stops one step short of
 * it in the others. At t = 0 the value is exactly {@code initial}, at the end of the first phase
 * exactly {@code peak} if a tick falls there, from the end of the last phase on it holds exactly
 * the last value. PyTorch raises an error one step beyond, after going on along the line below 0
 * for one step.
 *
 * <p>Short phases divide by nothing here. A first phase that ends at 0 is left out, and t = 0 has
 * the peak. In the dialect {@code torch} it may even end at -1 (p = 0), and then t = 0 lies a step
 * beyond the peak, as in PyTorch; with p = 1 the peak is reached at the end and held. A T of at
 * most one tick ({@code torch}), or of none, has the last value throughout.
 *
 * <p>Source: Smith and Topin 2018, Super-Convergence; OneCycleLR of PyTorch;
 * cosine_onecycle_schedule and linear_onecycle_schedule of Optax; fit_one_cycle of fast.ai, whose
 * defaults are {@code pct_start=0.25} and {@code final_div=1e5}.
 */
@Plugin(
    name = "one-cycle",
    summary = "peak / div up to peak, then down to peak / div / final_div",
    source = "Smith and Topin 2018; PyTorch OneCycleLR; Optax cosine_onecycle_schedule; fast.ai")
public record OneCycle(
    @Param(value = "the highest value", range = "[0, inf)", alias = "max_lr") double peak,
    @Param(value = "the part of the cycle that rises", byDefault = "0.3", range = "[0, 1]")
        double pctStart,
    @Param(
            value = "how many times lower than the peak it begins",
            byDefault = "25",
            range = "(0, inf)",
            alias = "div_factor")
        double div,
    @Param(
            value = "how many times lower it ends than it began; in fastai, than the peak",
            byDefault = "1e4",
            range = "(0, inf)",
            alias = "final_div_factor")
        double finalDiv,
    @Param(value = "2, or 3 to come back to the beginning first", byDefault = "2", range = "[2, 3]")
        int phases,
    @Param(
            value = "where the second of three phases ends in optax",
            byDefault = "0.85",
            range = "[0, 1]")
        double pctFinal,
    @Param(value = "the shape of each phase", byDefault = "cosine", alias = "anneal_strategy")
        Curve curve,
    @Param(
            value = "whose times of the phases",
            byDefault = "torch",
            choices = {"torch", "optax", "fastai"})
        Framework dialect,
    @Param(
            value = "how long the cycle takes",
            byDefault = "100%",
            range = "[0, inf)",
            alias = "total_steps")
        Duration over,
    Unit per)
    implements Schedule {
  /**
   * Checks the phases.
   *
   * @throws InputException if fast.ai is to have three phases
   */
  public OneCycle {
    checkPhases("one-cycle", dialect, phases);
  }

  static void checkPhases(String plugin, Framework dialect, int phases) {
    if (dialect == Framework.FASTAI && phases != 2) {
      throw new InputException(plugin + ": the dialect fastai has 2 phases, not " + phases);
    }
  }

  @Override
  public double at(Progress progress) {
    double initial = DoubleDouble.finite(peak / div);
    double last = DoubleDouble.finite((dialect == Framework.FASTAI ? peak : initial) / finalDiv);
    double back = phases == 2 ? last : initial;
    double total = over.in(per, progress);
    return value(
        dialect,
        (double) per.clock(progress),
        total,
        first(dialect, pctStart, total),
        second(dialect, pctStart, pctFinal, phases, total),
        curve,
        initial,
        peak,
        back,
        last);
  }

  /** The value on the way through four points, of which the last two are one in two phases. */
  static double value(
      Framework dialect,
      double clock,
      double total,
      double first,
      double second,
      Curve curve,
      double initial,
      double peak,
      double back,
      double last) {
    double end = end(dialect, total);
    if (end <= 0) {
      return last;
    }
    double t = Math.min(clock, end);
    // In PyTorch a phase has its end, in the others that belongs to the next.
    boolean closed = dialect == Framework.TORCH;
    if (first > 0 && (t < first || (closed && t == first))) {
      return curve.between(initial, peak, t / first);
    }
    if (t < second || (closed && t == second)) {
      return curve.between(peak, back, (t - first) / (second - first));
    }
    return curve.between(back, last, Shapes.done(t, second, end));
  }

  static double first(Framework dialect, double pctStart, double total) {
    double time = pctStart * total;
    return switch (dialect) {
      case TORCH -> time - 1;
      case OPTAX -> Math.floor(time);
      case FASTAI, KERAS -> time;
    };
  }

  static double second(
      Framework dialect, double pctStart, double pctFinal, int phases, double total) {
    if (phases == 2) {
      return end(dialect, total);
    }
    return dialect == Framework.TORCH
        ? 2 * pctStart * total - 2
        : Math.max(Math.floor(pctFinal * total), first(dialect, pctStart, total));
  }

  static double end(Framework dialect, double total) {
    return switch (dialect) {
      case TORCH -> total - 1;
      case OPTAX -> Math.floor(total);
      case FASTAI, KERAS -> total;
    };
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return boundaries(dialect, pctStart, pctFinal, phases, over.in(per, run), per, run);
  }

  static List<Boundary> boundaries(
      Framework dialect,
      double pctStart,
      double pctFinal,
      int phases,
      double total,
      Unit per,
      Progress run) {
    double end = Math.max(0, end(dialect, total));
    double first = Math.clamp(first(dialect, pctStart, total), 0, end);
    Boundary peak = Boundary.bend(per.firstIteration(first, run), "turning point");
    Boundary last = Boundary.end(per.firstIteration(end, run));
    if (phases == 2) {
      return List.of(peak, last);
    }
    double second = Math.clamp(second(dialect, pctStart, pctFinal, phases, total), first, end);
    return List.of(peak, Boundary.bend(per.firstIteration(second, run), "last phase"), last);
  }
}
