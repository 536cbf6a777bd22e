package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/**
 * The schedule of the Transformer: a straight rise, then a fall with the square root of the time.
 *
 * <p>{@code factor * d^-0.5 * min(s^-0.5, s * w^-1.5)}, where {@code s = t + 1}, {@code t} is the
 * clock, {@code w} is {@code warmup}, both counted in {@code per}, and {@code d} is {@code
 * modelSize}. The paper counts steps from 1, where s = 0 has no value; here the first update, t =
 * 0, is its step 1. The peak, {@code factor / sqrt(d w)}, comes at t = w - 1. With w = 0 there is
 * no rise. It has no end. Per epoch, s counts epochs.
 *
 * <p>Source: Vaswani et al. 2017, Attention Is All You Need, section 5.3.
 */
@Plugin(
    name = "noam",
    summary = "factor / sqrt(model_size) * min(1 / sqrt(t + 1), (t + 1) / warmup^1.5)",
    source = "Vaswani et al. 2017")
public record Noam(
    @Param(value = "the width of the model", range = "(0, inf)", alias = "d_model")
        double modelSize,
    @Param(value = "how long the rise takes", range = "[0, inf)", alias = "warmup_steps")
        Duration warmup,
    @Param(value = "what all is multiplied by", byDefault = "1", range = "[0, inf)") double factor,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double s = per.clock(progress) + 1.0;
    double w = warmup.in(per, progress);
    double shape = s < w ? s / w / Math.sqrt(w) : 1 / Math.sqrt(s);
    return DoubleDouble.finite(DoubleDouble.finite(factor / Math.sqrt(modelSize)) * shape);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return List.of(Shapes.warmedUp(Math.max(0, warmup.in(per, run) - 1), per, run));
  }
}
