package dev.anneal.api.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.TestPlugins.Bare;
import dev.anneal.api.catalogue.TestPlugins.Everything;
import dev.anneal.api.catalogue.TestPlugins.Falling;
import dev.anneal.api.catalogue.TestPlugins.Mood;
import dev.anneal.api.catalogue.TestPlugins.Walk;
import dev.anneal.api.plugin.PluginProvider;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  private static final Falling FALLING = new Falling(0.5, 0.1, Unit.EPOCH);

  private final Catalogue catalogue = TestPlugins.catalogue();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "falling(initial=0.5, rate=0.1) per epoch",
        "falling(0.5, rate=0.1) per epoch",
        "falling(rate=1e-1, initial=.5) per epoch",
        "FALLING(From=0.5, RATE=0.1) PER EPOCH",
        "  falling  ( initial = 0.5 ,rate=0.1 )per\n  epoch ",
      })
  void oneScheduleIsWrittenInManyWays(String text) {
    assertEquals(FALLING, catalogue.schedule(text));
  }

  @Test
  void aPluginIsPrintedInOneWay() {
    assertEquals("falling(initial=0.5, rate=0.1) per epoch", Catalogue.print(FALLING));
    assertEquals("bare", Catalogue.print(new Bare()));
    assertEquals("0.1", Catalogue.print(new Constant(0.1)));
    assertEquals(
        "walk(learning_rate=falling(initial=0.5, rate=0.1) per epoch, span=3ep)",
        Catalogue.print(new Walk(FALLING, Duration.epochs(3))));
  }

  @Test
  void aBareNumberIsAConstant() {
    assertEquals(new Constant(0.1), catalogue.schedule("0.1"));
    assertEquals(new Constant(0.1), catalogue.schedule("constant(0.1)"));
    assertEquals(
        new Walk(new Constant(1e-3), Duration.iterations(10)),
        catalogue.optimizer("walk(lr=1e-3)"));
  }

  @Test
  void specificationsNest() {
    assertEquals(
        new Walk(FALLING, Duration.percent(5)),
        catalogue.optimizer("walk(learning-rate=falling(0.5, rate=0.1) per epoch, span=5%)"));
  }

  @Test
  void parenthesesWithoutArgumentsMayGo() {
    assertEquals(new Bare(), catalogue.schedule("bare"));
    assertEquals(new Bare(), catalogue.schedule("bare()"));
  }

  @Test
  void defaultsAreReadInTheSameNotation() {
    var outer = new Walk(new Constant(0.1), Duration.iterations(10));
    assertEquals(
        new Everything(
            0.5,
            3,
            4,
            false,
            "val_loss",
            Mood.CALM,
            Duration.percent(10),
            new Constant(0),
            outer,
            Unit.EPOCH),
        catalogue.schedule("everything per epoch"));
  }

  @Test
  void aBareLengthTakesTheStatedUnit() {
    assertEquals(Duration.epochs(10), everything("every=10", "epoch").every());
    assertEquals(Duration.iterations(10), everything("every=10", "iteration").every());
    assertEquals(Duration.epochs(2.5), everything("every=2.5ep", "iteration").every());
  }

  @Test
  void wordsMatchLikeNames() {
    assertEquals(Mood.VERY_LOUD, everything("mood=very-loud", "epoch").mood());
    assertTrue(everything("quick=True", "epoch").quick());
    assertEquals(1_000_000, everything("long_count=1e6", "epoch").longCount());
    assertEquals("a \"b\" \\", everything("metric=\"a \\\"b\\\" \\\\\"", "epoch").metric());
  }

  private Everything everything(String argument, String unit) {
    return (Everything) catalogue.schedule("every-thing(" + argument + ") per " + unit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fallin(1) | no schedule is named \"fallin\" (did you mean \"falling\"?); known: constant,"
            + " falling, every-thing, bare (column 1 of \"fallin(1)\")",
        "walk | no schedule is named \"walk\", but an optimizer is; known: constant, falling,"
            + " every-thing, bare (column 1 of \"walk\")",
        "falling(0.5, rat=1) per epoch | falling has no parameter \"rat\" (did you mean \"rate\"?);"
            + " it takes initial, rate (column 14 of \"falling(0.5, rat=1) per epoch\")",
        "falling(0.5, initial=1) per epoch | falling: initial is given twice (column 14 of"
            + " \"falling(0.5, initial=1) per epoch\")",
        "falling per epoch | falling lacks initial and rate; write falling(initial=..., rate=...)"
            + " (column 1 of \"falling per epoch\")",
        "falling(1, rate=1) | falling has a clock: add \"per epoch\" or \"per iteration\" after it"
            + " (column 1 of \"falling(1, rate=1)\")",
        "bare per epoch | bare has no clock: remove \"per epoch\" (column 1 of \"bare per epoch\")",
        "0.1 per epoch | a number stands alone: remove what follows 0.1 (column 1 of \"0.1 per"
            + " epoch\")",
        "falling(1, rate=1, per=epoch) | the unit goes after the parentheses: \"per epoch\" or"
            + " \"per iteration\" (column 20 of \"falling(1, rate=1, per=epoch)\")",
        "falling(1, rate=1) per week | after \"per\" comes epoch or iteration, not \"week\" (column"
            + " 24 of \"falling(1, rate=1) per week\")",
        "falling(1, rate=1) per | after \"per\" comes epoch or iteration (column 23 of \"falling(1,"
            + " rate=1) per\")",
        "falling(rate=1, 1) per epoch | this needs a name; write name=value (column 17 of"
            + " \"falling(rate=1, 1) per epoch\")",
        "falling(1, 1, 1) per epoch | falling takes no more than initial, rate (column 15 of"
            + " \"falling(1, 1, 1) per epoch\")",
        "falling(1, rate=1 | this parenthesis is never closed (column 8 of \"falling(1, rate=1\")",
        "falling(1 rate=1) | expected \",\" or \")\" instead of \"rate\" (column 11 of \"falling(1"
            + " rate=1)\")",
        "falling(1,) | expected a name or a value instead of \")\" (column 11 of \"falling(1,)\")",
        "falling(1, rate=) | expected a name or a value instead of \")\" (column 17 of \"falling(1,"
            + " rate=)\")",
        "bare) | \")\" is not expected after the end of a specification (column 5 of \"bare)\")",
        "bare bare | \"bare\" is not expected after the end of a specification (column 6 of \"bare"
            + " bare\")",
        "bare(1) | bare takes no parameters (column 6 of \"bare(1)\")",
        "bare(x=1) | bare has no parameter \"x\"; it takes none (column 6 of \"bare(x=1)\")",
        "falling(x, rate=1) per epoch | initial is a number, not \"x\" (column 9 of \"falling(x,"
            + " rate=1) per epoch\")",
        "falling(bare(), rate=1) per epoch | initial is a number, not \"bare\" (column 9 of"
            + " \"falling(bare(), rate=1) per epoch\")",
        "falling(bare(1), rate=1) per epoch | initial is a number, not \"bare(...)\" (column 9 of"
            + " \"falling(bare(1), rate=1) per epoch\")",
        "falling(1, rate=-1) per epoch | falling: rate must be in [0, inf), not -1",
        "falling(1, rate=1e999) per epoch | falling: rate must be in [0, inf), not inf",
        "every-thing(count=1.5) per epoch | count is a whole number, not \"1.5\" (column 19 of"
            + " \"every-thing(count=1.5) per epoch\")",
        "every-thing(count=3e9) per epoch | count is a whole number, not \"3e9\" (column 19 of"
            + " \"every-thing(count=3e9) per epoch\")",
        "every-thing(quick=1) per epoch | quick is true or false, not \"1\" (column 19 of"
            + " \"every-thing(quick=1) per epoch\")",
        "every-thing(mood=sad) per epoch | mood is calm or very_loud, not \"sad\" (column 18 of"
            + " \"every-thing(mood=sad) per epoch\")",
        "every-thing(every=5min) per epoch | every is a length of training such as 5ep, 300it or"
            + " 10%, not \"5min\" (column 19 of \"every-thing(every=5min) per epoch\")",
        "every-thing(every=-5ep) per epoch | every is a length of training such as 5ep, 300it or"
            + " 10%, not \"-5ep\" (column 19 of \"every-thing(every=-5ep) per epoch\")",
        "every-thing(metric=\"x) per epoch | this quote is never closed (column 20 of"
            + " \"every-thing(metric=\"x) per epoch\")",
        "every-thing(inner=2) per epoch | every-thing: inner must be in [0, 1], not 2",
        "every-thing(inner=falling(1, rate=1)) per epoch | falling has a clock: add \"per epoch\""
            + " or \"per iteration\" after it (column 19 of \"every-thing(inner=falling(1, rate=1))"
            + " per epoch\")",
      })
  void aMistakeGetsOneClearLine(String text, String message) {
    assertEquals(message, failure(catalogue, text));
  }

  @Test
  void aLengthWithoutAnyUnitIsRefused() {
    var error = assertThrows(InputException.class, () -> catalogue.optimizer("walk(span=10)"));
    assertEquals(
        "span is a length of training such as 5ep, 300it or 10%, not \"10\" (column 11 of"
            + " \"walk(span=10)\")",
        error.getMessage());
  }

  @Test
  void anEmptyTextIsRefused() {
    assertEquals(
        "an empty specification; write for example 0.1 or name(key=value)",
        failure(catalogue, " "));
  }

  @Test
  void aLongTextIsQuotedInPart() {
    String message = failure(catalogue, "falling(" + " ".repeat(500) + "x=1)\n per epoch");
    assertTrue(message.length() < 300, message);
    assertTrue(message.contains("(column 509 of \"..."), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x%s",
        "%s(1)",
        "1 %s",
        "bare per %s",
        "falling(%s=1)",
        "falling(1, rate=%s) per epoch",
        "every-thing(count=%s) per epoch",
        "every-thing(every=%s) per epoch",
        "every-thing(mood=%s) per epoch",
      })
  void aLongWordIsQuotedInPart(String text) {
    for (String part : List.of("a", "9")) {
      String whole = text.formatted(part.repeat(1_000_000));
      String message =
          assertTimeoutPreemptively(
              java.time.Duration.ofSeconds(10), () -> failure(catalogue, whole));
      assertTrue(message.length() < 1000, message);
    }
  }

  @Test
  void aMessageIsOneLineWhateverTheTextHolds() {
    for (String text : List.of("\"a\u2028b\"", "bare(\"\n\")", "\u001b", "bare \u009b")) {
      String message = failure(catalogue, text);
      assertEquals(Messages.oneLine(message), message);
    }
  }

  @Test
  void deepNestingIsRefusedAndDoesNotOverflow() {
    String message = failure(catalogue, "bare(".repeat(100_000));
    assertTrue(message.startsWith("specifications nest at most 50 deep"), message);
  }

  @Test
  void whatIsNoPluginCannotBePrinted() {
    Schedule lambda = progress -> 1;
    var error =
        assertThrows(
            InputException.class, () -> Catalogue.print(new Walk(lambda, Duration.epochs(1))));
    assertTrue(
        String.valueOf(error.getMessage())
            .endsWith(
                " has no notation; only a record with @Plugin can be written in a specification"));
  }

  @Test
  void onlyKindsOfPluginsCanBeAskedFor() {
    assertThrows(IllegalArgumentException.class, () -> catalogue.parse(String.class, "x"));
  }

  @Test
  void aDescriptionHoldsWhatTheAnnotationsSay() {
    PluginDescription falling = catalogue.plugins().get(1);
    assertEquals("schedule", falling.kind());
    assertEquals("falling", falling.name());
    assertEquals("falls", falling.summary());
    assertEquals("a book", falling.source());
    assertTrue(falling.hasUnit());
    assertEquals(
        List.of(
            new ParameterDescription("initial", "from", "number", "", "[0, inf)", "the start"),
            new ParameterDescription("rate", "", "number", "", "[0, inf)", "how fast")),
        falling.parameters());
    assertTrue(falling.origin().contains("module dev.anneal.api"), falling.origin());
    assertEquals(
        List.of(
            "number",
            "whole number",
            "whole number",
            "true or false",
            "text",
            "calm or very_loud",
            "length of training",
            "schedule",
            "optimizer"),
        catalogue.plugins().get(2).parameters().stream().map(ParameterDescription::type).toList());
    assertEquals(List.of(), catalogue.problems());
  }

  @Test
  void aBrokenPluginIsReportedWhenItIsUsedAndTheOthersStay() {
    Catalogue mixed =
        Catalogue.of(
            List.of(
                TestPlugins.of(
                    List.of(
                        TestPlugins.Undocumented.class,
                        TestPlugins.OfList.class,
                        TestPlugins.OddRange.class)),
                TestPlugins.of(
                    List.of(
                        TestPlugins.Hidden.class,
                        TestPlugins.Nameless.class,
                        TestPlugins.Kindless.class)),
                TestPlugins.of(List.of(TestPlugins.BadName.class, TestPlugins.Twins.class)),
                new TestPlugins()));
    String in = "dev.anneal.api.catalogue.TestPlugins$";
    assertEquals(
        List.of(
            in + "Undocumented: component value has no @Param annotation",
            in
                + "OfList: component values is a List; a parameter is a double, int, long, boolean,"
                + " String, enum, Duration, a type with parse(String), a kind of plugin, or a"
                + " List<Double>, List<Duration> or list of a kind of plugin",
            in
                + "OddRange: component value: \"0..1\" is no range; write for example [0, 1) or (0,"
                + " inf)",
            in + "Hidden is not public",
            in + "Nameless has no @Plugin annotation",
            in + "Kindless implements no kind of plugin",
            in + "BadName: a plugin is named in lower case with hyphens, not \"Bad Name\"",
            in + "Twins: second or its alias names two parameters"),
        mixed.problems());
    assertEquals(FALLING, mixed.schedule("falling(0.5, rate=0.1) per epoch"));
    assertEquals(in + "Hidden is not public (column 1 of \"hidden\")", failure(mixed, "hidden"));
  }

  @Test
  void twoPluginsOfOneNameAreBothRefused() {
    Catalogue twice =
        Catalogue.of(
            List.of(
                new TestPlugins(),
                new TestPlugins(),
                TestPlugins.of(List.of(TestPlugins.Impostor.class))));
    assertEquals(1, twice.problems().size());
    String problem = twice.problems().getFirst();
    assertTrue(problem.startsWith("two schedules are named \"falling\": "), problem);
    assertTrue(
        problem.contains("TestPlugins$Falling of ") && problem.contains("TestPlugins$Impostor of "),
        problem);
    assertTrue(failure(twice, "falling(1, rate=1) per epoch").startsWith(problem));
    assertEquals(new Bare(), twice.schedule("bare"));
  }

  @Test
  void aProviderThatThrowsDoesNotTakeTheOthersDown() {
    PluginProvider broken =
        () -> {
          throw new IllegalStateException("no plugins\ntoday");
        };
    Catalogue mixed = Catalogue.of(List.of(broken, new TestPlugins()));
    assertEquals(new Bare(), mixed.schedule("bare"));
    String problem = mixed.problems().getFirst();
    assertTrue(
        problem.contains(broken.getClass().getName()) && problem.endsWith("no plugins today"),
        problem);
    assertTrue(failure(mixed, "cosine").contains("; not loaded: " + problem));
  }

  @Test
  void whatAConstructorThrowsBecomesAnErrorThatNamesThePlugin() {
    Catalogue throwing = Catalogue.of(List.of(TestPlugins.of(List.of(TestPlugins.Throwing.class))));
    assertEquals(
        "throwing: java.lang.IllegalStateException: out of order",
        failure(throwing, "throwing(1)"));
  }

  @Test
  void theServiceLoaderMovesPastAProviderThatDoesNotExist(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(PluginProvider.class.getName()),
        "com.example.Missing\ncom.example.Gone\n");
    URL[] path = {URI.create(folder.toUri().toString()).toURL()};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(path, before)) {
      thread.setContextClassLoader(loader);
      Catalogue loaded = Catalogue.load();
      assertEquals(2, loaded.problems().size(), loaded.problems()::toString);
      assertTrue(loaded.problems().getFirst().contains("com.example.Missing"));
      assertEquals(new Constant(1), loaded.schedule("1"));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String failure(Catalogue catalogue, String text) {
    return String.valueOf(
        assertThrows(InputException.class, () -> catalogue.schedule(text)).getMessage());
  }
}
