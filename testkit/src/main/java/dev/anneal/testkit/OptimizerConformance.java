package dev.anneal.testkit;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * The laws of optimizers. A test of an optimizer extends this class, says which instances to try,
 * and is run by JUnit:
 *
 * <pre>{@code
 * class PowerSignProperties extends OptimizerConformance {
 *   @Override
 *   protected Arbitrary<Optimizer> optimizers() {
 *     return Specifications.optimizers(catalogue(), "power-sign");
 *   }
 *
 *   @Override
 *   protected List<Optimizer> tuned() {
 *     return List.of(catalogue().optimizer("power-sign(0.01)"));
 *   }
 * }
 * }</pre>
 *
 * <p>A failure names the law and the specification of the optimizer that breaks it.
 */
public abstract non-sealed class OptimizerConformance extends Conformance<Optimizer> {
  /** For subclasses. */
  protected OptimizerConformance() {}

  /**
   * The instances to try: with any parameters that the constructor accepts.
   *
   * @return random optimizers
   */
  protected abstract Arbitrary<? extends Optimizer> optimizers();

  /**
   * Instances that descend: from weights of about 1, along gradients of about 1, in some hundred
   * steps. A learning rate of about 0.01 usually does.
   *
   * @return at least one
   */
  protected abstract List<? extends Optimizer> tuned();

  /**
   * Where specifications are looked up.
   *
   * @return by default all plugins on the path
   */
  protected Catalogue catalogue() {
    return Catalogue.load();
  }

  /**
   * Whether weights change under a gradient of zero, as with a weight decay.
   *
   * @param optimizer an instance
   * @return by default false
   */
  protected boolean decaysWeights(Optimizer optimizer) {
    return false;
  }

  /**
   * How far a step in single precision may be from the same step in double precision where weights,
   * gradients and rate are about 1: in units in the last place of 1, or of the number itself before
   * or after the step.
   *
   * @return by default 16
   */
  protected int ulps() {
    return 16;
  }

  /**
   * Laws of one's own, which come after all others.
   *
   * @return by default none
   */
  protected List<Law<Optimizer>> moreLaws() {
    return List.of();
  }

  @Override
  final Stream<Held<Optimizer>> held() {
    Catalogue catalogue = catalogue();
    Arbitrary<? extends Optimizer> any = optimizers();
    List<Optimizer> good = List.copyOf(tuned());
    Arbitrary<Optimizer> anyGood = Arbitraries.of(good);
    return Stream.of(
            Stream.of(
                new Held<>(OptimizerLaws.hyperparameters(), any),
                new Held<>(OptimizerLaws.rule(), any),
                new Held<>(OptimizerLaws.names(), any),
                new Held<>(OptimizerLaws.notation(catalogue), any),
                new Held<>(OptimizerLaws.learningRate(), any),
                new Held<>(OptimizerLaws.finite(), anyGood),
                new Held<>(OptimizerLaws.rateZero(), any),
                new Held<>(OptimizerLaws.gradientZero(this::decaysWeights), any),
                new Held<>(OptimizerLaws.resume(catalogue), any),
                new Held<>(OptimizerLaws.width(), any),
                new Held<>(OptimizerLaws.precision(ulps()), any),
                new Held<>(OptimizerLaws.digits(ulps()), anyGood)),
            good.stream().map(each -> new Held<>(OptimizerLaws.descent(), Arbitraries.just(each))),
            Stream.of(new Held<>(OptimizerLaws.allocation(), any)),
            moreLaws().stream().map(law -> new Held<>(law, any)))
        .flatMap(each -> each);
  }
}
