package dev.anneal.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  @Test
  void bracketsIncludeAndParenthesesExclude() {
    Interval half = Interval.parse("[0, 1)");
    assertTrue(half.contains(0));
    assertTrue(half.contains(Math.nextDown(1.0)));
    assertFalse(half.contains(1));
    assertFalse(half.contains(-Double.MIN_VALUE));
    assertFalse(Interval.parse("(0, 1]").contains(0));
    assertTrue(Interval.parse("(0, 1]").contains(1));
  }

  @Test
  void infinitiesPassOnlyWhereABracketIncludesThem() {
    assertFalse(Interval.parse("(-inf, inf)").contains(Double.POSITIVE_INFINITY));
    assertTrue(Interval.parse("[0, inf]").contains(Double.POSITIVE_INFINITY));
    assertFalse(Interval.parse("(-inf, 0]").contains(Double.NEGATIVE_INFINITY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[-inf, inf]", "(-inf, inf)", "[0, 1]"})
  void nanNeverPasses(String range) {
    assertFalse(Interval.parse(range).contains(Double.NaN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0..1", "[0, 1", "[1, 0]", "[a, b]", "[0, 1, 2]", "{0, 1}"})
  void anythingElseIsRefused(String text) {
    var error = assertThrows(InputException.class, () -> Interval.parse(text));
    assertEquals(
        "\"" + text + "\" is no range; write for example [0, 1) or (0, inf)", error.getMessage());
  }
}
