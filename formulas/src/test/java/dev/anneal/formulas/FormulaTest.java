package dev.anneal.formulas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaTest {
  private static final Progress LATE = Progress.at(57, 10, 80);

  private static double perIteration(String text) {
    return new Formula(text, Unit.ITERATION).at(LATE);
  }

  private static double perEpoch(String text) {
    return new Formula(text, Unit.EPOCH).at(LATE);
  }

  @Test
  void modulePathAndClassPathNameTheSameProvider() throws IOException {
    try (InputStream module = resource("/module-info.class");
        InputStream services = resource("/META-INF/services/" + PluginProvider.class.getName())) {
      var provides = ModuleDescriptor.read(module).provides();
      String text = new String(services.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, provides.size());
      assertEquals(provides.iterator().next().providers(), text.lines().toList());
    }
  }

  private static InputStream resource(String path) {
    return Objects.requireNonNull(Formula.class.getResourceAsStream(path), path);
  }

  @Test
  void itIsWrittenInASpecification() {
    Catalogue catalogue = Catalogue.load();
    Schedule schedule = catalogue.schedule("formula(\"0.1 * 0.95^epoch\") per epoch");
    assertEquals(new Formula("0.1 * 0.95^epoch", Unit.EPOCH), schedule);
    assertEquals(schedule, catalogue.schedule(Catalogue.print(schedule)));
    assertEquals(0.1 * Math.pow(0.95, 5), schedule.at(LATE), 1e-17);
    // Beside the built-in ones, and inside them.
    Schedule composed =
        catalogue.schedule(
            "sequence([linear-with-warmup(1, warmup=5) per iteration, formula(\"t / total\") per"
                + " iteration], boundaries=[50it])");
    assertEquals(7 / 30.0, composed.at(LATE));
  }

  @Test
  void theVariables() {
    assertEquals(57, perIteration("t"));
    assertEquals(57, perIteration("iteration"));
    assertEquals(5, perIteration("epoch"));
    assertEquals(5.7, perIteration("epochs"));
    assertEquals(80, perIteration("total"));
    assertEquals(57 / 80.0, perIteration("progress"));
    assertEquals(5, perEpoch("t"));
    assertEquals(50, perEpoch("iteration"));
    assertEquals(5, perEpoch("epoch"));
    assertEquals(5, perEpoch("epochs"));
    assertEquals(8, perEpoch("total"));
    assertEquals(50 / 80.0, perEpoch("progress"));
    assertEquals(1, new Formula("progress", Unit.ITERATION).at(Progress.at(100, 10, 80)));
    assertEquals(Math.PI, perEpoch("pi"));
    assertEquals(Math.E, perEpoch("E"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3 | 7",
        "(1 + 2) * 3 | 9",
        "7 - 2 - 1 | 4",
        "16 / 4 / 2 | 2",
        "-2^2 | -4",
        "2^-1 | 0.5",
        "2^3^2 | 512",
        "2 * -3 | -6",
        "- -3 | 3",
        "+3 | 3",
        "7 % 4 | 3",
        "-7 % 4 | -3",
        "1e-3 + .5 | 0.501",
        "1 < 2 | 1",
        "2 <= 1 | 0",
        "1 + 1 == 2 | 1",
        "1 != 1 | 0",
        "2 > 1 | 1",
        "1 >= 2 | 0",
        "if(t < 50, 0.1, 0.01) | 0.01",
        "if(t >= 50, 0.1, 0/0) | 0.1",
        "min(3, 1, 2) | 1",
        "MAX(3, 1, 2) | 3",
        "max(4) | 4",
        "abs(-3) | 3",
        "floor(-1.5) | -2",
        "ceil(1.2) | 2",
        "round(2.5) | 2",
        "sqrt(t + 7) | 8",
        "log10(1000) | 2.9999999999999996",
        "1 / 0 | 1.7976931348623157E308",
        "-1 / 0 | -1.7976931348623157E308",
      })
  void figures(String text, double expected) {
    double value = perIteration(text);
    assertEquals(expected, value, text.startsWith("log10") ? 1e-15 : 0);
  }

  @Test
  void theFunctionsAreThoseOfRadians() {
    assertEquals(StrictMath.sin(57), perIteration("sin(t)"));
    assertEquals(StrictMath.cos(57), perIteration("cos(t)"));
    assertEquals(StrictMath.tan(57), perIteration("tan(t)"));
    assertEquals(StrictMath.tanh(0.57), perIteration("tanh(t / 100)"));
    assertEquals(StrictMath.exp(0.57), perIteration("exp(t / 100)"));
    assertEquals(StrictMath.log(57), perIteration("log(t)"));
  }

  /** Noam and a cosine as people write them. */
  @Test
  void wholeSchedules() {
    for (int t = 0; t < 100; t++) {
      Progress at = Progress.at(t, 10, 100);
      assertEquals(
          StrictMath.pow(512, -0.5)
              * Math.min(StrictMath.pow(t + 1, -0.5), (t + 1) * StrictMath.pow(40, -1.5)),
          new Formula("512^-0.5 * min((t+1)^-0.5, (t+1) * 40^-1.5)", Unit.ITERATION).at(at));
      assertEquals(
          0.1 * (1 + StrictMath.cos(Math.PI * (t / 100.0))) / 2,
          new Formula("0.1 * (1 + cos(pi * progress)) / 2", Unit.ITERATION).at(at));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0.1 * epoc | there is no variable \"epoc\" (did you mean \"epoch\"?); known: e, epoch,"
            + " epochs, iteration, pi, progress, t, total (column 7 of \"0.1 * epoc\")",
        "2 * sine(t) | there is no function \"sine\" (did you mean \"sin\"?); known: abs, ceil,"
            + " cos, exp, floor, if, log, log10, max, min, round, sin, sqrt, tan, tanh (column 5 of"
            + " \"2 * sine(t)\")",
        "0.1 * | missing second operand for operator (column 5 of \"0.1 *\")",
        "(1 + 2 | closing brace not found (column 1 of \"(1 + 2\")",
        "1 2 | too many operands (column 1 of \"1 2\")",
        "3t | missing operator (column 2 of \"3t\")",
        "sqrt(1, 2) | sqrt takes 1, not 2 (column 1 of \"sqrt(1, 2)\")",
        "1 + max() | max takes at least 1 (column 5 of \"1 + max()\")",
        "if(1, 2) | if takes 3, not 2 (column 1 of \"if(1, 2)\")",
        "1 + 1e999 | \"1e999\" is no finite number (column 5 of \"1 + 1e999\")",
      })
  void aMistakeNamesItsColumn(String text, String message) {
    var error = assertThrows(InputException.class, () -> new Formula(text, Unit.EPOCH));
    assertEquals("formula: " + message, error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "java.lang.System.exit(0)",
        "\"text\"",
        "'text'",
        "t[0]",
        "t.value",
        "RANDOM()",
        "DT_NOW()",
        "t && 1",
        "!t",
        "t = 1",
        "1; 2",
        "0x1F",
        "0 / 0"
      })
  void thereIsNothingButArithmetic(String text) {
    assertThrows(InputException.class, () -> new Formula(text, Unit.EPOCH));
  }

  @Test
  void aFormulaThatNeverEndsIsRefused() {
    for (String text : List.of("(".repeat(100_000), "-".repeat(100_000) + "1", "1+".repeat(2000))) {
      assertThrows(InputException.class, () -> new Formula(text, Unit.EPOCH));
    }
    assertEquals(5, perEpoch("-".repeat(1998) + "t"));
  }

  @Test
  void whatIsNoNumberIsAnErrorThatSaysWhen() {
    Formula formula = new Formula("log(3 - epoch)", Unit.ITERATION);
    assertEquals(StrictMath.log(3), formula.at(Progress.at(0, 10, 80)));
    var error = assertThrows(InputException.class, () -> formula.at(LATE));
    assertEquals(
        "formula: \"log(3 - epoch)\" is not a number at t = 57, iteration = 57, epoch = 5, epochs ="
            + " 5.7, total = 80, progress = 0.7125",
        error.getMessage());
  }

  @Test
  void manyFormulasAreReadAnew() {
    Formula first = new Formula("t + 0.5", Unit.ITERATION);
    for (int i = 0; i < 3000; i++) {
      assertEquals(57 + i, perIteration("t + " + i));
    }
    assertEquals(57.5, first.at(LATE));
  }

  /** By its name, because the module under test does not read that of the JVM's counters. */
  private static MethodHandle allocatedBytes() throws ReflectiveOperationException {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    return MethodHandles.publicLookup()
        .findVirtual(
            Class.forName("com.sun.management.ThreadMXBean"),
            "getThreadAllocatedBytes",
            MethodType.methodType(long.class, long.class))
        .bindTo(threads);
  }

  @Test
  void readingAllocatesNothing() throws Throwable {
    Schedule schedule =
        new Formula("0.1 * exp(-epochs / 10) + min(t, 5) * if(t > 3, 1e-9, 0)", Unit.ITERATION)
            .warmup(Duration.epochs(1));
    Cursor cursor = new Cursor(10, 1000, MetricHistory.NONE);
    MethodHandle allocated = allocatedBytes();
    long id = Thread.currentThread().threadId();
    double sum = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = (long) allocated.invokeExact(id);
      for (int t = 0; t < 1000; t++) {
        sum += schedule.at(cursor.moveTo(t));
      }
      least = Math.min(least, (long) allocated.invokeExact(id) - before);
    }
    assertTrue(sum > 0);
    assertEquals(0, least);
  }
}
