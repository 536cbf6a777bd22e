package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.nn.predict.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be done with a run once its process is gone. */
class StoredRunTest {
  private static final String HEADING = "width,height,kind\n";

  @TempDir Path folder;

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static Command run(int exit, String... arguments) {
    Command command = Command.run(arguments);
    assertEquals(exit, command.exit(), () -> command.out() + command.err());
    return command;
  }

  private static JsonNode json(Command command) {
    return JsonMapper.shared().readTree(command.out().lines().toList().getLast());
  }

  private Path flowers() throws IOException {
    StringBuilder rows = new StringBuilder(HEADING);
    for (int i = 0; i < 60; i++) {
      rows.append(
          "%d,%d,%s%n".formatted(i % 3 * 10 + i % 5, i % 7, List.of("a", "b", "c").get(i % 3)));
    }
    return Files.writeString(folder.resolve("flowers.csv"), rows.toString());
  }

  private JsonNode train(String name, String... more) throws IOException {
    return train(6, name, more);
  }

  private JsonNode train(int epochs, String name, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of(more));
    addUnlessGiven(options, "--data=csv:" + flowers());
    addUnlessGiven(options, "--optimizer=adam(0.05)");
    options.addAll(List.of("--epochs=" + epochs, "--json", "--out=" + at(name)));
    options.addFirst("train");
    return json(run(0, options.toArray(String[]::new)));
  }

  private static void addUnlessGiven(List<String> options, String option) {
    String name = option.substring(0, option.indexOf('=') + 1);
    if (options.stream().noneMatch(each -> each.startsWith(name))) {
      options.add(option);
    }
  }

  @Test
  void predictsWithAndWithoutLabels() throws IOException {
    train("a");
    Path unlabelled = Files.writeString(folder.resolve("new.csv"), "width,height\n1,2\n11,3\n");
    List<String> rows =
        run(0, "predict", at("a"), "--data=csv:" + unlabelled, "--csv").out().lines().toList();
    assertEquals("prediction,p_a,p_b,p_c", rows.getFirst());
    assertEquals(3, rows.size());
    String[] cells = rows.get(1).split(",", -1);
    double sum = 0;
    for (int i = 1; i < 4; i++) {
      sum += Double.parseDouble(cells[i]);
    }
    assertEquals(1, sum, 1e-6);
    Path labelled = Files.writeString(folder.resolve("old.csv"), HEADING + "1,2,?\n11,3,z\n");
    assertEquals(rows, run(0, "predict", at("a"), "--data=csv:" + labelled).out().lines().toList());
    JsonNode first =
        JsonMapper.shared()
            .readTree(
                run(
                        0,
                        "predict",
                        at("a") + "/model.safetensors",
                        "--data=csv:" + labelled,
                        "--json")
                    .out()
                    .lines()
                    .findFirst()
                    .orElseThrow());
    assertEquals(cells[0], first.get("prediction").asString());
    assertEquals(Float.parseFloat(cells[1]), (float) first.get("p_a").asDouble());
    Path wrong = Files.writeString(folder.resolve("wrong.csv"), "1,2,3,4\n");
    assertEquals(1, run(2, "predict", at("a"), "--data=csv:" + wrong).errLines().size());
  }

  @Test
  void evaluatesAsTrainingDid() throws IOException {
    JsonNode end = train("b", "--validation-split=0");
    JsonNode measured = json(run(0, "evaluate", at("b"), "--data=csv:" + flowers(), "--json"));
    assertEquals(
        60,
        measured
            .get("confusion")
            .valueStream()
            .flatMap(JsonNode::valueStream)
            .mapToInt(JsonNode::asInt)
            .sum());
    assertTrue(measured.get("loss").asDouble() < end.get("loss").asDouble() + 1);
    JsonNode validated = train("c", "--validation-data=csv:" + flowers());
    JsonNode again = json(run(0, "evaluate", at("c"), "--data=csv:" + flowers(), "--json"));
    assertEquals(validated.get("val_loss").asDouble(), again.get("loss").asDouble(), 1e-6);
    assertEquals(validated.get("val_accuracy").asDouble(), again.get("accuracy").asDouble());
    Path strange = Files.writeString(folder.resolve("strange.csv"), HEADING + "1,2,z\n");
    Command refused = run(2, "evaluate", at("b"), "--data=csv:" + strange);
    assertTrue(refused.err().contains("\"z\" is none of the classes"), refused.err());
    Path partly = Files.writeString(folder.resolve("partly.csv"), HEADING + "1,2,b\n");
    run(0, "evaluate", at("b"), "--data=csv:" + partly);
  }

  /** Where it is wrong and its probability of the label has rounded to 0, too. */
  @Test
  void evaluatesAModelThatIsSurerThanItIsRight() throws IOException {
    String data = "--validation-data=csv:" + flowers();
    JsonNode trained = train(1, "sure", data, "--optimizer=sgd(learning_rate=300)");
    double loss = trained.get("val_loss").asDouble();
    assertTrue(loss > 100, trained::toString);
    JsonNode again = json(run(0, "evaluate", at("sure"), "--data=csv:" + flowers(), "--json"));
    assertEquals(loss, again.get("loss").asDouble(), 1e-6 * loss);
  }

  @Test
  void goesOnForMoreEpochsAndIsVerified() throws IOException {
    train("d");
    JsonNode longer = train(9, "e");
    JsonNode resumed = json(run(0, "resume", at("d"), "--epochs=9", "--json"));
    assertEquals(longer.get("weights_sha256"), resumed.get("weights_sha256"));
    assertEquals(9, Files.readAllLines(folder.resolve("d/metrics.jsonl")).size());
    for (String run : List.of("d", "e")) {
      JsonNode verified = json(run(0, "verify", at(run), "--json"));
      assertEquals(longer.get("weights_sha256"), verified.get("weights_sha256"));
    }
    assertTrue(run(2, "resume", at("d")).err().contains("is finished"));
    assertTrue(run(2, "resume", at("d"), "--epochs=3").err().contains("9 epochs already"));
    assertTrue(run(2, "resume", at("nothing")).err().contains("is no folder of a run"));
    Files.writeString(
        folder.resolve("e/metrics.jsonl"),
        Files.readString(folder.resolve("e/metrics.jsonl"))
            .replaceFirst("\"loss\":1", "\"loss\":2"));
    assertTrue(run(1, "verify", at("e")).out().contains("differs: loss of epoch"));
  }

  /** The file of the model knows the shape of its samples. */
  @Test
  void aNetworkOnImagesIsStoredAndGoesOn() throws IOException {
    String[] images = {
      "--data=fashion-mnist",
      "--model=conv(4, 5, stride=3, padding=same), batch-normalization, relu, max-pool(2)",
      "--batch=256"
    };
    train(1, "images", images);
    List<String> rows =
        run(0, "predict", at("images"), "--data=fashion-mnist", "--csv").out().lines().toList();
    assertEquals(20_001, rows.size());
    JsonNode longer = train(2, "longer", images);
    JsonNode resumed = json(run(0, "resume", at("images"), "--epochs=2", "--json"));
    assertEquals(longer.get("weights_sha256"), resumed.get("weights_sha256"));
    String table = "csv:" + flowers();
    assertTrue(run(2, "predict", at("images"), "--data=" + table).err().contains("784"));
  }

  @Test
  void aRunWhoseRateDependsOnItsLengthIsVerifiedWithItsOverrides() throws IOException {
    train("f", "--schedule=linear(0.1) per iteration");
    run(0, "resume", at("f"), "--epochs=12");
    run(0, "verify", at("f"));
  }

  @Test
  void otherDataAreNoticed() throws IOException {
    train("g");
    Files.writeString(
        folder.resolve("flowers.csv"),
        Files.readString(folder.resolve("flowers.csv")).replace("14,", "15,"));
    Command refused = run(2, "resume", at("g"), "--epochs=8");
    assertTrue(refused.err().contains("the data are not those"), refused.err());
    assertEquals(6, Files.readAllLines(folder.resolve("g/metrics.jsonl")).size());
    assertTrue(Files.exists(folder.resolve("g/summary.json")));
  }

  @Test
  void listsWhatThereIs() throws IOException {
    train("runs/one", "--name=first", "--tag=x", "--tag=y");
    train("runs/two", "--tag=y");
    Files.delete(folder.resolve("runs/two/summary.json"));
    train("runs/three");
    Files.writeString(folder.resolve("runs/three/spec.yaml"), "epochs: [");
    Files.writeString(
        folder.resolve("runs/two/metrics.jsonl"),
        Files.readString(folder.resolve("runs/two/metrics.jsonl")) + "{\"epoch\":7,\"lo");
    List<String> lines = run(0, "runs", at("runs")).out().lines().toList();
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("finished") && lines.get(0).contains("first"), lines.get(0));
    assertTrue(lines.get(1).startsWith("broken") && lines.get(1).contains("three"), lines.get(1));
    assertTrue(lines.get(2).startsWith("stopped") && lines.get(2).contains("6/6"), lines.get(2));
    assertEquals(1, run(0, "runs", at("runs"), "--tag=x").out().lines().count());
    JsonNode shown = json(run(0, "show", at("runs/one"), "--json"));
    assertEquals("finished", shown.get("status").asString());
    assertEquals("first", shown.get("name").asString());
    assertTrue(run(0, "show", at("runs/two")).out().contains("stopped, epoch 6 of 6"));
    assertTrue(run(2, "show", at("runs/three")).err().contains("broken"));
    assertTrue(run(2, "runs", at("nowhere")).err().contains("no folder"));
  }

  @Test
  void whatAnEarlierRunHasLeftStaysUntilTheNewOneHasSomethingToKeep() throws IOException {
    JsonNode first = train("h");
    byte[] model = Files.readAllBytes(folder.resolve("h/model.safetensors"));
    Command refused = run(2, "train", "--data=csv:" + flowers(), "--model=9-3", "--out=" + at("h"));
    assertTrue(refused.err().contains("a sample has 2 numbers"), refused.err());
    assertTrue(
        java.util.Arrays.equals(model, Files.readAllBytes(folder.resolve("h/model.safetensors"))));
    JsonNode second = train("h", "--seed=7");
    assertFalse(first.get("weights_sha256").equals(second.get("weights_sha256")));
    assertEquals(6, Files.readAllLines(folder.resolve("h/metrics.jsonl")).size());
    assertFalse(Files.exists(folder.resolve("h/.next")));
    assertEquals(
        List.of("a", "b", "c"), Predictor.load(folder.resolve("h/model.safetensors")).classNames());
    run(0, "verify", at("h"));
  }
}
