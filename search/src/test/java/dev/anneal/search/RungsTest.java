package dev.anneal.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RungsTest {
  @Test
  void aRungHasAThirdOfTheEpochsAndATenthAtLeast() {
    assertEquals(List.of(12, 34, 100), Rungs.of(100, 250).epochs());
    assertEquals(List.of(3, 9, 27), Rungs.of(27, 250).epochs());
    assertEquals(List.of(1), Rungs.of(1, 250).epochs());
    assertEquals(List.of(1, 2), Rungs.of(2, 250).epochs());
  }

  /** 100 updates take 12 epochs of 9. */
  @Test
  void aRungHasAHundredUpdates() {
    assertEquals(List.of(17, 50), Rungs.of(50, 9).epochs());
    assertEquals(List.of(10), Rungs.of(10, 1).epochs());
  }

  @Test
  void costsAreSummedOverRungs() {
    assertEquals(27 * 3 + 6 * 9 + 3 * 27, Rungs.of(27, 250).cost(27));
  }

  @Property
  void theMostTrialsThatCanBePaidArePaid(
      @ForAll @IntRange(min = 1, max = 300) int epochs,
      @ForAll @IntRange(min = 1, max = 500) int updates,
      @ForAll @IntRange(min = 1, max = 1_000_000) int budget) {
    Rungs rungs = Rungs.of(epochs, updates);
    assertEquals(epochs, rungs.epochs().getLast());
    if (rungs.cost(2) > budget) {
      assertThrows(InputException.class, () -> rungs.affordable(budget));
    } else {
      int trials = rungs.affordable(budget);
      assertTrue(rungs.cost(trials) <= budget, () -> "cost " + rungs.cost(trials));
      assertTrue(rungs.cost(trials + 1) > budget, () -> "more than " + trials);
    }
  }

  @Property
  void costsRiseWithTrials(@ForAll @IntRange(min = 1, max = 2000) int trials) {
    Rungs rungs = Rungs.of(100, 250);
    assertTrue(rungs.cost(trials + 1) > rungs.cost(trials));
  }
}
