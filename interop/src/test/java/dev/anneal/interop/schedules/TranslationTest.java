package dev.anneal.interop.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.PluginDescription;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.interop.Translation;
import dev.anneal.interop.Translators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * The schedules of {@code schedules.txt} in the words of each framework, beside the golden files,
 * and executed.
 *
 * <p>After a change that is meant, {@code mvn -pl interop -am test -Dtest=TranslationTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Danneal.translations=write} writes the golden files
 * anew: read the difference.
 */
class TranslationTest {
  private static final Path RESOURCES = Path.of("src", "test", "resources", "translate");

  /** Those that a schedule is written for. */
  private static final List<Framework> TARGETS =
      List.of(Framework.KERAS, Framework.TORCH, Framework.OPTAX);

  private static final double RELATIVE = 1e-12;

  /** {@code 1 + cos} cancels where a schedule comes near 0: what is left has the size of 1 ulp. */
  private static final double ROUNDING = 4e-16;

  /** What run.py feeds to those that wait for a plateau: better until epoch 5. */
  private static final MetricHistory METRICS =
      new MetricHistory() {
        @Override
        public int epochs() {
          return Integer.MAX_VALUE;
        }

        @Override
        public double value(String metric, int epoch) {
          return 1.0 / (1 + Math.min(epoch, 5));
        }
      };

  private final Catalogue catalogue = Catalogue.load();
  private final Translators translators = Translators.load();

  /** A line of {@code schedules.txt}. */
  private record Row(String name, int perEpoch, long total, String spec) {
    static Row parse(String line) {
      String[] columns = line.split("\\s*\\|\\s*");
      return new Row(
          columns[0], Integer.parseInt(columns[1]), Long.parseLong(columns[2]), columns[3]);
    }

    static List<Row> all() {
      try {
        return Files.readAllLines(RESOURCES.resolve("schedules.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(Row::parse)
            .toList();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    Path golden(Framework framework) {
      return RESOURCES.resolve("golden").resolve(title(framework)).resolve(name + ".py");
    }
  }

  private static String title(Framework framework) {
    return framework.title().toLowerCase(Locale.ROOT);
  }

  private Translation translate(Row row, Framework framework) {
    return translators.translate(
        catalogue.schedule(row.spec()), framework, row.perEpoch(), row.total());
  }

  @Test
  void everyScheduleIsTranslated() {
    String all = Row.all().stream().map(Row::spec).collect(Collectors.joining("\n"));
    assertEquals(
        Set.of(),
        catalogue.plugins().stream()
            .map(PluginDescription::name)
            .filter(name -> !name.equals("constant"))
            .filter(name -> !all.contains(name + "("))
            .collect(Collectors.toSet()));
  }

  @TestFactory
  Stream<DynamicTest> theProgramIsTheGoldenOne() {
    return TARGETS.stream()
        .flatMap(framework ->
            Row.all().stream()
                .map(row ->
                    DynamicTest.dynamicTest(
                        framework.title() + " " + row.name(), () -> compare(row, framework))));
  }

  private void compare(Row row, Framework framework) throws IOException {
    String text = translate(row, framework).text();
    Path golden = row.golden(framework);
    if ("write".equals(System.getProperty("anneal.translations"))) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, text);
    }
    assertEquals(Files.readString(golden), text);
  }

  @Test
  void aScheduleWithoutAFormulaIsATable() {
    Schedule stranger = progress -> progress.iteration() < 3 ? 0.5 : 0.25;
    Translation translation = translators.translate(stranger.scale(2), Framework.TORCH, 10, 20);
    assertTrue(
        translation
            .code()
            .contains(
                """
                def schedule(t):
                    times = [
                        3,
                    ]
                    values = [
                        0.5, 0.25,
                    ]
                    return values[bisect.bisect_right(times, t)]


                def scale(t):
                    return 2.0 * schedule(t)
                """),
        translation.code());
    assertEquals(
        List.of(
            "A schedule without a formula is a table of its values in this run; beyond it, the"
                + " last value holds."),
        translation.notes());
    assertTrue(
        assertThrows(
                InputException.class,
                () ->
                    translators.translate(
                        progress -> progress.iteration(), Framework.KERAS, 10, 100_000))
            .getMessage()
            .contains("a shorter run"));
  }

  @Test
  void theTableOfAStepIsTheStep() {
    Schedule step = catalogue.schedule("step(0.5, factor=0.5, every=2ep) per epoch");
    Translation translation = Translators.of(List.of()).translate(step, Framework.KERAS, 10, 60);
    assertTrue(translation.code().contains("times = [\n        2, 4,\n    ]"), translation.code());
  }

  @TestFactory
  Stream<DynamicTest> pytorchComputesTheSame() throws Exception {
    return executed(Framework.TORCH, "import torch");
  }

  /** Keras itself is not at hand: its documented classes, and the functions that are ours. */
  @TestFactory
  Stream<DynamicTest> kerasComputesTheSame() throws Exception {
    return executed(Framework.KERAS, "import numpy");
  }

  /** Nor is Optax. */
  @TestFactory
  Stream<DynamicTest> optaxComputesTheSame() throws Exception {
    return executed(Framework.OPTAX, "import numpy");
  }

  private Stream<DynamicTest> executed(Framework framework, String needed) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(title(framework)));
    for (Row row : Row.all()) {
      arguments.add(row.golden(framework).toString());
      arguments.add(Long.toString(ticks(row, framework)));
    }
    JsonNode results =
        PythonInterpreter.with(needed)
            .run(RESOURCES.resolve("run.py"), stubs(framework), arguments);
    return Row.all().stream()
        .map(row ->
            DynamicTest.dynamicTest(
                framework.title() + " " + row.name(),
                () -> compare(row, framework, results.get(row.golden(framework).toString()))));
  }

  private static String stubs(Framework framework) {
    return framework == Framework.TORCH ? "" : RESOURCES.resolve("stubs").toString();
  }

  private static boolean perEpoch(Row row, Framework framework) {
    String text = read(row.golden(framework));
    return text.contains("after every epoch") || text.contains("callback = ");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The run, and where the translation claims to be exact, a quarter more. */
  private static long ticks(Row row, Framework framework) {
    long run = row.total() / (perEpoch(row, framework) ? row.perEpoch() : 1);
    return endures(row, framework) ? run + run / 4 : run;
  }

  private static boolean endures(Row row, Framework framework) {
    String text = read(row.golden(framework));
    return Stream.of("rises again", "raises an error", "After this run", "beyond", "holds its end")
        .noneMatch(text::contains);
  }

  private void compare(Row row, Framework framework, JsonNode values) {
    assertTrue(values.isArray(), values.toString());
    assertEquals(ticks(row, framework), values.size());
    Schedule schedule = catalogue.schedule(row.spec());
    boolean plateaus = read(row.golden(framework)).contains("ReduceLROnPlateau");
    Cursor cursor =
        new Cursor(row.perEpoch(), row.total(), plateaus ? METRICS : MetricHistory.NONE);
    double scale = Math.abs(schedule.at(cursor));
    long tick = perEpoch(row, framework) ? row.perEpoch() : 1;
    for (int k = 0; k < values.size(); k++) {
      double ours = schedule.at(cursor.moveTo(k * tick));
      double theirs = values.get(k).asDouble();
      scale = Math.max(scale, Math.abs(ours));
      int at = k;
      assertTrue(
          Math.abs(theirs - ours) <= RELATIVE * Math.abs(ours) + ROUNDING * scale,
          () -> "tick %d: %s, not %s".formatted(at, theirs, ours));
    }
  }
}
