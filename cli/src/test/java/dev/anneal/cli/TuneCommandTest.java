package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TuneCommandTest {
  @TempDir Path folder;

  private Command tune(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "tune",
                "--data=ionosphere",
                "--epochs=30",
                "--schedule=cosine(initial=log(1e-3, 1)) per iteration",
                "--batch=choice(16, 32)",
                "--out=" + out));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray(String[]::new));
  }

  @Test
  void leavesTheBestWithItsVerdict() throws IOException {
    Command command = tune(folder, "--trials=9", "--json");
    assertEquals(0, command.exit(), command.err());
    assertEquals(1, command.outLines().size(), command.out());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertEquals(9, json.get("trials").asInt());
    assertTrue(json.at("/best/optimizer").asString().contains("cosine(initial="), command.out());
    assertTrue(json.at("/best/model").asString().startsWith("34-34-1"), command.out());
    assertTrue(json.get("val_loss").asDouble() < 0.3, command.out());
    assertTrue(json.get("val_accuracy").asDouble() > 0.9, command.out());
    assertTrue(json.at("/verdict/best").size() > 0, command.out());
    assertTrue(json.at("/verdict/text").asString().contains("trial-"), command.out());
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("What was stopped when"));
    assertFalse(page.contains("{{"), "a hole is left");
    assertTrue(Files.exists(folder.resolve("finals.html")));
    assertEquals(
        9,
        JsonMapper.shared()
            .readTree(Files.readString(folder.resolve("results.json")))
            .get("trials_by_number")
            .size());
    Command train =
        Command.run(
            "train",
            "--spec=" + folder.resolve("spec.yaml"),
            "--out=" + folder.resolve("again"),
            "--json");
    assertEquals(0, train.exit(), train.err());
  }

  /** As many threads as there are: a budget in trials or epochs decides alone. */
  @Test
  void threadsChangeNothing() throws IOException {
    Path one = folder.resolve("one");
    Path four = folder.resolve("four");
    tune(one, "--epoch-budget=800", "--threads=1");
    tune(four, "--epoch-budget=800", "--threads=4");
    assertEquals(results(one), results(four));
  }

  private static String results(Path folder) throws IOException {
    return Files.readString(folder.resolve("results.json"))
        .replaceAll("\"(seconds|command)\" : [^\n]*", "");
  }

  @Test
  void withoutFinalsItIsADraw() throws IOException {
    Command command = tune(folder, "--trials=6", "--seeds=0");
    assertEquals(0, command.exit(), command.err());
    assertTrue(command.out().contains("this is a draw, not a comparison"), command.out());
    assertFalse(Files.exists(folder.resolve("runs")));
  }

  @Test
  void staysWithinATime() throws IOException {
    long start = System.nanoTime();
    Command command = tune(folder, "--within=6s", "--json");
    double seconds = (System.nanoTime() - start) * 1e-9;
    assertEquals(0, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertTrue(json.get("trials").asInt() >= 9, command.out());
    assertTrue(seconds < 60, () -> seconds + " s");
    assertTrue(Files.readString(folder.resolve("journal.jsonl")).contains("\"trials\":"));
  }

  /** As before any training: a column that tells the target alone. */
  @Test
  void findingsOfTheDataAreSaidAndStrictRefuses() throws IOException {
    Path table = folder.resolve("leak.csv");
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 200; i++) {
      text.append("%d,%d,%s\n".formatted(i % 2, i * 37 % 101, i % 2 == 0 ? "no" : "yes"));
    }
    Files.writeString(table, text);
    String[] tune = {
      "tune",
      "--data=csv:" + table,
      "--epochs=2",
      "--schedule=log(0.01, 0.1)",
      "--trials=2",
      "--seeds=0",
      "--out=" + folder.resolve("leak")
    };
    List<String> strict = new ArrayList<>(List.of(tune));
    strict.add("--strict");
    Command refused = Command.run(strict.toArray(String[]::new));
    assertEquals(2, refused.exit(), refused.out());
    assertFalse(Files.exists(folder.resolve("leak")));
    Command said = Command.run(tune);
    assertEquals(0, said.exit(), said.err());
    assertTrue(said.out().contains("warning: "), said.out());
  }

  @Test
  void anotherSearchIsNotMixedIn() {
    assertEquals(0, tune(folder, "--trials=3", "--seeds=0").exit());
    Command other = tune(folder, "--trials=3", "--seeds=0");
    assertEquals(2, other.exit());
    assertTrue(
        other.err().contains("has a search in it; go on with it by anneal resume"), other.err());
    Command train = Command.run("resume", folder.toString(), "--epochs=9");
    assertEquals(2, train.exit());
    assertTrue(train.err().contains("is a search: it goes on for the epochs"), train.err());
    assertEquals(0, Command.run("resume", folder.toString()).exit());
  }

  /** Values may contradict each other; others are tried. */
  @Test
  void trialsThatCannotBeTrainedAreNamed() {
    Command command =
        Command.run(
            "tune",
            "--data=ionosphere",
            "--epochs=12",
            "--model=choice(34-8-1, 35-8-1)",
            "--schedule=log(0.01, 1)",
            "--trials=8",
            "--seeds=0",
            "--out=" + folder);
    assertEquals(0, command.exit(), command.err());
    assertTrue(command.out().contains("4 of 8 trials could not be trained"), command.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--trials=1|--trials must be at least 2",
        "--within=0min|--within must be more than 0, not",
        "--within=soon|--within is a time such as 90s, 10min or 2h",
        "--epoch-budget=10|give a greater budget",
        "--epochs=choice(1, 2)|is not an int",
        "--seed=3.5|is not a long",
        "--dropout=choice(a)|--dropout: choice(a): give at least two",
        "--validation-split=0|trials are ranked by what is measured on validation samples",
        "--name=mine|--name has no effect",
        "--by=best-of|--by is val_loss, val_accuracy, best or time-to",
        "--batch=choice(0, 0)|--batch",
      })
  void wrongInputIsRefused(String option, String why) {
    Command command = tune(folder.resolve("new"), option);
    assertEquals(2, command.exit(), command.out());
    assertTrue(command.err().contains(why), command.err());
    assertFalse(Files.exists(folder.resolve("new")), command.err());
  }
}
