package dev.anneal.schedulers;

import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.schedule.Clamp;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Maximum;
import dev.anneal.api.schedule.Minimum;
import dev.anneal.api.schedule.Product;
import dev.anneal.api.schedule.Repeat;
import dev.anneal.api.schedule.Scale;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Shift;
import dev.anneal.api.schedule.Sum;
import dev.anneal.api.schedule.Warmup;
import java.util.List;

/** The schedules that come with the library: those of the core, which compose others, too. */
public final class BuiltInSchedules implements PluginProvider {
  /** Made by the service loader. */
  public BuiltInSchedules() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(
        Constant.class,
        Polynomial.class,
        TimeBased.class,
        Exponential.class,
        StepDecay.class,
        Linear.class,
        PiecewiseConstant.class,
        MultiStep.class,
        PiecewiseLinear.class,
        ExponentialDecay.class,
        InverseTime.class,
        Cosine.class,
        CosineRestarts.class,
        Tanh.class,
        Rex.class,
        Warmup.class,
        Sequence.class,
        Repeat.class,
        Shift.class,
        Scale.class,
        Clamp.class,
        Product.class,
        Sum.class,
        Maximum.class,
        Minimum.class,
        // Cycles, warm-ups and metrics.
        Triangular.class,
        Triangular2.class,
        ExpRange.class,
        OneCycle.class,
        OneCycleMomentum.class,
        ConstantWithWarmup.class,
        LinearWithWarmup.class,
        CosineWithWarmup.class,
        PolynomialWithWarmup.class,
        InverseSqrtWithWarmup.class,
        InverseSqrt.class,
        Noam.class,
        Wsd.class,
        FlatCosine.class,
        Snapshot.class,
        Swa.class,
        Multiplicative.class,
        Plateau.class,
        Greedy.class,
        SpikeGuard.class);
  }
}
