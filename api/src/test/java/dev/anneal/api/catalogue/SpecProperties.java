package dev.anneal.api.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.TestPlugins.Everything;
import dev.anneal.api.catalogue.TestPlugins.Falling;
import dev.anneal.api.catalogue.TestPlugins.Mood;
import dev.anneal.api.catalogue.TestPlugins.Walk;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class SpecProperties {
  private final Catalogue catalogue = TestPlugins.catalogue();

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(
      @ForAll double number,
      @ForAll @IntRange(min = -10, max = 10) int count,
      @ForAll long longCount,
      @ForAll boolean quick,
      @ForAll String metric,
      @ForAll Mood mood,
      @ForAll @Scale(12) @DoubleRange(max = 1e300) double amount,
      @ForAll Duration.Measure measure,
      @ForAll @Scale(12) @DoubleRange(max = 1) double inner,
      @ForAll Unit per) {
    Duration duration = new Duration(amount, measure);
    Schedule falling = new Falling(inner, amount, per);
    for (Schedule schedule : new Schedule[] {new Constant(inner), falling}) {
      var plugin =
          new Everything(
              number,
              count,
              longCount,
              quick,
              metric,
              mood,
              duration,
              schedule,
              new Walk(falling, duration),
              per);
      assertEquals(plugin, catalogue.schedule(Catalogue.print(plugin)));
    }
  }

  @Property
  void anyTextIsReadOrRefusedInOneLine(@ForAll String text) {
    assertReadOrRefused(text);
  }

  @Property
  void anySpoiledSpecificationIsReadOrRefusedInOneLine(
      @ForAll @IntRange(max = 74) int at, @ForAll char inserted) {
    String good = "every-thing(0.1, mood=calm, inner=falling(1, rate=2) per epoch) per iteration";
    assertReadOrRefused(good.substring(0, at) + inserted + good.substring(at));
    assertReadOrRefused(good.substring(0, at) + good.substring(at + 1));
    assertReadOrRefused(good.substring(0, at));
  }

  private void assertReadOrRefused(String text) {
    try {
      catalogue.schedule(text);
    } catch (InputException e) {
      String message = String.valueOf(e.getMessage());
      assertFalse(message.isBlank());
      assertTrue(message.lines().count() == 1, message);
    }
  }
}
