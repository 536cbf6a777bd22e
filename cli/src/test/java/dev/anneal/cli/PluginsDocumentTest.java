package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/PLUGINS.md says is so: its commands are run, its Java is the example's. */
class PluginsDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "PLUGINS.md");
  private static final Path EXAMPLE = Path.of("..", "examples", "plugin");

  /** A command alone in its lines, or within a sentence. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^(?:\\./anneal|mvn) (?:[^\\\\\\n]|\\\\\\n)*|(?<=`)(?:\\./anneal|mvn) [^`]*");

  /** Words, of which some are quoted. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  private static Stream<String> commands(String program) throws IOException {
    return COMMAND
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> found.group().replace("\\\n", " "))
        .filter(line -> line.startsWith(program));
  }

  @Test
  void eachCommandDoesWhatItIsToDo() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Jars.make(EXAMPLE.resolve("src/main"), plugins.resolve("example.jar"), false);
    List<String> run = new ArrayList<>();
    for (String line : commands("./anneal").toList()) {
      List<String> words =
          new ArrayList<>(
              WORD.matcher(line)
                  .results()
                  .skip(1)
                  .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                  .map(word -> word.equals("examples/plugin/target") ? plugins.toString() : word)
                  .toList());
      if (words.contains("new") || words.contains("train")) {
        words.removeIf(word -> word.equals("--out") || word.equals("plugins/gentle"));
        words.add("--out=" + folder.resolve("out" + run.size()));
      }
      Command command = Command.run(words.toArray(String[]::new));
      assertEquals(0, command.exit(), line + ": " + command.err());
      run.add(line);
    }
    assertEquals(6, run.size(), run.toString());
  }

  /** Another test builds the projects; here, that the page tells of modules that there are. */
  @Test
  void whatIsInstalledIsThere() throws IOException {
    String install = "mvn -q -Dmaven.test.skip=true -pl testkit,processor -am install";
    assertEquals(
        List.of("mvn -q package", install),
        commands("mvn").distinct().sorted().toList().reversed());
    for (String module : List.of("testkit", "processor")) {
      assertTrue(Files.exists(Path.of("..", module, "pom.xml")), module);
    }
    Path project = folder.resolve("project");
    Command.run("plugins", "new", "schedule", "slow-fall", "--out=" + project);
    assertTrue(Files.readString(project.resolve("README.md")).contains("\n" + install + "\n"));
  }

  /** But for what it leaves out. */
  @Test
  void itsJavaIsThatOfTheExample() throws IOException {
    String page = Files.readString(PAGE);
    Path main = EXAMPLE.resolve("src/main/java/com/example/plugin");
    String wrapper = Files.readString(main.resolve("SoftClip.java"));
    assertTrue(page.contains("```java\n" + wrapper.substring(wrapper.indexOf("@Plugin")) + "```"));
    String schedule = Files.readString(main.resolve("Sawtooth.java"));
    String record =
        schedule.substring(schedule.indexOf("@Plugin"), schedule.indexOf("\n    long tooth"));
    assertTrue(page.contains("```java\n" + record + " … }\n}\n```"), record);
  }
}
