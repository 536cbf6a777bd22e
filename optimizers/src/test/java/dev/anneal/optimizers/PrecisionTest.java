package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.kernel.Width;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A thousand steps in float beside the same rule in double. */
class PrecisionTest {
  private static final int STEPS = 1000;
  private static final int WEIGHTS = 256;

  /**
   * In units in the last place of the largest that a weight has been. A weight is rounded once at
   * each step: the sum of a thousand errors of up to half a unit has a deviation of 9, and the
   * worst of 256 such sums is about 28. The rounding of the step itself and of the learning rate
   * add to it. Up to 42.5 was measured (Lion), mostly 20 to 30.
   */
  private static final double ULPS = 48;

  /**
   * Rules that amplify roundings, by name, each with a bound of its own. The estimate of Prodigy is
   * the factor of every later step (315 measured).
   */
  private static final Map<String, Double> AMPLIFYING = Map.of("prodigy", 400.0);

  /**
   * Forms that know a matrix from a row, and have a bound there. Where SOAP follows 32 eigenvectors
   * of gradients that span 8 dimensions there is none: which of two that are nearly alike comes
   * first is decided by roundings. Step by step the conformance suite looks at it.
   */
  private static final Pattern ON_MATRICES = Pattern.compile("muon.*|shampoo.*|soap\\(.*");

  /**
   * Rules that feed rounding back, so that after a thousand steps no bound holds: the step of DoG
   * is a distance of 1e-6 at first, of which weights of about 1 have but two digits; an estimated
   * least loss is a difference that decides over the next one. Step by step, the conformance suite
   * looks at them.
   */
  private static final List<String> FED_BACK =
      List.of(
          "dog",
          "momo(0.1, adaptive=true, weight_decay=0.01)",
          "momo-adam(adaptive=true, weight_decay=0.01)");

  private final Catalogue catalogue = Catalogue.load();

  @TestFactory
  Stream<DynamicTest> floatsFollowDoubles() {
    return Variants.ALL.stream()
        .filter(text -> !FED_BACK.contains(text))
        .map(text -> DynamicTest.dynamicTest(text, () -> check(text, 1)));
  }

  @TestFactory
  Stream<DynamicTest> floatsFollowDoublesOnMatrices() {
    return Variants.ALL.stream()
        .filter(text -> ON_MATRICES.matcher(text).matches())
        .map(text -> DynamicTest.dynamicTest(text, () -> check(text, 8)));
  }

  private void check(String text, int rows) {
    Optimizer optimizer = catalogue.optimizer(text);
    Random random = new Random(5);
    float[] weights = new float[WEIGHTS];
    double[] exact = new double[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      exact[i] = weights[i] = random.nextFloat(-1, 1);
    }
    Floats floats = new Floats(optimizer, Width.preferred(), rows, weights);
    Doubles doubles = new Doubles(optimizer, Map.of(), rows, exact);
    float[] gradient = new float[WEIGHTS];
    double[] exactGradient = new double[WEIGHTS];
    double[] largest = new double[WEIGHTS];
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < WEIGHTS; i++) {
        double size = Math.pow(10, random.nextDouble(-3, 0));
        exactGradient[i] = gradient[i] = (float) (random.nextBoolean() ? size : -size);
        largest[i] = Math.max(largest[i], Math.abs(doubles.weights()[i]));
      }
      floats.step(gradient);
      doubles.step(exactGradient);
    }
    double largestError = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      double off = Math.abs(floats.weights()[i] - doubles.weights()[i]);
      largestError = Math.max(largestError, off / Math.ulp((float) largest[i]));
    }
    double bound = AMPLIFYING.getOrDefault(text.replaceFirst("\\(.*", ""), ULPS);
    assertTrue(largestError <= bound, largestError + " ulps");
  }
}
