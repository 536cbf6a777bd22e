package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs whose process is killed or asked to end, at random moments: resumed until they are done,
 * they end with the same weights and the same metrics as one that was left alone.
 */
class KilledRunTest {
  private static final int KILLS = 20;
  private static final int MANY = 200;
  private static final int SIGTERM = 143;

  private static final List<String> OPTIONS =
      List.of(
          "--data=ionosphere",
          "--model=34-40-1",
          "--epochs=250",
          "--batch=8",
          "--threads=1",
          "--optimizer=adam(cosine(0.01) per iteration); dense_1: frozen until 3ep",
          "--dropout=0.2",
          "--restore-best",
          "--json");

  private static String weights = "";
  private static List<String> metrics = List.of();

  @TempDir static Path folder;

  @BeforeAll
  static void leftAlone() throws Exception {
    List<String> train = new ArrayList<>(List.of("train", "--out=" + folder.resolve("alone")));
    train.addAll(OPTIONS);
    Command command = Command.run(train.toArray(String[]::new));
    assertEquals(0, command.exit(), command.err());
    weights = summary("alone").get("weights_sha256").asString();
    metrics = metrics("alone");
  }

  private static JsonNode summary(String run) throws IOException {
    Path file = folder.resolve(run).resolve("summary.json");
    return JsonMapper.shared().readTree(Files.readString(file));
  }

  /** All that is measured but the time it took. */
  private static List<String> metrics(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).stream()
        .map(line -> line.replaceAll("\"samples_per_second\":[^,}]*", ""))
        .toList();
  }

  private static Process start(List<String> arguments) throws IOException {
    String path =
        System.getProperty("jdk.module.path", "")
            + File.pathSeparator
            + System.getProperty("java.class.path");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                path,
                "dev.anneal.cli.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static Process begin(String run) throws IOException {
    Path out = folder.resolve(run);
    if (Files.exists(out.resolve("spec.yaml"))) {
      return start(List.of("resume", out.toString(), "--threads=1", "--json"));
    }
    List<String> train =
        new ArrayList<>(List.of("train", "--out=" + out, "--checkpoint-every=7it"));
    train.addAll(OPTIONS);
    return start(train);
  }

  private static String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static boolean isDone(String run) {
    return Files.exists(folder.resolve(run).resolve("summary.json"));
  }

  private void killed(int times, long seed) throws Exception {
    Random random = new Random(seed);
    int kills = 0;
    for (int run = 0; kills < times; run++) {
      String name = "killed-" + seed + "-" + run;
      while (!isDone(name)) {
        Process process = begin(name);
        if (kills == times) { // left alone at last, however slow the machine is
          assertEquals(0, process.waitFor(), log());
          break;
        }
        boolean atWork = random.nextInt(5) > 0;
        while (atWork && process.isAlive() && Files.size(folder.resolve("log")) == 0) {
          Thread.sleep(5);
        }
        if (process.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS)) {
          assertEquals(0, process.exitValue(), log());
        } else {
          process.destroyForcibly().waitFor();
          kills++;
        }
      }
      assertEquals(weights, summary(name).get("weights_sha256").asString(), name);
      assertEquals(metrics, metrics(name), name);
    }
  }

  @Tag("slow")
  @Test
  void killsChangeNothing() throws Exception {
    killed(KILLS, 1);
  }

  @Tag("slow")
  @Test
  void neitherDoMany() throws Exception {
    killed(MANY, 2);
  }

  /** Whatever the checkpoints in between: here there are none. */
  @Test
  void whoIsAskedToEndSavesWhereItStands() throws Exception {
    Path out = folder.resolve("asked");
    List<String> train = new ArrayList<>(List.of("train", "--out=" + out, "--checkpoint-every=1h"));
    train.addAll(OPTIONS);
    Process process = start(train);
    while (!Files.exists(out.resolve("metrics.jsonl"))
        || Files.size(out.resolve("metrics.jsonl")) == 0) {
      assertTrue(process.isAlive(), log());
      Thread.sleep(20);
    }
    process.destroy();
    long asked = System.nanoTime();
    assertEquals(SIGTERM, process.waitFor());
    assertTrue(System.nanoTime() - asked < 5_000_000_000L, "it took long to end");
    try (var files = Files.list(out.resolve("checkpoints"))) {
      assertTrue(files.findAny().isPresent());
    }
    assertEquals(0, start(List.of("resume", out.toString(), "--threads=1")).waitFor());
    assertEquals(weights, summary("asked").get("weights_sha256").asString());
    assertEquals(metrics, metrics("asked"));
  }
}
