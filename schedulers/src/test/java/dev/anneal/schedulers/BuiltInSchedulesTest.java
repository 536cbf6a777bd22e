package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.PluginDescription;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Unit;
import dev.anneal.schedulers.TimeBased.Form;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInSchedulesTest {
  private final Catalogue catalogue = Catalogue.load();

  @Test
  void theServiceLoaderFindsThemAll() {
    assertEquals(List.of(), catalogue.problems());
    assertEquals(
        new BuiltInSchedules().plugins().size(),
        catalogue.plugins().stream().map(PluginDescription::name).distinct().count());
  }

  @Test
  void modulePathAndClassPathNameTheSameProviders() throws Exception {
    Class<?> service = PluginProvider.class;
    try (InputStream module = resource("module-info.class");
        InputStream services = resource("META-INF/services/" + service.getName())) {
      List<String> provided =
          ModuleDescriptor.read(module).provides().stream()
              .filter(provides -> provides.service().equals(service.getName()))
              .flatMap(provides -> provides.providers().stream())
              .toList();
      String text = new String(services.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(provided, text.lines().toList());
    }
  }

  /** From where the classes lie: on a class path, another module's file may have the same name. */
  private static InputStream resource(String path) throws Exception {
    URL classes = BuiltInSchedules.class.getProtectionDomain().getCodeSource().getLocation();
    return classes.toURI().resolve(path).toURL().openStream();
  }

  @Test
  void specificationsReadAsDocumented() {
    assertEquals(new Constant(0.1), catalogue.schedule("constant(0.1)"));
    assertEquals(
        new Exponential(0.5, 0.1, Unit.EPOCH),
        catalogue.schedule("exponential(initial=0.5, rate=0.1) per epoch"));
    assertEquals(
        new Polynomial(0.5, 0, 1, Duration.percent(100), false, 1, Unit.ITERATION),
        catalogue.schedule("polynomial(0.5) per iteration"));
    assertEquals(
        new TimeBased(0.1, 0.002, Form.CLOSED, Unit.ITERATION),
        catalogue.schedule("time-based(initial=0.1, decay=0.002) per iteration"));
    assertEquals(
        new TimeBased(0.1, 0.001, Form.RECURSIVE, Unit.EPOCH),
        catalogue.schedule("time_based(0.1, decay=0.001, form=recursive) per epoch"));
    assertEquals(
        new StepDecay(0.5, 0.8, Duration.epochs(10), 0, Unit.EPOCH),
        catalogue.schedule("step(0.5, gamma=0.8, every=10) per epoch"));
  }

  @Test
  void whatWasWrittenIsWhatIsPrinted() {
    String text = "exponential(initial=0.5, rate=0.1) per epoch";
    assertEquals(text, Catalogue.print(catalogue.schedule(text)));
    assertEquals(
        "step(initial=0.5, factor=0.8, every=10ep, offset=0) per epoch",
        Catalogue.print(catalogue.schedule("step(0.5, factor=0.8, every=10) per epoch")));
  }

  @Test
  void anUnknownNameGetsTheNearestAndAllKnownOnes() {
    var error = assertThrows(InputException.class, () -> catalogue.schedule("exponental(0.5)"));
    String names =
        String.join(", ", catalogue.plugins().stream().map(PluginDescription::name).toList());
    assertEquals(
        "no schedule is named \"exponental\" (did you mean \"exponential\"?); known: "
            + names
            + " (column 1 of \"exponental(0.5)\")",
        error.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "time-based(0.1, decay=0.01) | time-based has a clock: add \"per epoch\" or \"per"
            + " iteration\" after it (column 1 of \"time-based(0.1, decay=0.01)\")",
        "exponential(0.5, rate=-1) per epoch | exponential: rate must be in [0, inf), not -1",
        "exponential(-0.5, rate=1) per epoch | exponential: initial must be in [0, inf), not -0.5",
        "polynomial(0.5, power=0) per epoch | polynomial: power must be in (0, inf), not 0",
        "step(0.5, factor=0, every=10) per epoch | step: factor must be in (0, inf), not 0",
        "step(0.5, factor=0.5, every=10, offset=2) per epoch | step: offset must be in [0, 1], not"
            + " 2",
        "step(0.5, factor=0.5) per epoch | step lacks every; write step(every=...) (column 1 of"
            + " \"step(0.5, factor=0.5) per epoch\")",
        "time-based(0.1, decay=0.01, form=open) per epoch | form is closed or recursive, not"
            + " \"open\" (column 34 of \"time-based(0.1, decay=0.01, form=open) per epoch\")",
      })
  void aMistakeGetsOneClearLine(String text, String message) {
    var error = assertThrows(InputException.class, () -> catalogue.schedule(text));
    assertEquals(message, error.getMessage());
  }

  /** What no range holds is refused by name, in whichever parameter it comes. */
  @Test
  void whatIsOutOfRangeIsRefused() {
    RandomSchedules compositions = new RandomSchedules(new Random(1));
    int refused = 0;
    for (Class<? extends Record> plugin : new BuiltInSchedules().plugins()) {
      PluginType type = PluginType.of(plugin);
      Record valid = (Record) compositions.make(plugin, 1);
      for (PluginType.Component component : type.components()) {
        if (component.element() == double.class || component.element() == Double.class) {
          Object wrong = component.isList() ? List.of(Double.NaN) : (Object) Double.NaN;
          var error =
              assertThrows(
                  InputException.class,
                  () -> type.copy(valid, (each, value) -> each.equals(component) ? wrong : value));
          assertEquals(
              "%s: %s must be in %s, not nan"
                  .formatted(type.name(), component.name(), component.param().range()),
              error.getMessage());
          refused++;
        }
      }
    }
    assertTrue(refused > 70, "" + refused);
  }

  @Test
  void everySchedulePointsToItsSource() {
    for (PluginDescription plugin : catalogue.plugins()) {
      assertEquals("schedule", plugin.kind());
      assertTrue(plugin.name().equals("constant") || !plugin.source().isEmpty(), plugin.name());
    }
  }
}
