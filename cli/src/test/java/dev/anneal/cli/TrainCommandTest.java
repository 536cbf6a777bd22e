package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.numeric.NumberFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    List<String> spec = Files.readAllLines(folder.resolve("b/spec.yaml"));
    assertTrue(spec.contains("version: 1"), spec::toString);
    assertTrue(spec.contains("init: normal(0.05)"), spec::toString);
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
    assertEquals(3, command.exit(), command.err());
    assertTrue(command.err().contains("diverged"), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertTrue(json.get("diverged").asBoolean());
    String incident = json.get("incidents").get(0).asString();
    assertTrue(incident.startsWith("step "), incident);
    assertTrue(command.err().contains(incident), command.err());
  }

  /** With a rate at which the first step leads beyond all numbers, whatever is done about it. */
  @ParameterizedTest
  @CsvSource({
    "stop, 1, training ended with the weights before it",
    "skip, 44, the step was left out; 43 more like it until step 45",
    "back-off, 9, training ended with the weights before it"
  })
  void whatIsDoneAboutNumbersThatAreNotFiniteIsTheUsersChoice(
      String policy, int incidents, String end) throws IOException {
    Command command =
        Command.run(
            "train",
            "--data=ionosphere",
            "--epochs=5",
            "--optimizer=sgd(1e30)",
            "--on-divergence=" + policy,
            "--json",
            "--out=" + folder.resolve("run"));
    assertEquals(3, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertEquals(incidents, json.get("incidents").size());
    assertTrue(command.err().contains(end), command.err());
    String metrics = Files.readString(folder.resolve("run/metrics.jsonl"));
    assertFalse(metrics.contains("9223372036854775807") || metrics.contains("Infinity"), metrics);
  }

  /** After the first steps the rate is low enough. */
  @Test
  void aRunThatLeavesStepsOutMayEndWell() {
    Command command =
        Command.run(
            "train",
            "--data=ionosphere",
            "--epochs=20",
            "--optimizer=sgd",
            "--schedule=piecewise-constant([1e300, 0.1], boundaries=[20it]) per iteration",
            "--on-divergence=skip",
            "--json",
            "--out=" + folder.resolve("run"));
    assertEquals(0, command.exit(), command.err());
  }

  /** What a part of the rows does not have, no training on the others can learn. */
  @Test
  void dataThatLeadAstrayAreSaidBeforeAnything() throws IOException {
    StringBuilder rows = new StringBuilder("x,y,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append("%d,%d,%s%n".formatted(i % 7, i % 5 * 1000, i < 40 ? "a" : "b"));
    }
    Path file = Files.writeString(folder.resolve("sorted.csv"), rows);
    String[] options = {
      "train",
      "--data=csv:" + file,
      "--split=ordered",
      "--validation-split=0.3",
      "--scale=none",
      "--epochs=1",
      "--out=" + folder.resolve("s")
    };
    Command warned = Command.run(options);
    assertEquals(0, warned.exit(), warned.err());
    assertTrue(
        warned.out().contains("warning: the samples that validate have none of the class \"a\";"),
        warned.out());
    assertTrue(warned.out().contains("warning: input 2 ranges 667 times as far"), warned.out());
    Path drawn = folder.resolve("d");
    Command usual =
        Command.run(
            "train",
            "--data=csv:" + file,
            "--validation-split=0.3",
            "--epochs=1",
            "--out=" + drawn);
    assertFalse(usual.out().contains("[class-missing]"), usual.out());
    assertTrue(Files.readString(drawn.resolve("spec.yaml")).contains("split: stratified"));
    assertEquals(0, Command.run("verify", drawn.toString()).exit());
    String[] strictly = Arrays.copyOf(options, options.length + 1);
    strictly[options.length] = "--strict";
    Command refused = Command.run(strictly);
    assertEquals(2, refused.exit());
    assertTrue(refused.err().contains("[class-missing]"), refused.err());
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

  private JsonNode trained(String out, String... more) {
    Command command = Command.run(with(out, more));
    assertEquals(0, command.exit(), command.err());
    return JsonMapper.shared().readTree(command.out());
  }

  private String[] with(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--json", "--out=" + folder.resolve(out)));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void groupsReportTheirValues() throws IOException {
    JsonNode json =
        trained(
            "j",
            "--data=ionosphere",
            "--epochs=3",
            "--optimizer=sgd(momentum=0.8); dense_1: frozen until 2ep; dense_2.bias: lr=0.5",
            "--schedule=step(initial=0.1, factor=0.5, every=1ep) per epoch");
    assertEquals(0.025, json.get("learning_rate").asDouble());
    List<String> rows = Files.readAllLines(folder.resolve("j/metrics.jsonl"));
    JsonNode last = JsonMapper.shared().readTree(rows.getLast());
    assertEquals(0.025, last.get("dense_1/learning_rate").asDouble());
    assertEquals(0.5, last.get("dense_2.bias/learning_rate").asDouble());
    assertEquals(1, last.get("dense_1/trained").asDouble());
    assertEquals(
        0, JsonMapper.shared().readTree(rows.getFirst()).get("dense_1/trained").asDouble());
    String optimizer = Files.readString(folder.resolve("j/spec.yaml"));
    assertTrue(optimizer.contains("; dense_1: frozen until 2ep; dense_2.bias: sgd("), optimizer);
  }

  @Test
  void theRateOfDropoutMayBeASchedule() throws IOException {
    trained(
        "k",
        "--data=ionosphere",
        "--epochs=2",
        "--dropout=polynomial(initial=0.5, over=2ep) per epoch");
    List<String> rows = Files.readAllLines(folder.resolve("k/metrics.jsonl"));
    assertEquals(
        0.25, JsonMapper.shared().readTree(rows.getLast()).get("dropout_1.rate").asDouble());
    String spec = Files.readString(folder.resolve("k/spec.yaml"));
    assertTrue(spec.contains("polynomial(initial=0.5"), spec);
  }

  @Test
  void aSpecFileHoldsOptions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            # as on the command line
            data: ionosphere
            model: 34-20-1
            validation_split: 0.2
            epochs: 7
            optimizer:
              base: adam(0.01)
              groups:
                "dense_1.*": frozen until 1ep
                dense_2: lr=step(initial=0.1, factor=0.5, every=1ep) per epoch, beta_1=0.8
            patience: 5
            restore-best: true
            """);
    JsonNode fromFile = trained("l", "--spec=" + file, "--epochs=3");
    assertEquals(3, fromFile.get("epochs").asInt(), "the command line comes first");
    JsonNode fromLine =
        trained(
            "m",
            "--data=ionosphere",
            "--model=34-20-1",
            "--validation-split=0.2",
            "--epochs=3",
            "--optimizer=adam(0.01); \"dense_1.*\": frozen until 1ep; dense_2:"
                + " lr=step(initial=0.1, factor=0.5, every=1ep) per epoch, beta_1=0.8",
            "--patience=5",
            "--restore-best");
    assertEquals(fromLine.get("weights_sha256"), fromFile.get("weights_sha256"));
    // What a run leaves behind repeats it.
    JsonNode repeated = trained("n", "--spec=" + folder.resolve("m/spec.yaml"));
    assertEquals(fromLine.get("weights_sha256"), repeated.get("weights_sha256"));
    assertEquals(3, repeated.get("epochs").asInt());
    assertEquals(
        Files.readString(folder.resolve("m/spec.yaml")),
        Files.readString(folder.resolve("n/spec.yaml")));
    assertEquals(
        Files.readString(folder.resolve("l/spec.yaml")),
        Files.readString(folder.resolve("n/spec.yaml")));
  }

  @Test
  void diagnosingShowsWhatTheOptimizerDidAndChangesNoBit() throws IOException {
    String[] run = {"--data=ionosphere", "--epochs=3", "--optimizer=clip(adam, global-norm=0.5)"};
    Command diagnosed = Command.run(with("p", concat(run, "--diagnose")));
    assertEquals(0, diagnosed.exit(), diagnosed.err());
    List<String> rows = Files.readAllLines(folder.resolve("p/metrics.jsonl"));
    JsonNode last = JsonMapper.shared().readTree(rows.getLast());
    for (String name : List.of("gradient_norm", "update_ratio", "effective_rate")) {
      assertTrue(last.get("dense_1/" + name).asDouble() > 0, name);
      assertTrue(last.get("dense_2/" + name).asDouble() > 0, name);
    }
    assertTrue(last.has("clip_factor"));
    String shown =
        "update ratio .*dense_1 .* "
            + Pattern.quote(NumberFormats.brief(last.get("dense_1/update_ratio").asDouble()));
    assertTrue(diagnosed.errLines().stream().anyMatch(line -> line.matches(shown)), shown);
    String page = Files.readString(folder.resolve("p/report.html"));
    assertTrue(page.contains("What the optimizer did"));
    assertTrue(page.contains("<title>A run on ionosphere</title>"));
    JsonNode repeated = trained("q", "--spec=" + folder.resolve("p/spec.yaml"));
    assertTrue(Files.exists(folder.resolve("q/report.html")));
    assertEquals(weights(diagnosed), repeated.get("weights_sha256").asString());
    JsonNode plain = trained("p", run);
    assertEquals(weights(diagnosed), plain.get("weights_sha256").asString());
    assertFalse(Files.exists(folder.resolve("p/report.html")), "of the earlier run");
    assertFalse(Files.readString(folder.resolve("p/metrics.jsonl")).contains("update_ratio"));
  }

  private static String[] concat(String[] some, String more) {
    String[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = more;
    return all;
  }

  private void refused(String message, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), yaml);
    Command command = Command.run(with("o", "--spec=" + file));
    assertEquals(2, command.exit(), command.err());
    assertEquals(1, command.errLines().size(), command.err());
    assertTrue(command.err().contains(message), command.err());
    assertFalse(Files.exists(folder.resolve("o")), "nothing half-written");
  }

  @Test
  void aWrongSpecFileSaysWhatIsWrong() throws IOException {
    refused(
        "wrong.yaml: \"epoch\" is no option of train (did you mean \"epochs\"?); there are",
        "epoch: 3");
    refused("wrong.yaml: \"spec\" is no option of train", "spec: other.yaml");
    refused("wrong.yaml: \"epochs\" takes a number or a text", "epochs: [1, 2]");
    refused("wrong.yaml: \"epochs\" takes a number or a text", "epochs:");
    refused("wrong.yaml: \"restore-best\" is true or false", "restore-best: 1");
    refused("wrong.yaml: it holds no options", "- 1");
    refused("wrong.yaml: it holds no options", "");
    refused(
        "wrong.yaml: \"optimizer\" has no \"group\" (did you mean \"groups\"?)",
        "optimizer:\n  group:\n    a: sgd");
    refused("wrong.yaml: \"optimizer.groups\" takes lines such as", "optimizer:\n  groups: sgd");
    refused(
        "wrong.yaml: \"optimizer.groups.a\" takes a number or a text",
        "optimizer:\n  groups:\n    a: [1]");
    refused("wrong.yaml: Duplicate", "epochs: 1\nepochs: 2");
    refused("wrong.yaml: ", "epochs: [1");
    refused("(line 2)", "epochs: 1\n  data: x");
    refused("'many' is not an int", "epochs: many");
    refused("epochs must be at least 1, not 0", "data: ionosphere\nepochs: 0");
    refused(
        "group \"dense_9\" takes no parameter",
        "data: ionosphere\noptimizer: 'sgd; dense_9: frozen'");
    Command command = Command.run(with("o", "--spec=" + folder.resolve("nowhere.yaml")));
    assertEquals(2, command.exit());
    assertTrue(command.err().contains("cannot read --spec"), command.err());
  }
}
