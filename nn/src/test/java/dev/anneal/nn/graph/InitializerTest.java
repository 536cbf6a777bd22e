package dev.anneal.nn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.core.random.RandomStream;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializerTest {
  private static final int IN = 300;
  private static final int OUT = 100;
  private static final int DRAWS = 400_000;

  /**
   * Variance and largest magnitude for 300 inputs and 100 outputs. A uniform distribution on ±l has
   * variance l^2 / 3; a truncated one ends at two deviations of the normal that was cut.
   */
  @ParameterizedTest
  @CsvSource({
    "glorot-uniform, 0.005, 0.12247449", // 2 / 400, sqrt(6 / 400)
    "glorot-normal, 0.005, 0.16077404", // 2 sqrt(0.005) / 0.87962566
    "he-uniform, 0.0066666667, 0.14142136", // 2 / 300, sqrt(6 / 300)
    "he-normal, 0.0066666667, 0.18564587",
    "normal, 0.0025, 0.3",
    "normal(0.2), 0.04, 1.2",
    "zeros, 0, 0"
  })
  void momentsAndLimits(String text, double variance, double limit) {
    Initializer initializer = Initializer.parse(text);
    RandomStream random = new RandomStream(11);
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < DRAWS; i++) {
      double draw = initializer.draw(random, i, IN, OUT);
      sum += draw;
      squares += draw * draw;
      largest = Math.max(largest, Math.abs(draw));
    }
    assertEquals(0, sum / DRAWS, 4 * Math.sqrt(variance / DRAWS));
    assertEquals(variance, squares / DRAWS, 0.01 * variance);
    assertTrue(largest <= limit * (1 + 1e-6), "largest " + largest);
    if (initializer.family() != Initializer.Family.NORMAL) {
      assertTrue(largest >= limit * 0.999, "largest " + largest);
    }
  }

  @Test
  void aWeightDependsOnItsPositionAlone() {
    Initializer initializer = Initializer.parse("he-normal");
    RandomStream random = new RandomStream(3);
    float late = initializer.draw(random, 1000, IN, OUT);
    initializer.draw(random, 0, IN, OUT);
    assertEquals(late, initializer.draw(new RandomStream(3), 1000, IN, OUT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "glorot-uniform",
        "glorot-normal",
        "he-uniform",
        "he-normal",
        "zeros",
        "ones",
        "normal(0.1)"
      })
  void parseReadsWhatIsPrinted(String text) {
    assertEquals(text, Initializer.parse(text).toString());
    assertEquals(
        Initializer.parse(text),
        Initializer.parse(" " + text.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  @Test
  void onesAreOnes() {
    assertEquals(1, Initializer.ONES.draw(new RandomStream(3), 5, IN, OUT));
  }

  @Test
  void normalHasADefault() {
    assertEquals(Initializer.normal(0.05), Initializer.parse("normal"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "glorot", "normal()", "normal(x)", "normal(0.1", "uniform"})
  void unknownOnesAreRefused(String text) {
    String message = assertThrows(InputException.class, () -> Initializer.parse(text)).getMessage();
    assertTrue(message.startsWith("no initializer is named \"" + text + "\""), message);
    assertTrue(
        message.endsWith(
            "; known: glorot-uniform, glorot-normal, he-uniform, he-normal, zeros, ones,"
                + " normal(deviation)"),
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal(0)", "normal(-1)"})
  void deviationsArePositive(String text) {
    assertTrue(
        assertThrows(InputException.class, () -> Initializer.parse(text))
            .getMessage()
            .startsWith("initializer: the standard deviation must be in (0, inf), not "));
  }
}
