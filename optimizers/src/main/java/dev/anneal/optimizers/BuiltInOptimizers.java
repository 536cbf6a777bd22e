package dev.anneal.optimizers;

import dev.anneal.api.plugin.PluginProvider;
import java.util.List;

/** The optimizers that come with the library. */
public final class BuiltInOptimizers implements PluginProvider {
  /** Made by the service loader. */
  public BuiltInOptimizers() {}

  @Override
  public List<Class<? extends Record>> plugins() {
    return List.of(
        Sgd.class,
        OptimisticSgd.class,
        Adam.class,
        AdamW.class,
        RmsProp.class,
        Adagrad.class,
        Adadelta.class,
        Adamax.class,
        Nadam.class,
        RAdam.class,
        Lion.class,
        AdaBelief.class,
        Yogi.class,
        Adan.class,
        Adopt.class,
        AdEMAMix.class,
        SimplifiedAdEMAMix.class,
        AcProp.class,
        Ftrl.class,
        Rprop.class,
        Asgd.class,
        Signum.class,
        ScheduleFreeSgd.class,
        ScheduleFreeAdamW.class,
        Prodigy.class,
        DAdaptAdamW.class,
        Muon.class,
        Sam.class,
        Soap.class,
        Shampoo.class,
        Sophia.class,
        Lamb.class,
        Lars.class,
        Fromage.class,
        NovoGrad.class,
        Adafactor.class,
        Sm3.class,
        Madgrad.class,
        Dog.class,
        Dowg.class,
        Cocob.class,
        PolyakSgd.class,
        Momo.class,
        MomoAdam.class,
        Clip.class,
        Accumulate.class,
        Lookahead.class,
        Ema.class,
        Exempt.class,
        Centralize.class,
        GradientNoise.class,
        Lazy.class);
  }
}
