package dev.anneal.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the author of a plugin meets, without the built-in schedules. */
class TranslatorsTest {
  /** A stranger's schedule. */
  private record Half(Unit per) implements Schedule {
    @Override
    public double at(Progress progress) {
      return Math.pow(0.5, per.clock(progress));
    }
  }

  /** And what its author says of it. */
  private static final Translator HALF =
      new Translator() {
        @Override
        public Optional<String> formula(Schedule schedule, PythonWriter python) {
          return schedule instanceof Half half
              ? Optional.of("0.5 ** " + python.clock(half.per()))
              : Optional.empty();
        }

        @Override
        public Optional<SavedSchedule> read(Map<String, ?> config, Unit stepped) {
          return config.containsKey("half")
              ? Optional.of(new SavedSchedule(new Half(stepped), List.of("halved")))
              : Optional.empty();
        }

        @Override
        public List<String> reads() {
          return List.of("HalfLR");
        }
      };

  private static String code(Schedule schedule, Framework framework) {
    return Translators.of(List.of(HALF)).translate(schedule, framework, 10, 40).code();
  }

  @Test
  void whatIsReadPerEpochIsSteppedPerEpoch() {
    String code = code(new Half(Unit.EPOCH), Framework.TORCH);
    assertTrue(code.contains("def schedule(t):\n    return 0.5 ** t\n"), code);
    assertTrue(code.contains("# Call scheduler.step() after every epoch.\n"), code);
  }

  @Test
  void whatIsReadPerIterationIsSteppedPerBatch() {
    String code = code(new Half(Unit.ITERATION), Framework.TORCH);
    assertTrue(code.contains("    return 0.5 ** t\n"), code);
    assertTrue(code.contains("# Call scheduler.step() after every batch"), code);
  }

  @Test
  void optaxCountsIterations() {
    String code = code(new Half(Unit.EPOCH), Framework.OPTAX);
    assertTrue(code.contains("    epoch = t // 10\n    return 0.5 ** epoch\n"), code);
  }

  @Test
  void kerasHasCallbacksPerEpochAndObjectsPerIteration() {
    assertTrue(
        code(new Half(Unit.EPOCH), Framework.KERAS)
            .contains("callback = keras.callbacks.LearningRateScheduler("));
    assertTrue(
        code(new Half(Unit.ITERATION), Framework.KERAS)
            .contains("class Schedule(keras.optimizers.schedules.LearningRateSchedule):"));
  }

  @Test
  void aPlainTextStatesTheRunAndThatItIsExact() {
    Translation translation =
        Translators.of(List.of(HALF)).translate(new Half(Unit.EPOCH), Framework.TORCH, 10, 45);
    assertTrue(
        translation
            .text()
            .startsWith("# Half[per=EPOCH]\n# in a run of 45 iterations, 10 in an epoch\n"),
        translation.text());
    assertTrue(translation.text().endsWith("\n# Exact, but for rounding.\n"), translation.text());
  }

  @Test
  void nothingIsWrittenForFastai() {
    var error =
        assertThrows(InputException.class, () -> code(new Half(Unit.EPOCH), Framework.FASTAI));
    assertEquals(
        "a schedule is written as code of keras, pytorch or optax, not of fastai",
        error.getMessage());
  }

  @Test
  void aTableOfOneValueIsOne() {
    String code =
        Translators.of(List.of()).translate(new Constant(0.1), Framework.OPTAX, 10, 40).code();
    assertTrue(code.contains("    times = []\n"), code);
  }

  @Test
  void whatIsSavedIsAskedOfEach() {
    Translators translators = Translators.of(List.of(new Translator() {}, HALF));
    assertEquals(
        new SavedSchedule(new Half(Unit.EPOCH), List.of("halved")),
        translators.read(Map.of("half", 1), Unit.EPOCH));
    var error =
        assertThrows(InputException.class, () -> translators.read(Map.of("third", 1), Unit.EPOCH));
    assertEquals(
        "no known schedule is saved with the keys third; known: HalfLR", error.getMessage());
  }
}
