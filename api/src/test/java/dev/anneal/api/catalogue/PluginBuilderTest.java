package dev.anneal.api.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.plugin.PluginBuilder;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.SequenceBuilder;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.api.schedule.WarmupBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginBuilderTest {
  private static final Duration TWO = Duration.epochs(2);

  /** A builder as it is generated, which those of tests are not. */
  private static final class Builder<P extends Record> extends PluginBuilder<P> {
    Builder(Class<P> plugin) {
      super(plugin);
    }

    Builder<P> with(String component, Object value) {
      set(component, value);
      return this;
    }
  }

  @Plugin(name = "ticking", summary = "has lengths and plugins for defaults")
  public record Ticking(
      @Param(value = "a length", byDefault = "3") Duration length,
      @Param(value = "lengths", byDefault = "[1, 2ep]") List<Duration> lengths,
      @Param(value = "a schedule", byDefault = "0.25", range = "[0, 1]") Schedule inner,
      @Param(value = "one by name", byDefault = "nowhere") Schedule named,
      Unit per)
      implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0;
    }
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    assertEquals(
        new Warmup(
            new Constant(0.1),
            TWO,
            0,
            Relative.FRACTION,
            Curve.LINEAR,
            0,
            Warmup.Clock.AFTER,
            Unit.EPOCH),
        new WarmupBuilder(0.1, TWO, Unit.EPOCH).build());
  }

  @Test
  void aLengthWithoutAUnitTakesThatOfTheClock() {
    Constant named = new Constant(1);
    for (Unit per : Unit.values()) {
      Duration.Measure measure =
          per == Unit.EPOCH ? Duration.Measure.EPOCHS : Duration.Measure.ITERATIONS;
      assertEquals(
          new Ticking(
              new Duration(3, measure),
              List.of(new Duration(1, measure), TWO),
              new Constant(0.25),
              named,
              per),
          new Builder<>(Ticking.class).with("per", per).with("named", named).build());
    }
  }

  /** The only plugins that a builder knows by name are those on the path. */
  @Test
  void aDefaultMayBeAPluginByName() {
    var error =
        assertThrows(
            InputException.class,
            () -> new Builder<>(Ticking.class).with("per", Unit.EPOCH).build());
    assertEquals(
        "no schedule is named \"nowhere\"; known: none (column 1 of \"nowhere\")",
        error.getMessage());
  }

  @Test
  void whatHasNoDefaultMustBeSet() {
    var error =
        assertThrows(
            InputException.class,
            () -> new Builder<>(Warmup.class).with("schedule", new Constant(1)).build());
    assertEquals("warmup lacks over", error.getMessage());
  }

  @Test
  void whatIsSetIsTheVeryObject() {
    Schedule schedule = progress -> 0.5;
    Warmup warmup = new WarmupBuilder(schedule, TWO, Unit.EPOCH).from(0.5).offset(1).build();
    assertSame(schedule, warmup.schedule());
    assertEquals(0.5, warmup.from());
    assertEquals(1, warmup.offset());
  }

  @Test
  void aValueOutOfRangeIsRefusedAsInASpecification() {
    WarmupBuilder builder = new WarmupBuilder(0.1, TWO, Unit.EPOCH).offset(2);
    assertRefused("warmup: offset must be in [0, 1], not 2", builder);
    assertRefused(
        "warmup: an exponential curve needs from above 0",
        builder.offset(1).curve(Curve.EXPONENTIAL));
    assertEquals(1, builder.from(1).build().from());
    assertRefused(
        "ticking: inner must be in [0, 1], not 1.5",
        new Builder<>(Ticking.class)
            .with("per", Unit.EPOCH)
            .with("inner", new Constant(1.5))
            .with("named", new Constant(0)));
  }

  private static void assertRefused(String message, PluginBuilder<?> builder) {
    assertEquals(message, assertThrows(InputException.class, builder::build).getMessage());
  }

  @Test
  void nothingMayBeNull() {
    Builder<Warmup> builder = new Builder<>(Warmup.class);
    assertThrows(NullPointerException.class, () -> builder.with("over", null));
  }

  @Test
  void oneBeginsWithTheParametersOfAnother() {
    Warmup warmup =
        new WarmupBuilder(0.1, TWO, Unit.ITERATION)
            .from(0.5)
            .fromIs(Relative.VALUE)
            .curve(Curve.COSINE)
            .offset(1)
            .clock(Warmup.Clock.MULTIPLY)
            .build();
    assertEquals(warmup, WarmupBuilder.from(warmup).build());
    Warmup other = WarmupBuilder.from(warmup).schedule(0.2).build();
    assertEquals(new Constant(0.2), other.schedule());
    assertNotEquals(warmup, other);
    assertEquals(warmup, WarmupBuilder.from(other).schedule(warmup.schedule()).build());
  }

  @Test
  void aListIsSetAsOne() {
    List<Schedule> schedules = List.of(new Constant(1), new Constant(2));
    assertEquals(
        schedules, new SequenceBuilder(schedules).boundaries(List.of(TWO)).build().schedules());
    assertRefused(
        "sequence: 2 schedules have 1 boundaries between them, not 0",
        new SequenceBuilder(schedules));
  }
}
