package dev.anneal.experiments.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.experiments.range.Ladder.Spacing;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LadderProperties {
  @Property
  void meetsBothEndsAndClimbs(
      @ForAll Spacing spacing,
      @ForAll @IntRange(min = -12, max = 1) int exponent,
      @ForAll @DoubleRange(min = 1.1, max = 1e6) double times,
      @ForAll @IntRange(min = 50, max = 500) int steps) {
    double from = Math.pow(10, exponent) / 3;
    Ladder ladder = new Ladder(spacing, from, from * times, steps);
    assertEquals(from, ladder.at(0));
    assertEquals(from * times, ladder.at(steps - 1));
    assertEquals(from, ladder.at(-1));
    assertEquals(from * times, ladder.at(steps));
    for (int step = 1; step < steps; step++) {
      assertTrue(ladder.at(step - 1) < ladder.at(step), "step " + step);
    }
  }

  @Property
  void stepsAreEven(@ForAll Spacing spacing, @ForAll @IntRange(min = 50, max = 500) int steps) {
    Ladder ladder = new Ladder(spacing, 1e-6, 10, steps);
    double even =
        spacing == Spacing.LINEAR ? (10 - 1e-6) / (steps - 1) : Math.log(10 / 1e-6) / (steps - 1);
    for (int step = 1; step < steps; step++) {
      double gap =
          spacing == Spacing.LINEAR
              ? ladder.at(step) - ladder.at(step - 1)
              : Math.log(ladder.at(step) / ladder.at(step - 1));
      assertEquals(even, gap, 1e-9, "step " + step);
    }
  }

  @Example
  void twoEpochsAreClimbedButNeitherFewNorManySteps() {
    assertEquals(100, Ladder.ofRates(9).steps());
    assertEquals(100, Ladder.ofRates(50).steps());
    assertEquals(250, Ladder.ofRates(125).steps());
    assertEquals(400, Ladder.ofRates(200).steps());
    assertEquals(400, Ladder.ofRates(Integer.MAX_VALUE).steps());
  }

  @Example
  void whatIsNoLadderIsRefused() {
    for (double[] ends :
        new double[][] {{0, 1}, {-1, 1}, {1, 1}, {2, 1}, {1, 1.0 / 0}, {0.0 / 0, 1}}) {
      assertThrows(
          InputException.class, () -> new Ladder(Spacing.EXPONENTIAL, ends[0], ends[1], 100));
    }
    assertThrows(InputException.class, () -> new Ladder(Spacing.LINEAR, 1, 2, 49));
    assertThrows(InputException.class, () -> new Ladder(Spacing.LINEAR, 1, 2, 10_001));
  }
}
