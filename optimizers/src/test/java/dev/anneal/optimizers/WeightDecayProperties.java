package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;

/** What the two forms of weight decay mean, for each rule that has them. */
class WeightDecayProperties {
  private static final Catalogue CATALOGUE = Catalogue.load();

  /** All but FTRL, whose step is no sum of the weight and something else. */
  private static final List<String> RULES =
      List.of(
          "sgd(0.1, momentum=0.9, nesterov=true",
          "sgd(0.1, momentum=0.9, dialect=torch",
          "adam(0.1",
          "adam(0.1, dialect=torch",
          "rmsprop(0.1, momentum=0.9",
          "adagrad(0.1",
          "adadelta(0.1",
          "adamax(0.1",
          "nadam(0.1",
          "radam(0.1",
          "lion(0.1",
          "adabelief(0.1",
          "yogi(0.1",
          "adan(0.1",
          "adopt(0.1",
          "ademamix(0.1",
          "asgd(0.1",
          "signum(0.1");

  @Provide
  Arbitrary<String> rules() {
    return Arbitraries.of(RULES);
  }

  private static Doubles run(String rule, String more) {
    return new Doubles(CATALOGUE.optimizer(rule + more + ")"), 0.7);
  }

  @Property(tries = 200)
  void coupledIsAPartOfTheGradient(
      @ForAll("rules") String rule,
      @ForAll @Size(20) List<@Scale(6) @DoubleRange(min = -2, max = 2) Double> gradients) {
    Doubles plain = run(rule, "");
    Doubles decayed = run(rule, ", weight_decay=0.3, weight_decay_form=coupled");
    for (double g : gradients) {
      plain.step(g + 0.3 * plain.weights()[0]);
      assertEquals(plain.weights()[0], decayed.step(g), 1e-9);
    }
  }

  @Property(tries = 200)
  void decoupledIsAStepBesideTheRule(
      @ForAll("rules") String rule,
      @ForAll @Size(20) List<@Scale(6) @DoubleRange(min = -2, max = 2) Double> gradients) {
    Doubles plain = run(rule, "");
    Doubles decayed = run(rule, ", weight_decay=0.3, weight_decay_form=decoupled");
    for (double g : gradients) {
      double before = plain.weights()[0];
      plain.step(g);
      plain.weights()[0] -= 0.1 * 0.3 * before;
      assertEquals(plain.weights()[0], decayed.step(g), 1e-9);
    }
  }

  /** PyTorch couples it, Keras and Optax do not. (To SGD without momentum it is all one.) */
  @Example
  void theNativeFormIsThatOfTheFramework() {
    for (String name :
        List.of("sgd(momentum=0.9, ", "adam(", "rmsprop(", "adagrad(", "adamax(", "nadam(")) {
      assertNative(name + "dialect=keras", "decoupled");
      assertNative(name + "dialect=torch", "coupled");
      assertNative(name + "dialect=optax", "decoupled");
    }
    assertNative("radam(0.1, dialect=torch", "coupled");
    assertNative("radam(0.1, dialect=optax", "decoupled");
    assertNative("asgd(0.1, lambd=1", "coupled");
    for (String name :
        List.of(
            "adadelta",
            "lion",
            "adabelief",
            "yogi",
            "adan",
            "adopt",
            "ademamix",
            "ftrl",
            "signum")) {
      assertNative(name + "(0.1", "decoupled");
    }
  }

  private static void assertNative(String rule, String form) {
    Doubles byDefault = run(rule, ", weight_decay=0.3");
    Doubles explicit = run(rule, ", weight_decay=0.3, weight_decay_form=" + form);
    String other = form.equals("coupled") ? "decoupled" : "coupled";
    Doubles wrong = run(rule, ", weight_decay=0.3, weight_decay_form=" + other);
    double difference = 0;
    for (double g : new double[] {0.5, -0.2, 0.1, -0.05}) {
      assertEquals(explicit.step(g), byDefault.step(g), rule);
      difference = Math.max(difference, Math.abs(wrong.step(g) - byDefault.weights()[0]));
    }
    assertTrue(difference > 1e-6, rule);
  }
}
