package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChooseCommandTest {
  @TempDir Path folder;

  /** A class that a line tells, with some noise. */
  private Path table() throws IOException {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("width,height,kind\n");
    for (int i = 0; i < 300; i++) {
      double width = random.nextGaussian();
      double height = random.nextGaussian();
      boolean wide = width - height + 0.3 * random.nextGaussian() > 0;
      text.append("%.3f,%.3f,%s\n".formatted(width, height, wide ? "wide" : "high"));
    }
    Path file = folder.resolve("shapes.csv");
    Files.writeString(file, text);
    return file;
  }

  @Test
  void leavesAModelItsReportAndItsScheduleElsewhere() throws IOException {
    Path out = folder.resolve("chosen");
    Command command =
        Command.run(
            "choose",
            "--data=csv:" + table(),
            "--target=kind",
            "--epochs=20",
            "--trials=9",
            "--seeds=3",
            "--json",
            "--out=" + out);
    assertEquals(0, command.exit(), command.err());
    JsonNode json = JsonMapper.shared().readTree(command.out());
    assertTrue(json.get("val_accuracy").asDouble() > 0.85, command.out());
    assertEquals(9, json.get("trials").asInt());
    assertTrue(
        json.at("/verdict/text").asString().contains("On the test samples, which nothing was"),
        command.out());
    assertTrue(command.err().contains("rate of sgd"), command.err());
    assertTrue(command.err().contains("over 3 fresh folds"), command.err());
    assertEquals(240, json.at("/model/samples").asInt(), command.out());
    assertTrue(json.at("/model/test_accuracy").asDouble() > 0.85, command.out());
    assertArrayEquals(
        Files.readAllBytes(out.resolve("model/model.safetensors")),
        Files.readAllBytes(out.resolve("model.safetensors")));
    assertTrue(
        Files.readString(out.resolve("report.html"))
            .contains("with the samples that validate: on 240."));
    assertEquals(0, Command.run("verify", out.resolve("model").toString()).exit());
    for (String file :
        new String[] {
          "model.safetensors",
          "report.html",
          "results.json",
          "spec.yaml",
          "schedule.keras.py",
          "schedule.torch.py",
          "schedule.optax.py"
        }) {
      assertTrue(Files.exists(out.resolve(file)), file);
    }
    assertFalse(Files.exists(out.resolve("trials")), "trials are in the journal");
    Files.writeString(folder.resolve("new.csv"), "width,height\n2,-2\n-2,2\n");
    Command predict =
        Command.run(
            "predict",
            out.resolve("model.safetensors").toString(),
            "--data=csv:" + folder.resolve("new.csv"));
    assertEquals(0, predict.exit(), predict.err());
    assertTrue(predict.out().contains("wide") && predict.out().contains("high"), predict.out());
    String results = Files.readString(out.resolve("results.json"));
    assertEquals(0, Command.run("resume", out.toString()).exit());
    assertEquals(timeless(results), timeless(Files.readString(out.resolve("results.json"))));
  }

  private static String timeless(String results) {
    return results.replaceAll("\"seconds\" : [^\n]*", "");
  }

  /** Which epoch is kept depends on samples that validate: they cannot train. */
  @Test
  void whereValidationDecidesTheModelIsThatOfASeed() throws IOException {
    Path out = folder.resolve("best");
    Command command =
        Command.run(
            "choose",
            "--data=csv:" + table(),
            "--restore-best",
            "--epochs=10",
            "--trials=4",
            "--seeds=2",
            "--json",
            "--out=" + out);
    assertEquals(0, command.exit(), command.err());
    assertFalse(JsonMapper.shared().readTree(command.out()).has("model"), command.out());
    assertTrue(command.err().contains("the model is that of one seed"), command.err());
    assertTrue(Files.exists(out.resolve("model.safetensors")));
    assertFalse(Files.exists(out.resolve("model")));
  }

  /** A longer run than there is time for is of no use. */
  @Test
  void epochsFollowFromTheTime() {
    DoubleSummaryStatistics seconds = DoubleStream.of(0.1, 0.3).summaryStatistics();
    assertEquals(20, Plan.epochs(114.1, seconds));
    assertEquals(10, Plan.epochs(1, seconds), "fewer tell nothing");
    assertEquals(10, Plan.epochs(-1, seconds));
  }

  /** What is given is no question any more. */
  @Test
  void aNetworkThatIsGivenIsKept() throws IOException {
    Command command =
        Command.run(
            "choose",
            "--data=ionosphere",
            "--model=dense(8), relu",
            "--epochs=12",
            "--trials=4",
            "--seeds=0",
            "--json",
            "--out=" + folder.resolve("kept"));
    assertEquals(0, command.exit(), command.err());
    JsonNode best = JsonMapper.shared().readTree(command.out()).get("best");
    assertTrue(best.get("model").asString().startsWith("dense(units=8"), command.out());
    assertEquals(4, best.get("values").size(), command.out());
    assertTrue(Files.exists(folder.resolve("kept/model.safetensors")));
    assertTrue(command.err().contains("no samples were set aside to test"), command.err());
  }

  /** What leads training astray is said before anything is trained; the network is no news. */
  @Test
  void findingsComeFirst() throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 60; i++) {
      text.append("%.3f,7,%d\n".formatted(random.nextGaussian(), random.nextInt(2)));
    }
    Path file = folder.resolve("constant.csv");
    Files.writeString(file, text);
    Command strict = Command.run("choose", "--data=csv:" + file, "--strict", "--out=" + folder);
    assertEquals(2, strict.exit());
    assertTrue(strict.err().contains("constant"), strict.err());
    assertFalse(strict.err().contains("rate of"), strict.err());
    Command loose =
        Command.run(
            "choose",
            "--data=csv:" + file,
            "--epochs=2",
            "--trials=2",
            "--seeds=0",
            "--out=" + folder.resolve("loose"));
    assertEquals(0, loose.exit(), loose.err());
    String said = loose.err() + loose.out();
    assertTrue(said.indexOf("constant") < said.indexOf("rate of"), said);
    assertFalse(said.contains("many-weights"), said);
  }

  @Test
  void wrongInputIsRefusedBeforeAnything() throws IOException {
    Command command =
        Command.run(
            "choose", "--data=csv:" + table(), "--target=kinds", "--out=" + folder.resolve("none"));
    assertEquals(2, command.exit());
    assertTrue(command.err().contains("did you mean \"kind\"?"), command.err());
    assertFalse(Files.exists(folder.resolve("none")));
  }
}
