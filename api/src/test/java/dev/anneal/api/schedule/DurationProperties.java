package dev.anneal.api.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class DurationProperties {
  @Property
  void aDurationReadsBackEqual(
      @ForAll @Scale(12) @DoubleRange(min = -0.0, max = Double.MAX_VALUE) double amount,
      @ForAll Duration.Measure measure) {
    Duration duration = new Duration(amount, measure);
    assertEquals(duration, Duration.parse(duration.toString()));
  }

  @Property
  void wholePercentOfAHundredEpochsAreWholeEpochs(
      @ForAll @IntRange(max = 100) int percent,
      @ForAll @IntRange(min = 1, max = 100_000) int perEpoch) {
    Progress progress = Progress.at(0, perEpoch, 100L * perEpoch);
    assertEquals(percent, Duration.percent(percent).in(Unit.EPOCH, progress));
    assertEquals(
        (double) percent * perEpoch, Duration.epochs(percent).in(Unit.ITERATION, progress));
    assertEquals(
        percent, Duration.iterations((double) percent * perEpoch).in(Unit.EPOCH, progress));
  }

  @Property
  void aLengthIsFinite(
      @ForAll @Scale(12) @DoubleRange(max = Double.MAX_VALUE) double amount,
      @ForAll Duration.Measure measure,
      @ForAll Unit unit) {
    double length = new Duration(amount, measure).in(unit, Progress.at(0, 1000, 100_000));
    assertTrue(length >= 0 && length < Double.POSITIVE_INFINITY);
  }

  @Example
  void lengthsAreMeasuredOnTheClock() {
    Progress progress = Progress.at(0, 250, 25_000);
    assertEquals(1250, Duration.parse("5ep").in(Unit.ITERATION, progress));
    assertEquals(1.2, Duration.parse("300it").in(Unit.EPOCH, progress));
    assertEquals(10, Duration.parse("10%").in(Unit.EPOCH, progress));
    assertEquals(2500, Duration.parse("10 %").in(Unit.ITERATION, progress));
    // 0.07 * 100 is 7.000000000000001 in binary, and would put the boundary one update late.
    assertEquals(7, Duration.parse("0.07ep").in(Unit.ITERATION, Progress.at(0, 100, 100)));
    assertEquals(1.0 / 3, Duration.iterations(1).in(Unit.EPOCH, Progress.at(0, 3, 3)));
  }

  @Example
  void aLongTextIsReadOnce() {
    String text = "1" + " ".repeat(1_000_000) + "x";
    assertTimeoutPreemptively(
        java.time.Duration.ofSeconds(10),
        () -> assertThrows(InputException.class, () -> Duration.parse(text)));
  }

  @Example
  void anythingElseIsRefused() {
    for (String text : new String[] {"", "5", "ep", "5 min", "1d2ep", "NaNep"}) {
      var error = assertThrows(InputException.class, () -> Duration.parse(text));
      assertEquals(
          "\"" + text + "\" is no length of training; write 5ep, 300it or 10%", error.getMessage());
    }
    var error = assertThrows(InputException.class, () -> Duration.epochs(-1));
    assertEquals("a length of training is finite and at least 0, not -1ep", error.getMessage());
  }

  @Example
  void nothingIsNothingOfEitherSign() {
    assertEquals(Duration.epochs(0), new Duration(-0.0, Duration.Measure.EPOCHS));
    assertEquals("0ep", new Duration(-0.0, Duration.Measure.EPOCHS).toString());
    assertThrows(InputException.class, () -> Duration.epochs(Double.POSITIVE_INFINITY));
    assertThrows(InputException.class, () -> Duration.epochs(Double.NaN));
  }
}
