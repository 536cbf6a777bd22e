package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lambda is a schedule like any other, but for its notation. */
class LambdaTest {
  private static final Schedule LAMBDA = progress -> 1 + progress.iteration();
  private static final Duration THREE = Duration.iterations(3);

  private static double at(Schedule schedule, long t) {
    return schedule.at(Progress.at(t, 1, 100));
  }

  @Test
  void itComposesWithEverything() {
    assertEquals(8, at(LAMBDA, 7));
    assertEquals(5, at(LAMBDA.warmup(THREE), 7));
    assertEquals(1 / 3.0, at(LAMBDA.warmup(THREE), 1));
    assertEquals(5, at(new Constant(9).then(THREE, LAMBDA), 7));
    assertEquals(3, at(new Sequence(List.of(LAMBDA, LAMBDA), List.of(THREE)), 2));
    assertEquals(64, at(LAMBDA.times(LAMBDA), 7));
    assertEquals(16, at(LAMBDA.plus(LAMBDA), 7));
    assertEquals(8, at(LAMBDA.max(new Constant(2)), 7));
    assertEquals(2, at(LAMBDA.min(new Constant(2)), 7));
    assertEquals(6, at(LAMBDA.clamp(0, 6), 7));
    assertEquals(4, at(LAMBDA.scale(0.5), 7));
    assertEquals(5, at(LAMBDA.shift(THREE), 7));
    assertEquals(2, at(LAMBDA.repeat(THREE), 7));
    assertEquals(2 * 3 * 4, at(new Multiplicative(1, LAMBDA, Unit.ITERATION), 3));
    assertEquals(
        4,
        at(
            new SwaBuilder(LAMBDA, 0.5, THREE, Duration.iterations(2), Unit.ITERATION)
                .curve(Curve.LINEAR)
                .build(),
            3));
    Schedule plateau =
        new PlateauBuilder(LAMBDA).monitor("m").factor(0.5).patience(0).delta(0).build();
    assertEquals(3, plateau.at(new Recorded(1, 1).run(1).moveTo(2)) * 2);
    assertEquals(
        3,
        new SpikeGuardBuilder(LAMBDA)
                .monitor("m")
                .threshold(2)
                .factor(0.5)
                .over(THREE)
                .build()
                .at(new Recorded(1, 9).run(1).moveTo(2))
            * 2);
  }

  @Test
  void itHasNoNotation() {
    assertThrows(InputException.class, () -> Catalogue.print(LAMBDA));
    var error = assertThrows(InputException.class, () -> Catalogue.print(LAMBDA.scale(2)));
    assertTrue(error.getMessage().contains("only a record with @Plugin can be written"));
  }
}
