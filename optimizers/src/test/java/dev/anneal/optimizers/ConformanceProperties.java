package dev.anneal.optimizers;

import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.testkit.OptimizerConformance;
import dev.anneal.testkit.Specifications;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/** The built-in optimizers pass what a stranger's pass. */
class ConformanceProperties extends OptimizerConformance {
  private static final Catalogue CATALOGUE = Catalogue.load();

  @Override
  protected Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  protected Arbitrary<Optimizer> optimizers() {
    return Specifications.optimizers(CATALOGUE, Specifications.names(CATALOGUE, "optimizer"));
  }

  @Override
  protected List<Optimizer> tuned() {
    return Stream.of(
            "sgd(0.05)",
            "sgd(0.01, momentum=0.9)",
            "sgd(0.01, momentum=0.9, nesterov=true)",
            "adam(0.01)")
        .map(CATALOGUE::optimizer)
        .toList();
  }
}
