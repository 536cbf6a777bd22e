package dev.anneal.api.catalogue;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.TestPlugins.Falling;
import dev.anneal.api.catalogue.TestPlugins.Mood;
import dev.anneal.api.catalogue.TestPlugins.Walk;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Unit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {
  @Test
  void aValueOutOfRangeIsNamedWithPluginParameterAndRange() {
    assertEquals("falling: rate must be in [0, inf), not -1", failure(() -> falling(0.5, -1)));
    assertEquals(
        "falling: rate must be in [0, inf), not nan", failure(() -> falling(0.5, Double.NaN)));
    assertEquals(
        "falling: initial must be in [0, inf), not inf",
        failure(() -> falling(Double.POSITIVE_INFINITY, 1)));
    assertEquals(
        "constant: value must be in (-inf, inf), not nan",
        failure(() -> PluginType.check(new Constant(Double.NaN))));
  }

  @Test
  void theRangeOfAScheduleBoundsConstantsOnly() {
    Duration span = Duration.epochs(1);
    Schedule negative = progress -> -1;
    assertDoesNotThrow(() -> PluginType.check(new Walk(negative, span)));
    assertEquals(
        "walk: learning_rate must be in [0, inf), not -1",
        failure(() -> PluginType.check(new Walk(new Constant(-1), span))));
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsRefusedByName() {
    var error =
        assertThrows(NullPointerException.class, () -> PluginType.check(new Falling(1, 1, null)));
    assertEquals("falling: per is null", error.getMessage());
  }

  @Test
  void whatIsMadeOfValuesIsChecked() {
    PluginType walk = PluginType.of(Walk.class);
    Constant rate = new Constant(0.5);
    Duration time = Duration.epochs(1);
    assertEquals(new Walk(rate, time), walk.create(List.of(rate, time)));
    assertEquals(
        "walk: learning_rate must be in [0, inf), not -1",
        failure(() -> walk.create(List.of(new Constant(-1), time))));
    assertEquals(
        "walk: learning_rate must be in [0, inf), not -1",
        failure(() -> walk.copy(new Walk(new Constant(-1), time), (component, value) -> value)));
    var missing =
        assertThrows(NullPointerException.class, () -> walk.create(Arrays.asList(rate, null)));
    assertEquals("walk: span is null", missing.getMessage());
  }

  @Test
  void aValueOfAnotherTypeIsNamed() {
    PluginType walk = PluginType.of(Walk.class);
    assertEquals(
        "walk: learning_rate takes Schedule, not String",
        failure(() -> walk.create(List.of("0.1", Duration.epochs(1)))));
    PluginType falling = PluginType.of(Falling.class);
    assertEquals(new Falling(1, 0.5, Unit.EPOCH), falling.create(List.of(1.0, 0.5, Unit.EPOCH)));
    assertEquals(
        "falling: initial takes double, not Integer",
        failure(() -> falling.create(List.of(1, 0.5, Unit.EPOCH))));
    assertEquals(
        "falling: per takes Unit, not Mood",
        failure(() -> falling.create(List.of(1.0, 0.5, Mood.CALM))));
  }

  @Test
  void whatAListHoldsIsCheckedToo() {
    PluginType sequence = PluginType.of(Sequence.class);
    Constant one = new Constant(1);
    Duration time = Duration.epochs(1);
    assertEquals(
        new Sequence(List.of(one, one), List.of(time)),
        sequence.create(List.of(List.of(one, one), List.of(time))));
    assertEquals(
        "sequence: boundaries takes List, not Duration",
        failure(() -> sequence.create(List.of(List.of(one, one), time))));
    assertEquals(
        "sequence: boundaries takes Duration, not Constant",
        failure(() -> sequence.create(List.of(List.of(one, one), List.of(one)))));
    var missing =
        assertThrows(
            NullPointerException.class,
            () -> sequence.create(List.of(Arrays.asList(one, null), List.of(time))));
    assertEquals("sequence: schedules is null", missing.getMessage());
  }

  @Test
  void asManyValuesAsParametersMakeAPlugin() {
    PluginType walk = PluginType.of(Walk.class);
    assertEquals(
        "walk has 2 parameters, not 1", failure(() -> walk.create(List.of(new Constant(1)))));
    assertEquals(
        "walk has 2 parameters, not 3",
        failure(() -> walk.create(List.of(new Constant(1), Duration.epochs(1), 3))));
  }

  private static Falling falling(double initial, double rate) {
    return PluginType.check(new Falling(initial, rate, Unit.EPOCH));
  }

  private static String failure(Runnable construction) {
    return String.valueOf(assertThrows(InputException.class, construction::run).getMessage());
  }
}
