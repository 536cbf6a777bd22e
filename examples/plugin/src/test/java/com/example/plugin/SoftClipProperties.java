package com.example.plugin;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.testkit.OptimizerConformance;
import dev.anneal.testkit.Specifications;
import java.util.List;
import net.jqwik.api.Arbitrary;

class SoftClipProperties extends OptimizerConformance {
  /** Around what is at hand: power-sign, and itself. */
  @Override
  protected Arbitrary<Optimizer> optimizers() {
    return Specifications.optimizers(catalogue(), "soft-clip");
  }

  @Override
  protected List<Optimizer> tuned() {
    return List.of(new SoftClipBuilder(new PowerSignBuilder().build()).build());
  }
}
