package dev.anneal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles plugins against stand-ins for what they are declared with. */
class PluginProcessorTest {
  private static final Map<String, String> STAND_INS =
      Map.of(
          "dev/anneal/api/plugin/Plugin.java",
          """
          package dev.anneal.api.plugin;

          public @interface Plugin {
            String name();

            String summary();
          }
          """,
          "dev/anneal/api/plugin/Param.java",
          """
          package dev.anneal.api.plugin;

          public @interface Param {
            String value();

            String byDefault() default "";

            String range() default "(-inf, inf)";

            String[] choices() default {};
          }
          """,
          "dev/anneal/api/plugin/PluginBuilder.java",
          """
          package dev.anneal.api.plugin;

          public abstract class PluginBuilder<P extends Record> {
            protected PluginBuilder(Class<P> plugin) {}

            protected final void set(String component, Object value) {}
          }
          """,
          "dev/anneal/api/schedule/Schedule.java",
          """
          package dev.anneal.api.schedule;

          public interface Schedule {}
          """,
          "dev/anneal/api/schedule/Constant.java",
          """
          package dev.anneal.api.schedule;

          public record Constant(double value) implements Schedule {}
          """);

  @TempDir Path folder;

  private final DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();

  /** What the compiler complains about; builders lie in the folder. */
  private List<String> compile(String type, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var options =
        List.of(
            "-Xlint:all,-processing,-path",
            "-Xdoclint:all,-missing",
            "-Werror",
            "-d",
            folder.toString());
    Stream<JavaFileObject> sources =
        Stream.concat(
            STAND_INS.entrySet().stream().map(each -> file(each.getKey(), each.getValue())),
            Stream.of(file("plugins/" + type + ".java", "package plugins;\n\n" + source)));
    var task = compiler.getTask(new StringWriter(), null, found, options, null, sources.toList());
    task.setProcessors(List.of(new PluginProcessor()));
    boolean done = task.call();
    List<String> messages =
        found.getDiagnostics().stream()
            .map(each -> each.getLineNumber() + ": " + each.getMessage(null))
            .toList();
    assertEquals(done, messages.isEmpty());
    return messages;
  }

  private static JavaFileObject file(String path, String text) {
    return new SimpleJavaFileObject(URI.create("string:/" + path), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private String builder(String type) throws IOException {
    return Files.readString(folder.resolve("plugins").resolve(type + "Builder.java"));
  }

  private static final String WAVE =
      """
      import dev.anneal.api.plugin.*;
      import dev.anneal.api.schedule.Schedule;
      import java.util.List;

      @Plugin(name = "wave", summary = "low + high * sin(t)")
      public record Wave(
          @Param("what is waved") Schedule inner,
          @Param(value = "the height", byDefault = "0.5", range = "[0, 1)") double high,
          @Param(value = "the depth", byDefault = "0") Schedule low,
          @Param(value = "times", range = "[0, inf)") List<Double> from,
          @Param(value = "its form", byDefault = "round", choices = {"round", "square"}) Form form,
          Form per) {
        public enum Form { ROUND, SQUARE, OTHER }
      }
      """;

  @Test
  void aConstructorTakesWhatHasNoDefault() throws IOException {
    assertEquals(List.of(), compile("Wave", WAVE));
    String source = builder("Wave");
    String rest = " inner, java.util.List<java.lang.Double> from, plugins.Wave.Form per) {";
    assertTrue(
        source.contains("public WaveBuilder(dev.anneal.api.schedule.Schedule" + rest), source);
    assertTrue(source.contains("public WaveBuilder(double" + rest), source);
    assertTrue(
        source.contains("new WaveBuilder(other.inner(), other.from(), other.per())"), source);
  }

  @Test
  void aScheduleMayBeSetToAConstant() throws IOException {
    assertEquals(List.of(), compile("Wave", WAVE));
    String source = builder("Wave");
    assertTrue(source.contains("WaveBuilder low(dev.anneal.api.schedule.Schedule value)"), source);
    assertTrue(source.contains("WaveBuilder low(double value)"), source);
    assertTrue(source.contains("WaveBuilder high(double value)"), source);
    assertFalse(source.contains("WaveBuilder high(dev"), source);
  }

  @Test
  void documentationIsThatOfTheParameter() throws IOException {
    assertEquals(List.of(), compile("Wave", WAVE));
    String source = builder("Wave");
    for (String line :
        List.of(
            "<p>{@code wave}: low + high * sin(t).",
            "The height, in <code>[0, 1)</code>; by default <code>0.5</code>.",
            "The depth; by default <code>0</code>.",
            "@param from times, in <code>[0, inf)</code>",
            "Its form, one of <code>round, square</code>; by default <code>round</code>.",
            "How often it is read.")) {
      assertTrue(source.contains(" * " + line + "\n"), line);
    }
  }

  @Test
  void noTextBreaksAComment() throws IOException {
    String source =
        """
        import dev.anneal.api.plugin.*;

        @Plugin(name = "odd", summary = "a < b && c > {@link d} */ \\\\u000a")
        public record Odd(
            @Param(value = "} @see <x", byDefault = "\\"*/") String text, @Param("") int empty) {}
        """;
    assertEquals(List.of(), compile("Odd", source));
    String text = "a &lt; b &amp;&amp; c &gt; &#123;&#64;link d&#125; *&#47; &#92;u000a.";
    assertTrue(builder("Odd").contains(text), builder("Odd"));
  }

  @Test
  void withoutParametersThereIsNothingToSet() throws IOException {
    String source =
        """
        @dev.anneal.api.plugin.Plugin(name = "bare", summary = "nothing")
        public record Bare() {}
        """;
    assertEquals(List.of(), compile("Bare", source));
    assertTrue(builder("Bare").contains("return new BareBuilder();"));
  }

  @Test
  void aComponentWithoutParamIsAnError() {
    String source =
        """
        @dev.anneal.api.plugin.Plugin(name = "mute", summary = "says nothing")
        public record Mute(
            int silent) {}
        """;
    assertEquals(List.of("5: component silent has no @Param annotation"), compile("Mute", source));
  }

  @Test
  void whatIsNotPublicOrWithinAnotherHasNone() throws IOException {
    String source =
        """
        @dev.anneal.api.plugin.Plugin(name = "hidden", summary = "nothing")
        record Hidden() {
          @dev.anneal.api.plugin.Plugin(name = "inner", summary = "nothing")
          public record Inner() {}
        }
        """;
    assertEquals(List.of(), compile("Hidden", source));
    try (Stream<Path> files = Files.walk(folder.resolve("plugins"))) {
      assertEquals(0, files.filter(file -> file.toString().endsWith(".java")).count());
    }
  }
}
