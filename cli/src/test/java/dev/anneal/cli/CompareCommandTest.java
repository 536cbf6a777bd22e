package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
  @TempDir Path folder;

  @Test
  void leavesAReportAndResults() throws IOException {
    Command command = Command.run("compare", "--data=ionosphere", "--epochs=3", "--out=" + folder);
    assertEquals(0, command.exit(), command.err());
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("time-based(initial=0.1, decay=0.002, form=closed) per iteration"));
    List<String> rows = Files.readAllLines(folder.resolve("results.csv"));
    assertEquals(7, rows.size());
    assertTrue(rows.getFirst().contains("val_loss"));
    JsonNode json = JsonMapper.shared().readTree(Files.readString(folder.resolve("results.json")));
    assertEquals(6, json.get("runs").size());
    assertEquals("constant", json.at("/runs/0/name").asString());
    assertEquals(
        "anneal compare --data=ionosphere --epochs=3 --out=" + folder,
        json.get("command").asString());
    assertTrue(Files.exists(folder.resolve("runs/adam/seed-42/summary.json")));
    assertTrue(command.out().contains("By validation loss the best is"), command.out());
  }

  @Test
  void isNotMixedWithRunsOfSomethingElse() throws IOException {
    String[] ab = {
      "compare", "--epochs=1", "--seeds=1", "--schedule=0.1", "--schedule=0.2", "--out=" + folder
    };
    assertEquals(0, Command.run(ab).exit());
    assertEquals(0, Command.run(ab).exit()); // the same again replaces it
    byte[] results = Files.readAllBytes(folder.resolve("results.json"));
    Command other =
        Command.run("compare", "--epochs=1", "--schedule=0.1", "--schedule=0.3", "--out=" + folder);
    assertEquals(2, other.exit());
    assertEquals(
        "anneal: %s has runs of another comparison (0.2); write to another folder: --out, or remove it"
            .formatted(folder),
        other.errLines().getFirst());
    Command single = Command.run("train", "--epochs=1", "--out=" + folder);
    assertEquals(2, single.exit());
    assertTrue(single.err().contains("give the run a folder of its own: --out"), single.err());
    assertArrayEquals(results, Files.readAllBytes(folder.resolve("results.json")));
    Path run = folder.resolve("runs/0.1/seed-42");
    Command into =
        Command.run("compare", "--epochs=1", "--schedule=0.1", "--schedule=0.3", "--out=" + run);
    assertEquals(2, into.exit());
    assertTrue(into.err().contains("is the folder of a run"), into.err());
  }

  @Test
  void comparesWhatTheUserNames() throws IOException {
    Command command =
        Command.run(
            "compare",
            "--data=ionosphere",
            "--epochs=2",
            "--optimizer=sgd(momentum=0.5)",
            "--schedule=0.1",
            "--schedule=exponential(initial=0.1, rate=0.1) per epoch",
            "--schedule=exponential(initial=0.1, rate=0.2) per epoch",
            "--run=adam(lr=0.01)",
            "--json",
            "--out=" + folder);
    assertEquals(0, command.exit(), command.err());
    JsonNode runs = JsonMapper.shared().readTree(command.out()).get("runs");
    assertEquals("0.1", runs.get(0).get("name").asString());
    assertEquals("exponential-2", runs.get(2).get("name").asString());
    assertEquals("adam", runs.get(3).get("name").asString());
    String optimizer = runs.get(2).get("optimizer").asString();
    assertTrue(optimizer.startsWith("sgd(momentum=0.5, nesterov=false, decay=0"), optimizer);
  }

  @Test
  void comparesGroupsFromAFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            data: ionosphere
            epochs: 2
            optimizer: "sgd; dense_1: momentum=0.5; dense_2.bias: frozen"
            schedule: [0.1, 0.2]
            run:
              - "adam; dense_1: frozen until 1ep"
            """);
    Path out = folder.resolve("out");
    Command command = Command.run("compare", "--spec=" + file, "--json", "--out=" + out);
    assertEquals(0, command.exit(), command.err());
    JsonNode runs = JsonMapper.shared().readTree(command.out()).get("runs");
    assertEquals(
        List.of("0.1", "0.2", "adam"),
        runs.valueStream().map(run -> run.get("name").asString()).toList());
    assertEquals(
        "base/learning_rate: 0.2; dense_1/learning_rate: 0.2",
        runs.get(1).get("schedule").asString());
    assertEquals(0.2, runs.get(1).get("learning_rate").asDouble());
    Command again =
        Command.run("compare", "--spec=" + out.resolve("spec.yaml"), "--json", "--out=" + out);
    assertEquals(
        runs.get(2).get("weights_sha256"),
        JsonMapper.shared().readTree(again.out()).at("/runs/2/weights_sha256"));
  }

  private Command compare(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "compare",
                "--data=ionosphere",
                "--epochs=2",
                "--schedule=0.1",
                "--schedule=0.01",
                "--json",
                "--out=" + folder));
    line.addAll(List.of(more));
    return Command.run(line.toArray(String[]::new));
  }

  private static List<Integer> seeds(JsonNode contender) {
    return contender.get("seeds").valueStream().map(each -> each.get("seed").asInt()).toList();
  }

  @Test
  void takesTheSeedsThatAreNamed() {
    Command command = compare("--seeds=3,7,9", "--margin=1e-9");
    assertEquals(0, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertEquals(List.of(3, 7, 9), seeds(json.at("/runs/0")));
    assertEquals("[3,7,9]", json.get("seeds").toString());
    assertTrue(json.at("/verdict/supported").asBoolean());
    assertEquals("val_loss", json.at("/verdict/by").asString());
    double mean =
        json.at("/runs/0/seeds")
            .valueStream()
            .mapToDouble(each -> each.get("val_loss").asDouble())
            .average()
            .orElseThrow();
    assertEquals(mean, json.at("/runs/0/val_loss").asDouble(), 1e-12);
    assertTrue(command.err().contains("runs at a time"), command.err());
  }

  /** Whether they share the processors this way or that. */
  @Test
  void threadsChangeNoBit() {
    String one = compare("--seeds=2", "--threads=1").out();
    String two = compare("--seeds=2", "--threads=2").out();
    JsonNode first = JsonMapper.shared().readTree(one).get("runs");
    JsonNode second = JsonMapper.shared().readTree(two).get("runs");
    for (int i = 0; i < 2; i++) {
      for (int seed = 0; seed < 2; seed++) {
        String place = "/%d/seeds/%d/weights_sha256".formatted(i, seed);
        assertEquals(first.at(place), second.at(place));
      }
    }
  }

  @Test
  void oneSeedIsATableWithoutAVerdict() {
    JsonNode verdict = JsonMapper.shared().readTree(compare("--seeds=1").out()).get("verdict");
    assertFalse(verdict.get("supported").asBoolean());
    assertTrue(verdict.get("text").asString().contains("a draw, not a comparison"));
  }

  /** The samples of the test part are for the one that is chosen. */
  @Test
  void onlyTheChosenOneIsTested() throws IOException {
    Command command =
        compare("--split=stratified", "--test-split=0.2", "--seeds=2", "--margin=1e-9");
    assertEquals(0, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    String chosen = json.at("/verdict/recommended").asString();
    for (JsonNode run : json.get("runs")) {
      String name = run.get("name").asString();
      String summary =
          Files.readString(folder.resolve("runs/%s/seed-42/summary.json".formatted(name)));
      assertEquals(name.equals(chosen), run.has("test_loss"), name);
      assertEquals(name.equals(chosen), summary.contains("test_loss"), name);
    }
    assertTrue(json.at("/verdict/text").asString().contains("On the test samples"));
  }

  @Test
  void foldsValidateInTurn() throws IOException {
    Command command = compare("--folds=3", "--by=val_accuracy");
    assertEquals(0, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertEquals(
        List.of("1/3", "2/3", "3/3"),
        json.at("/runs/1/seeds").valueStream().map(each -> each.get("fold").asString()).toList());
    assertTrue(
        Files.readString(folder.resolve("runs/0.1/seed-42-fold-2-of-3/spec.yaml"))
            .contains("fold: 2/3"));
  }

  @Test
  void whatHasNoEffectBesideFoldsIsRefused() {
    for (String option : List.of("--validation-split=0.3", "--fold=1/3", "--split=ordered")) {
      Command command = compare("--folds=3", option);
      assertEquals(2, command.exit());
      assertTrue(command.err().contains("--fold"), command.err());
    }
  }

  /** A process may be killed when it has made the folder of a run and not described it yet. */
  @Test
  void aRunThatWasKilledAsItBeganIsBegunAgain() throws IOException {
    assertEquals(0, compare("--seeds=2").exit());
    JsonNode before = JsonMapper.shared().readTree(folder.resolve("results.json"));
    Files.delete(folder.resolve("runs/0.1/seed-43/spec.yaml"));
    Command again = Command.run("resume", folder.toString(), "--json");
    assertEquals(0, again.exit(), again.err());
    assertEquals(before.get("verdict"), JsonMapper.shared().readTree(again.out()).get("verdict"));
  }

  /** Runs of seeds that are not of it would be taken for its own. */
  @Test
  void withFewerSeedsItTakesAnotherFolder() {
    assertEquals(0, compare("--seeds=2").exit());
    Command fewer = compare("--seeds=1");
    assertEquals(2, fewer.exit());
    assertTrue(
        fewer.err().contains("has runs of another comparison (0.01/seed-43 and 0.1/seed-43)"),
        fewer.err());
    assertEquals(0, compare("--seeds=3").exit());
  }

  /** A run of a comparison can be verified by itself: its description has the split. */
  @Test
  void aRunOfAComparisonCanBeRepeated() {
    assertEquals(0, compare("--split=stratified", "--seeds=2").exit());
    Command verify = Command.run("verify", folder.resolve("runs/0.01/seed-43").toString());
    assertEquals(0, verify.exit(), verify.out() + verify.err());
  }

  @Test
  void aFinishedOneThatIsResumedEndsTheSame() throws IOException {
    assertEquals(0, compare("--seeds=2").exit());
    JsonNode before = JsonMapper.shared().readTree(folder.resolve("results.json"));
    Command again = Command.run("resume", folder.toString(), "--json");
    assertEquals(0, again.exit(), again.err());
    JsonNode after = JsonMapper.shared().readTree(again.out());
    assertEquals(before.get("command"), after.get("command"));
    assertEquals(
        before.at("/runs/0/seeds/1/weights_sha256"), after.at("/runs/0/seeds/1/weights_sha256"));
    assertEquals(before.get("verdict"), after.get("verdict"));
    assertEquals(2, Command.run("resume", folder.toString(), "--epochs=9").exit());
  }

  @Test
  void aScheduleNeedsAnOptimizerWithoutAPattern() {
    Command command =
        Command.run(
            "compare",
            "--data=ionosphere",
            "--optimizer=dense_1: sgd; dense_2: adam",
            "--schedule=0.1",
            "--schedule=0.2",
            "--out=" + folder);
    assertEquals(2, command.exit());
    assertTrue(
        command.err().contains("--schedule is for the optimizer without a pattern"), command.err());
  }

  @Test
  void diagnosesFromAFileAndReportsFindings() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            data: ionosphere
            epochs: 2
            diagnose: true
            run: ["lamb", "sgd(learning_rate=0.1, decay=0.5); dense_1: lr=0.2"]
            """);
    Path out = folder.resolve("out");
    Command command = Command.run("compare", "--spec=" + file, "--json", "--out=" + out);
    assertEquals(0, command.exit(), command.err());
    JsonNode runs = JsonMapper.shared().readTree(command.out()).get("runs");
    JsonNode lamb = runs.get(0).get("diagnostics");
    assertEquals(2, lamb.at("/trust_ratio/dense_1.kernel").size());
    JsonNode sgd = runs.get(1);
    List<String> lines =
        Files.readAllLines(out.resolve("runs").resolve("sgd/seed-42/metrics.jsonl"));
    assertEquals(
        JsonMapper.shared().readTree(lines.getLast()).get("dense_1/gradient_norm"),
        sgd.at("/diagnostics/gradient_norm/dense_1/1"));
    assertTrue(sgd.at("/diagnostics/effective_rate").has("base"));
    JsonNode rates = sgd.at("/learning_rate_curves/learning_rates");
    assertEquals(
        List.of("base/learning_rate", "dense_1/learning_rate"), List.copyOf(rates.propertyNames()));
    assertEquals(18, rates.get("dense_1/learning_rate").size());
    assertEquals("decay-per-iteration", sgd.at("/schedule_findings/0/rule").asString());
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("What the optimizer did"));
    assertTrue(page.contains("[decay-per-iteration]"));
  }
}
