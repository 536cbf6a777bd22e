package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
  @Test
  void withoutArgumentsSaysWhatThereIs() {
    Command command = Command.run();
    assertEquals(0, command.exit());
    assertTrue(command.out().contains("compare") && command.out().contains("Examples:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "find-lr", "compare", "schedule"})
  void helpHasExamples(String name) {
    Command command = Command.run(name, "--help");
    assertEquals(0, command.exit());
    assertTrue(command.out().contains("Examples:"), command.out());
  }

  /** Only the commands that a line names are made whole; the help lists all of them. */
  @Test
  void listsEveryCommandByItsName() {
    String help = Command.run("--help").out();
    Main.COMMANDS.forEach((name, type) -> {
      assertEquals(name, type.getAnnotation(CommandLine.Command.class).name());
      assertTrue(help.contains("\n  " + name + " "), help);
    });
    assertEquals(help, Command.run("--help", "schedule").out());
    assertEquals(2, Command.run("schedul").exit());
  }

  @Test
  void saysItsVersion() {
    Command command = Command.run("--version");
    assertEquals(0, command.exit());
    assertTrue(command.out().startsWith("anneal "), command.out());
  }

  @Test
  void listsPluginsForPeople() {
    Command command = Command.run("plugins");
    assertEquals(0, command.exit());
    for (String name :
        new String[] {"constant", "polynomial", "time-based", "exponential", "step"}) {
      assertTrue(command.out().contains("schedule " + name + " "), command.out());
    }
    assertTrue(command.out().contains("optimizer adam "), command.out());
  }

  @Test
  void listsPluginsForPrograms() {
    JsonNode plugins = JsonMapper.shared().readTree(Command.run("plugins", "--json").out());
    JsonNode sgd =
        plugins
            .valueStream()
            .filter(p -> p.get("name").asString().equals("sgd"))
            .findFirst()
            .orElseThrow();
    assertEquals("optimizer", sgd.get("kind").asString());
    JsonNode rate = sgd.get("parameters").get(0);
    assertEquals("learning_rate", rate.get("name").asString());
    assertEquals("0.01", rate.get("default").asString());
    assertEquals("[0, inf)", rate.get("range").asString());
    assertTrue(rate.hasNonNull("type") && rate.hasNonNull("meaning") && sgd.hasNonNull("source"));
  }
}
