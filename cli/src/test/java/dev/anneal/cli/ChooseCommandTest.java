package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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
    assertEquals(3, best.get("values").size(), command.out());
    assertTrue(Files.exists(folder.resolve("kept/model.safetensors")));
    assertTrue(command.err().contains("no samples were set aside to test"), command.err());
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
