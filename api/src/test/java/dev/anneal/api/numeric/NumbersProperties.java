package dev.anneal.api.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalDouble;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NumbersProperties {
  @Property
  void everyNumberReadsBackWithItsBits(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    OptionalDouble back = Numbers.parse(Numbers.print(value));
    assertEquals(Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value), back);
  }

  @Example
  void numbersAreWrittenTheWayPeopleDo() {
    assertEquals("1", Numbers.print(1));
    assertEquals("0.1", Numbers.print(0.1));
    assertEquals("1e-7", Numbers.print(1e-7));
    assertEquals("1.5e-7", Numbers.print(1.5e-7));
    assertEquals("12345678", Numbers.print(12345678));
    assertEquals("1e20", Numbers.print(1e20));
    assertEquals("-0", Numbers.print(-0.0));
    assertEquals("inf", Numbers.print(Double.POSITIVE_INFINITY));
    assertEquals("-inf", Numbers.print(Double.NEGATIVE_INFINITY));
    assertEquals("nan", Numbers.print(Double.NaN));
  }

  @Example
  void whatOnlyJavaCallsANumberIsNone() {
    for (String text :
        new String[] {"", "1d", "0x1p3", "NaN", "Infinity", "1e", ".", "e5", "--1", "1,5", " 1"}) {
      assertTrue(Numbers.parse(text).isEmpty(), text);
    }
    assertEquals(OptionalDouble.of(0.5), Numbers.parse(".5"));
    assertEquals(OptionalDouble.of(-2), Numbers.parse("-2."));
    assertEquals(OptionalDouble.of(1000), Numbers.parse("+1E3"));
  }

  @Example
  void aMillionDigitsAreReadOnce() {
    String digits = "9".repeat(1_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertTrue(Numbers.parse(digits + "x").isEmpty());
          assertEquals(OptionalDouble.of(Double.POSITIVE_INFINITY), Numbers.parse(digits));
          assertEquals(OptionalDouble.of(1), Numbers.parse("0." + digits));
        });
  }
}
