package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class SgdProperties {
  @Property
  void withoutMomentumItIsPlainDescent(
      @ForAll @Size(50) List<@Scale(9) @DoubleRange(min = -2, max = 2) Double> gradients,
      @ForAll @Scale(9) @DoubleRange(max = 1) double rate,
      @ForAll boolean nesterov) {
    var sgd = new Doubles(sgd(rate, 0, nesterov), 1);
    double w = 1;
    for (double g : gradients) {
      w -= rate * g;
      assertEquals(w, sgd.step(g), 1e-13);
    }
  }

  /** The rule as Keras states it, with a learning rate that changes at each step. */
  @Property
  void withMomentumTheVelocityHoldsTheLearningRate(
      @ForAll @Size(50) List<@Scale(9) @DoubleRange(min = -2, max = 2) Double> gradients,
      @ForAll @Scale(9) @DoubleRange(min = 0.001, max = 1) double momentum,
      @ForAll boolean nesterov) {
    Schedule falling = progress -> 1.0 / (1 + progress.iteration());
    var sgd = new Doubles(sgd(0, momentum, nesterov).withLearningRate(falling), 1);
    double w = 1;
    double v = 0;
    int t = 0;
    for (double g : gradients) {
      double rate = 1.0 / (1 + t++);
      v = momentum * v - rate * g;
      w += nesterov ? momentum * v - rate * g : v;
      assertEquals(w, sgd.step(g), 1e-11);
    }
  }

  /** The first weight of SGD in Keras 3.16 in float64. */
  @Example
  void itIsSgdOfKeras() {
    double[] gradients = {0.043946761487, -0.055701625925, -0.215317327365, -0.010404812886};
    double[] plain = {1.74855617905613, 1.74911319531538, 1.75126636858903, 1.7513704167178898};
    double[] nesterov = {
      1.7406457619884699, 1.7476693832337729, 1.7898877882206456, 1.810482707694321
    };
    var first = new Doubles(sgd(0.01, 0, false), 1.748995646671);
    var second = new Doubles(sgd(0.1, 0.9, true), 1.748995646671);
    for (int i = 0; i < gradients.length; i++) {
      assertEquals(plain[i], first.step(gradients[i]), 1e-14);
      assertEquals(nesterov[i], second.step(gradients[i]), 1e-14);
    }
  }

  @Example
  void onlyAMomentumThatIsAlwaysZeroKeepsNoVelocity() {
    Schedule zeroByAccident = progress -> 0;
    assertEquals(List.of(), Doubles.slots(sgd(0.1, 0, false)));
    assertEquals(List.of(), Doubles.slots(sgd(0.1, -0.0, true)));
    assertEquals(List.of("velocity"), Doubles.slots(sgd(0.1, 0.9, false)));
    assertEquals(
        List.of("velocity"), Doubles.slots(sgd(new Constant(0.1), zeroByAccident, false, 0)));
    assertEquals(List.of("learning_rate"), names(sgd(0.1, 0, false)));
    assertEquals(List.of("learning_rate", "momentum"), names(sgd(0.1, 0.9, false)));
  }

  /** The trap of legacy Keras: {@code decay} counts batches, so 250 of them leave 0.1 / 3.5. */
  @Example
  void legacyDecayCountsUpdates() {
    Progress afterOneEpoch = Progress.at(250, 250, 25_000);
    Schedule inForce =
        sgd(new Constant(0.1), new Constant(0), false, 0.01)
            .hyperparameters()
            .getFirst()
            .schedule();
    assertEquals(0.1, inForce.at(Progress.at(0, 250, 25_000)));
    assertEquals(0.0285714285714, inForce.at(afterOneEpoch), 1e-13);
    Schedule halving = progress -> progress.epoch() == 0 ? 0.2 : 0.1;
    Schedule both =
        sgd(halving, new Constant(0), false, 0.01).hyperparameters().getFirst().schedule();
    assertEquals(0.1 / 3.5, both.at(afterOneEpoch), 1e-17);
  }

  @Example
  void withoutDecayTheScheduleGivenIsTheOneInForce() {
    Schedule rate = new Constant(0.1);
    assertEquals(
        new Hyperparameter("learning_rate", rate), sgd(0.1, 0, false).hyperparameters().getFirst());
    assertEquals(sgd(0.3, 0.9, true), sgd(0.1, 0.9, true).withLearningRate(new Constant(0.3)));
  }

  private static Sgd sgd(double rate, double momentum, boolean nesterov) {
    return sgd(new Constant(rate), new Constant(momentum), nesterov, 0);
  }

  private static Sgd sgd(Schedule rate, Schedule momentum, boolean nesterov, double decay) {
    return new SgdBuilder()
        .learningRate(rate)
        .momentum(momentum)
        .nesterov(nesterov)
        .decay(decay)
        .build();
  }

  private static List<String> names(Sgd sgd) {
    return sgd.hyperparameters().stream().map(Hyperparameter::name).toList();
  }
}
