package dev.anneal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import org.junit.jupiter.api.function.Executable;

/** Asserts that something is refused with a given line. */
final class Refusals {
  private Refusals() {}

  static void assertRefused(String line, Executable action) {
    assertEquals(line, refusal(action));
  }

  static void assertRefusalEnds(String end, Executable action) {
    String line = refusal(action);
    assertTrue(line.endsWith(end), line);
  }

  private static String refusal(Executable action) {
    String line = assertThrows(InputException.class, action).getMessage();
    assertFalse(line.contains("\n"), line);
    return line;
  }
}
