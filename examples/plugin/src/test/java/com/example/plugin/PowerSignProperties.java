package com.example.plugin;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.testkit.OptimizerConformance;
import dev.anneal.testkit.Specifications;
import java.util.List;
import net.jqwik.api.Arbitrary;

class PowerSignProperties extends OptimizerConformance {
  @Override
  protected Arbitrary<Optimizer> optimizers() {
    return Specifications.optimizers(catalogue(), "power-sign");
  }

  @Override
  protected List<Optimizer> tuned() {
    return List.of(new PowerSignBuilder().learningRate(0.01).build());
  }
}
