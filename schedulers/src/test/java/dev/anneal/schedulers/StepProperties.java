package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class StepProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theFormulaHoldsAroundEveryBoundary(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 1.5) double factor,
      @ForAll @IntRange(min = 1, max = 1000) int every,
      @ForAll @IntRange(max = 1) int offset,
      @ForAll @IntRange(min = 1, max = 100) int boundary,
      @ForAll @IntRange(min = -1, max = 1) int around) {
    int t = boundary * every - offset + around;
    var schedule =
        new StepDecayBuilder(initial, factor, Duration.iterations(every), Unit.ITERATION)
            .offset(offset)
            .build();
    if (t >= 0) {
      int changes = (offset + t) / every;
      Exact.assertClose(
          Exact.of(initial).multiply(Exact.of(factor).pow(changes, DIGITS), DIGITS),
          schedule.at(Progress.at(t, 1, 1000)),
          1);
    }
  }

  @Property
  void everyLengthOfTheRunMeansTheSameBoundary(
      @ForAll @IntRange(min = 1, max = 50) int perEpoch,
      @ForAll @IntRange(max = 10_000) int iteration,
      @ForAll Unit per) {
    Progress progress = Progress.at(iteration, perEpoch, 100L * perEpoch);
    double inEpochs = new StepDecayBuilder(1, 0.5, Duration.epochs(7), per).build().at(progress);
    double inPercent = new StepDecayBuilder(1, 0.5, Duration.percent(7), per).build().at(progress);
    double inIterations =
        new StepDecayBuilder(1, 0.5, Duration.iterations(7 * perEpoch), per).build().at(progress);
    assertEquals(inEpochs, inPercent);
    assertEquals(inEpochs, inIterations);
  }

  @Example
  void theTwoPublishedFormsDifferByOneEpoch() {
    var torch = new StepDecayBuilder(0.5, 0.8, Duration.epochs(10), Unit.EPOCH).build();
    var recipe = new StepDecayBuilder(0.5, 0.8, Duration.epochs(10), Unit.EPOCH).offset(1).build();
    assertEquals(0.5, recipe.at(epoch(8)));
    assertEquals(0.4, recipe.at(epoch(9)));
    assertEquals(0.5, torch.at(epoch(9)));
    assertEquals(0.4, torch.at(epoch(10)));
    assertEquals(0.4, recipe.at(epoch(18)));
    assertEquals(0.4, torch.at(epoch(19)));
  }

  @Example
  void aLengthThatIsNotWholeMovesTheChangeToTheNextTick() {
    var schedule = new StepDecayBuilder(1, 0.5, Duration.iterations(2.5), Unit.ITERATION).build();
    double[] expected = {1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125};
    for (int t = 0; t < expected.length; t++) {
      assertEquals(expected[t], schedule.at(Progress.at(t, 1, 10)));
    }
  }

  @Example
  void aRiseStopsAtTheLargestNumber() {
    assertEquals(
        Double.MAX_VALUE,
        new StepDecayBuilder(1, 2, Duration.iterations(1), Unit.ITERATION).build().at(epoch(2000)));
    assertEquals(
        0,
        new StepDecayBuilder(0, 2, Duration.iterations(1), Unit.ITERATION).build().at(epoch(2000)));
  }

  @Example
  void aLengthOfNothingIsRefused() {
    var error =
        assertThrows(
            InputException.class,
            () -> new StepDecayBuilder(1, 0.5, Duration.epochs(0), Unit.EPOCH).build());
    assertEquals("step: every must be in (0, inf), not 0ep", error.getMessage());
  }

  private static Progress epoch(int epoch) {
    return Progress.at(epoch * 3L, 3, 300);
  }
}
