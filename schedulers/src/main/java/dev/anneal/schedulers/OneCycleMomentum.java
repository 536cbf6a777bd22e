package dev.anneal.schedulers;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
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
 * The momentum beside {@link OneCycle}: low where the rate is high.
 *
 * <p>Two phases go {@code high -> low -> high}; three go {@code high -> low -> high} and stay there
 * in the last. The times of the phases are those of {@link OneCycle} with the same {@code
 * pctStart}, {@code phases}, {@code dialect} and {@code over}. At t = 0 the value is exactly {@code
 * high}, at the end of the first phase exactly {@code low} if a tick falls there, from the end on
 * exactly {@code high}.
 *
 * <p>Source: {@code cycle_momentum} of OneCycleLR in PyTorch, which moves the first beta of the
 * Adam family in the same way; the {@code moms} of fit_one_cycle in fast.ai. Optax has none: there
 * the dialect {@code optax} goes with its rate.
 */
@Plugin(
    name = "one-cycle-momentum",
    summary = "high down to low and back, in the phases of one-cycle",
    source = "PyTorch OneCycleLR, cycle_momentum; fast.ai fit_one_cycle")
public record OneCycleMomentum(
    @Param(
            value = "the momentum at both ends",
            byDefault = "0.95",
            range = "[0, 1)",
            alias = "max_momentum")
        double high,
    @Param(
            value = "the momentum at the peak of the rate",
            byDefault = "0.85",
            range = "[0, 1)",
            alias = "base_momentum")
        double low,
    @Param(value = "the part of the cycle that falls", byDefault = "0.3", range = "[0, 1]")
        double pctStart,
    @Param(value = "2, or 3 to stay high at last", byDefault = "2", range = "[2, 3]") int phases,
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
  public OneCycleMomentum {
    OneCycle.checkPhases("one-cycle-momentum", dialect, phases);
  }

  @Override
  public double at(Progress progress) {
    double total = over.in(per, progress);
    return OneCycle.value(
        dialect,
        (double) per.clock(progress),
        total,
        OneCycle.first(dialect, pctStart, total),
        OneCycle.second(dialect, pctStart, pctFinal, phases, total),
        curve,
        high,
        low,
        high,
        high);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return OneCycle.boundaries(dialect, pctStart, pctFinal, phases, over.in(per, run), per, run);
  }
}
