package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

class AdamProperties {
  /**
   * Algorithm 1 of the paper with the means corrected one by one, and epsilon as it enters the
   * "epsilon hat" form.
   */
  @Property
  void itIsThePaperWithEpsilonHat(
      @ForAll @Size(50) List<@Scale(9) @DoubleRange(min = -2, max = 2) Double> gradients,
      @ForAll @Scale(9) @DoubleRange(min = 0.5, max = 0.99) double beta1,
      @ForAll @Scale(9) @DoubleRange(min = 0.5, max = 0.9999) double beta2) {
    Schedule falling = progress -> 0.1 / (1 + progress.iteration());
    var adam = new Doubles(adam(0, beta1, beta2, 1e-3).withLearningRate(falling), 1);
    double w = 1;
    double m = 0;
    double v = 0;
    int s = 0;
    for (double g : gradients) {
      double rate = 0.1 / ++s;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      double root = Math.sqrt(1 - Math.pow(beta2, s));
      w -= rate * (m / (1 - Math.pow(beta1, s))) / (Math.sqrt(v) / root + 1e-3 / root);
      assertEquals(w, adam.step(g), 1e-10);
    }
  }

  /** The first weight of Adam in Keras 3.16 in float64. */
  @Example
  void itIsAdamOfKeras() {
    double[] gradients = {0.043946761487, -0.055701625925, -0.215317327365, -0.010404812886};
    double[] byDefault = {
      1.747995718622835, 1.748165121508587, 1.7488128349697754, 1.749369501834539
    };
    double[] custom = {
      1.7036138186981065, 1.71427628045516, 1.7490858801297184, 1.7774838569689353
    };
    var first = new Doubles(adam(0.001, 0.9, 0.999, 1e-7), 1.748995646671);
    var second = new Doubles(adam(0.05, 0.8, 0.95, 1e-3), 1.748995646671);
    for (int i = 0; i < gradients.length; i++) {
      assertEquals(byDefault[i], first.step(gradients[i]), 1e-14);
      assertEquals(custom[i], second.step(gradients[i]), 1e-14);
    }
  }

  @Example
  void aGradientOfZeroMovesNothing() {
    var adam = new Doubles(adam(0.1, 0.9, 0.999, 1e-7), 0.5);
    assertEquals(0.5, adam.step(0));
    assertEquals(0.5, adam.step(0));
  }

  @Example
  void itKeepsTwoMeansAndReadsFourSchedules() {
    Adam adam = adam(0.1, 0.9, 0.999, 1e-7);
    assertEquals(List.of("m", "v"), Doubles.slots(adam));
    assertEquals(
        List.of("learning_rate", "beta_1", "beta_2", "epsilon"),
        adam.hyperparameters().stream().map(Hyperparameter::name).toList());
    assertEquals(adam(0.3, 0.9, 0.999, 1e-7), adam.withLearningRate(new Constant(0.3)));
  }

  private static Adam adam(double rate, double beta1, double beta2, double epsilon) {
    return new AdamBuilder().learningRate(rate).beta1(beta1).beta2(beta2).epsilon(epsilon).build();
  }
}
