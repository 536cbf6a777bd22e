package dev.anneal.optimizers;

import java.util.List;

/** Every optimizer in every form that it has. */
final class Variants {
  static final List<String> ALL =
      List.of(
          "sgd",
          "sgd(0.05, momentum=0.9)",
          "sgd(0.05, momentum=0.9, nesterov=true, weight_decay=0.01)",
          "sgd(0.05, momentum=0.9, dialect=torch, dampening=0.3, weight_decay=0.01)",
          "sgd(0.05, momentum=0.9, nesterov=true, dialect=optax, decay=0.01)",
          "adam",
          "adam(0.01, amsgrad=true, weight_decay=0.01)",
          "adam(0.01, amsgrad=true, dialect=torch, weight_decay=0.01)",
          "adam(0.01, amsgrad=true, dialect=optax)",
          "adam(0.01, dialect=optax, correct_squares=false)",
          "adamw",
          "adamw(0.01, dialect=torch)",
          "rmsprop",
          "rmsprop(0.01, centered=true, momentum=0.9, weight_decay=0.01)",
          "rmsprop(0.01, centered=true, momentum=0.9, dialect=torch, weight_decay=0.01)",
          "rmsprop(0.01, momentum=0.9, nesterov=true, dialect=optax)",
          "adagrad",
          "adagrad(0.1, dialect=torch, decay=0.01, weight_decay=0.01)",
          "adadelta(1, weight_decay=0.01)",
          "adamax",
          "adamax(0.01, dialect=torch, weight_decay=0.01)",
          "nadam",
          "nadam(0.01, momentum_decay=0.004, dialect=torch, weight_decay=0.01)",
          "nadam(0.01, dialect=optax)",
          "radam(beta_2=0.9)",
          "radam(0.01, nesterov=true, dialect=optax, weight_decay=0.01)",
          "lion(weight_decay=0.01)",
          "adabelief(0.01)",
          "adabelief(0.01, nesterov=true, weight_decay=0.01)",
          "yogi(weight_decay=0.01)",
          "adan(weight_decay=0.01)",
          "adopt",
          "adopt(0.01, clipping=false, nesterov=true, weight_decay=0.01)",
          "ademamix(weight_decay=0.01)",
          "ftrl(0.1)",
          "ftrl(0.1, learning_rate_power=-0.7, l1=0.01, l2=0.01, l2_shrinkage=0.01, beta=0.1,"
              + " weight_decay=0.01)",
          "ftrl(0.1, learning_rate_power=0, initial_accumulator=0)",
          "ftrl(0.1, initial_accumulator=0)",
          "rprop",
          "asgd(0.1, lambd=0, t0=10)",
          "asgd(0.1, weight_decay=0.01)",
          "signum(weight_decay=0.01)",
          "signum(momentum=0)",
          "schedule-free-sgd(0.1)",
          "schedule-free-sgd(0.1, warmup_steps=100, weight_power=1, weight_decay=0.01,"
              + " dialect=optax)",
          "schedule-free-adamw(weight_decay=0.01)",
          "schedule-free-adamw(0.01, warmup_steps=100, dialect=torch)",
          "schedule-free-adamw(0.01, rate_power=1, weight_decay=0.01, dialect=optax)",
          "prodigy",
          "prodigy(d0=0.01, growth_rate=1.02, bias_correction=true, safeguard_warmup=true,"
              + " weight_decay=0.01)",
          "dadapt-adamw",
          "dadapt-adamw(d0=0.01, growth_rate=1.02, bias_correction=true, weight_decay=0.01)",
          "muon",
          "muon(0.01, nesterov=false, rms_rate=0, adam_learning_rate_ratio=0.1, dialect=torch)",
          "muon(0.01, rms_rate=0, adam_weight_decay=0, dialect=optax)",
          "muon(0.01, nesterov=false, weight_decay=0, dialect=optax)",
          "sam(sgd(0.05, momentum=0.9))",
          "sam(schedule-free-adamw(0.01), rho=0.5, adaptive=true)",
          "soap",
          "soap(0.01, shampoo_beta=0.9, precondition_frequency=3, max_precondition_size=20)",
          "sophia(0.01)",
          "sophia(0.01, batch_size=64, k=3, weight_decay=0)");

  private Variants() {}
}
