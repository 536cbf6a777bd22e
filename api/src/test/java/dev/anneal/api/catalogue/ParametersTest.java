package dev.anneal.api.catalogue;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.TestPlugins.Falling;
import dev.anneal.api.catalogue.TestPlugins.Walk;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
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

  private static Falling falling(double initial, double rate) {
    return PluginType.check(new Falling(initial, rate, Unit.EPOCH));
  }

  private static String failure(Runnable construction) {
    return String.valueOf(assertThrows(InputException.class, construction::run).getMessage());
  }
}
