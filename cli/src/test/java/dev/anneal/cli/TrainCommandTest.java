package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TrainCommandTest {
  @TempDir Path folder;

  private Command train(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data=ionosphere",
                "--model=34-34-1",
                "--optimizer=sgd(momentum=0.8)",
                "--schedule=time-based(initial=0.1, decay=0.002) per iteration",
                "--epochs=5",
                "--batch=28",
                "--json",
                "--out=" + folder.resolve(out)));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray(String[]::new));
  }

  @Test
  void endsWithOneLineOfJson() throws IOException {
    Command command = train("a");
    assertEquals(0, command.exit(), command.err());
    assertEquals(1, command.outLines().size());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    Set<String> names =
        Set.of(
            "val_loss",
            "val_accuracy",
            "loss",
            "accuracy",
            "learning_rate",
            "epochs",
            "seconds",
            "samples_per_second",
            "weights_sha256");
    assertTrue(json.propertyNames().containsAll(names), command.out());
    assertEquals(5, json.get("epochs").asInt());
    // The last of 5 epochs of 9 iterations is number 44, counted from 0.
    assertEquals(0.1 / (1 + 0.002 * 44), json.get("learning_rate").asDouble());
    assertEquals(
        json, JsonMapper.shared().readTree(Files.readString(folder.resolve("a/summary.json"))));
  }

  @Test
  void leavesARecord() throws IOException {
    train("b");
    List<String> rows = Files.readAllLines(folder.resolve("b/metrics.jsonl"));
    assertEquals(5, rows.size());
    JsonNode first = JsonMapper.shared().readTree(rows.getFirst());
    assertEquals(1, first.get("epoch").asInt());
    assertEquals(0.1 / (1 + 0.002 * 8), first.get("learning_rate").asDouble());
    assertEquals(0.8, first.get("momentum").asDouble());
    JsonNode spec = JsonMapper.shared().readTree(Files.readString(folder.resolve("b/spec.json")));
    assertEquals("normal(0.05)", spec.get("kernel").asString());
    assertEquals(235, spec.get("training_samples").asInt());
    assertTrue(Files.exists(folder.resolve("b/environment.json")));
  }

  @Test
  void theSeedDecidesAndTheThreadsDoNot() {
    String one = weights(train("c", "--seed=3", "--threads=1"));
    assertEquals(one, weights(train("d", "--seed=3", "--threads=1")));
    assertEquals(one, weights(train("e", "--seed=3", "--threads=2")));
    assertTrue(!one.equals(weights(train("f", "--seed=4"))));
  }

  private static String weights(Command command) {
    return JsonMapper.shared().readTree(command.out()).get("weights_sha256").asString();
  }

  @Test
  void printsWhatTheRateWillDoAndWarns() {
    Command command =
        Command.run(
            "train",
            "--data=ionosphere",
            "--epochs=2",
            "--optimizer=sgd(learning_rate=0.1, decay=0.5)",
            "--out=" + folder.resolve("g"));
    assertEquals(0, command.exit());
    assertTrue(command.out().contains("0.1 at the start, 0.0182 after epoch 1"), command.out());
    assertTrue(command.out().contains("applied 9 times an epoch"), command.out());
    assertTrue(command.out().contains("train: epoch 2/2"), command.out());
  }

  @Test
  void aDivergedRunSaysSo() {
    Command command =
        Command.run(
            "train",
            "--data=ionosphere",
            "--epochs=30",
            "--optimizer=sgd(learning_rate=1e30)",
            "--json",
            "--out=" + folder.resolve("h"));
    assertEquals(0, command.exit());
    assertTrue(command.err().contains("diverged"), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertTrue(json.get("diverged").asBoolean());
    assertTrue(json.get("loss").isNull());
  }

  @Test
  void trainsOnACsvFile() throws IOException {
    List<String> rows = new ArrayList<>(List.of("length,width,kind"));
    for (int i = 0; i < 60; i++) {
      rows.add(
          "%d,%d,%s".formatted(i % 7, i % 5, i % 7 > 3 ? "large" : i % 7 > 1 ? "middle" : "small"));
    }
    Path csv = Files.write(folder.resolve("a.csv"), rows);
    Command command =
        Command.run("train", "--data=csv:" + csv, "--epochs=3", "--out=" + folder.resolve("i"));
    assertEquals(0, command.exit(), command.err());
    assertTrue(command.out().contains("48 samples train, 12 validate"), command.out());
  }
}
