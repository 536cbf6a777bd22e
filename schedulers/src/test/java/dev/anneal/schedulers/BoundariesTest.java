package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which boundaries are listed, at which updates, and what the value is on both sides of them. */
class BoundariesTest {
  private final Catalogue catalogue = Catalogue.load();

  /** Iteration, {@code /} for a bend or {@code |} for a jump, and name of each. */
  private static String listed(Schedule schedule, long total) {
    StringBuilder text = new StringBuilder();
    for (Boundary boundary : schedule.boundaries(Progress.at(0, 2, total))) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(boundary.iteration())
          .append(boundary.jumps() ? "|" : "/")
          .append(boundary.name());
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // One that falls on the last update is listed, one beyond it is not.
        "step(1, factor=0.5, every=5it); 10; 5|change 1, 10|change 2",
        "step(1, factor=0.5, every=5it); 9; 5|change 1",
        "step(1, factor=0.5, every=5it, offset=1); 9; 4|change 1, 9|change 2",
        "step(1, factor=0.5, every=0.4it); 3; 1|change 1, 2|change 2, 3|change 3",
        "cosine(1, over=4it, after=rise); 16; 4/rise, 8/fall, 12/rise, 16/fall",
        "cosine(1, over=4it, after=rise); 15; 4/rise, 8/fall, 12/rise",
        "cosine-restarts(1, period=5it); 10; 5|restart 1, 10|restart 2",
        "cosine-restarts(1, period=5it); 9; 5|restart 1",
        "triangular(0, peak=1, up=3it, down=2it); 10;"
            + " 3/peak 1, 5/cycle 2, 8/peak 2, 10/cycle 3, 13/peak 3",
        "triangular(0, peak=1, up=3it, down=2it); 9; 3/peak 1, 5/cycle 2, 8/peak 2",
        "polynomial(1, over=5it, cycle=true); 11; 6|cycle 2, 11|cycle 3",
        "polynomial(1, over=5it, cycle=true); 10; 6|cycle 2",
        "polynomial(1, over=5it); 20; 5/end",
        // Cycles of equal length, of which the last may be cut short.
        "snapshot(1, cycles=3, over=6it); 6; 2|cycle 2, 4|cycle 3, 6/end",
        "snapshot(1, cycles=4, over=6it); 6; 2|cycle 2, 4|cycle 3, 6/end",
        // Periods that are no whole numbers.
        "cosine-restarts(1, period=2.5it, period_multiplier=2); 20;"
            + " 3|restart 1, 8|restart 2, 18|restart 3",
        // What takes less than an update jumps, what takes one bends.
        "triangular(0, peak=1, up=1it, down=0.5it); 3;"
            + " 1/peak 1, 2|cycle 2, 3/peak 2, 3|cycle 3, 4/peak 3",
        "piecewise-linear([1, 2, 3, 3, 4], boundaries=[0.5it, 1.5it, 1.75it, 2it]); 9;"
            + " 1|value 2, 2/value 3, 2/value 4, 2|end",
        "swa(1, swa_rate=0.1, at=5it, over=1it); 9; 5/towards the averaging rate, 6/end",
        "swa(1, swa_rate=0.1, at=5it, over=0.9it); 9; 5|towards the averaging rate, 6/end",
        "swa(step(1, factor=0.5, every=2it) per iteration, swa_rate=0.1, at=4it, over=1it); 9;"
            + " 2|change 1, 4/towards the averaging rate, 5/end",
        // The clock that starts at 1 comes to each of them an update earlier.
        "cosine-with-warmup(1, warmup=4it, offset=1); 9; 3/warm-up over, 8/end",
        "cosine-with-warmup(1, warmup=4it, offset=1, after=rise); 9; 3/warm-up over, 8/rises again",
      })
  void theyAreListed(String text, long total, String expected) {
    assertEquals(expected, listed(catalogue.schedule(text + " per iteration"), total));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "step(1, factor=0.5, every=1it)",
        "cosine(1, over=1it, after=rise)",
        "cosine-restarts(1, period=1it)",
        "polynomial(1, over=1it, cycle=true)"
      })
  void tenThousandAreListed(String text) {
    Schedule schedule = catalogue.schedule(text + " per iteration");
    assertEquals(Boundary.MOST, schedule.boundaries(Progress.at(0, 1, 20_000)).size());
  }

  /** The end is not one of them. */
  @Test
  void tenThousandCyclesAreListedBeforeTheEnd() {
    Schedule schedule = catalogue.schedule("snapshot(1, cycles=20000) per iteration");
    List<Boundary> all = schedule.boundaries(Progress.at(0, 1, 20_000));
    assertEquals(Boundary.MOST + 1, all.size());
    assertEquals(Boundary.end(20_000), all.getLast());
  }

  /** As far as a double tells one update from the next. */
  @Test
  void stairsAreCountedUpToTwoToThe52() {
    Schedule schedule =
        catalogue.schedule("step(1, factor=0.5, every=4503599627370496it) per iteration");
    assertEquals("4503599627370496|change 1", listed(schedule, Long.MAX_VALUE));
  }

  /** A peak is exact even where the length of the cycle is rounded. */
  @Test
  void farAwayAPeakIsExact() {
    Schedule schedule =
        catalogue.schedule("triangular(0, peak=1, up=9007199254740992it, down=5it) per iteration");
    assertEquals(1, schedule.at(Progress.at(1L << 53, 1, Long.MAX_VALUE)));
  }

  @Test
  void aCycleOfNoLengthStaysAtItsBase() {
    Schedule schedule = catalogue.schedule("triangular(0.25, peak=1, up=4.9e-324%) per iteration");
    assertEquals(0.25, schedule.at(Progress.at(0, 1, 10)));
    assertEquals(0.25, schedule.at(Progress.at(3, 1, 10)));
  }

  /** A million million periods on, which nobody would go through one by one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cosine-restarts(1, period=3it); 0.75",
        "cosine-restarts(1, period=1it, period_multiplier=0.5); 1",
      })
  void equalPeriodsAreCountedAtOnce(String text, double expected) {
    Schedule schedule = catalogue.schedule(text + " per iteration");
    double value = schedule.at(Progress.at(3_000_000_000_000_001L, 1, Long.MAX_VALUE));
    assertEquals(expected, value, 1e-15);
  }

  /** Where the warm-up takes it all, no time is left to rise again in. */
  @Test
  void aCosineOfNoLengthIsAtItsFloor() {
    Schedule schedule =
        catalogue.schedule(
            "cosine-with-warmup(1, warmup=4it, floor=0.1, over=4it, after=rise) per iteration");
    assertEquals(0.75, schedule.at(Progress.at(3, 1, 9)));
    assertEquals(0.1, schedule.at(Progress.at(4, 1, 9)));
    assertEquals(0.1, schedule.at(Progress.at(7, 1, 9)));
  }
}
