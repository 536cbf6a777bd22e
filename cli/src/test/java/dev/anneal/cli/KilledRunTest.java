package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private static final int SIGTERM = 143;

  /** Milliseconds in which a process may be ended: of its start, and of its work. */
  private static final int STARTING = 700;

  private static final int WORKING = 200;

  private static final List<String> OPTIONS =
      List.of(
          "--data=ionosphere",
          "--model=34-40-1",
          "--epochs=150",
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
    return CommandProcess.start(folder.resolve("log"), arguments);
  }

  private static Process begin(String run, String checkpoints) throws IOException {
    Path out = folder.resolve(run);
    if (Files.exists(out.resolve("spec.yaml"))) {
      return start(List.of("resume", out.toString(), "--threads=1", "--json", checkpoints));
    }
    List<String> train = new ArrayList<>(List.of("train", "--out=" + out, checkpoints));
    train.addAll(OPTIONS);
    return start(train);
  }

  private static String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static boolean isDone(String run) {
    return Files.exists(folder.resolve(run).resolve("summary.json"));
  }

  /** Epochs that are written down so far. */
  private static long epochs(String run) throws IOException {
    Path file = folder.resolve(run).resolve("metrics.jsonl");
    if (!Files.exists(file)) {
      return 0;
    }
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }

  /** The checkpoints, and what one is being written to, by their names. */
  private static List<String> checkpoints(String run) throws IOException {
    Path checkpoints = folder.resolve(run).resolve("checkpoints");
    if (!Files.exists(checkpoints)) {
      return List.of();
    }
    try (var files = Files.list(checkpoints)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** How many processes were ended, of these while saving, and how many runs that took. */
  private record Ended(int processes, int saving, int runs) {}

  /**
   * Runs of which one process after the other is ended: four of five at work, some time after an
   * epoch of their own, the others at any time since their start.
   *
   * @param asked whether by SIGTERM, and then nothing else saves; else by SIGKILL
   */
  private static Ended ended(int times, long seed, boolean asked) throws Exception {
    String checkpoints = asked ? "--checkpoint-every=1h" : "--checkpoint-every=7it";
    Random random = new Random(seed);
    int ended = 0;
    int saving = 0;
    int runs = 0;
    for (; ended < times; runs++) {
      String run = (asked ? "asked-" : "killed-") + seed + "-" + runs;
      while (!isDone(run)) {
        long epochs = epochs(run);
        List<String> before = checkpoints(run);
        Process process = begin(run, checkpoints);
        boolean atWork = random.nextInt(5) > 0;
        while (atWork && process.isAlive() && epochs(run) <= epochs) {
          Thread.sleep(2);
        }
        int patience = random.nextInt(atWork ? WORKING : STARTING);
        // The last run is left alone in the end, however slow the machine is.
        if (ended == times || process.waitFor(patience, TimeUnit.MILLISECONDS)) {
          assertEquals(0, process.waitFor(), log());
          assertTrue(isDone(run), log());
          continue;
        }
        ended++;
        if (asked) {
          process.destroy();
          assertTrue(process.waitFor(10, TimeUnit.SECONDS), "it takes long to end");
          if (process.exitValue() != 0 || !isDone(run)) { // else it was done by itself
            assertEquals(SIGTERM, process.exitValue(), log());
            assertTrue(!atWork || !checkpoints(run).equals(before), "not saved: " + log());
          }
        } else {
          process.destroyForcibly().waitFor();
          String half = "." + process.pid(); // how a file ends that has no name of its own yet
          saving += checkpoints(run).stream().anyMatch(name -> name.endsWith(half)) ? 1 : 0;
        }
      }
      assertEquals(weights, summary(run).get("weights_sha256").asString(), run);
      assertEquals(metrics, metrics(run), run);
    }
    Ended all = new Ended(ended, saving, runs);
    System.out.printf("%s, %s, seed %d%n", asked ? "SIGTERM" : "SIGKILL", all, seed);
    return all;
  }

  @Test
  void killsChangeNothing() throws Exception {
    assertTrue(ended(20, 1, false).saving > 0, "none was killed while saving");
  }

  @Tag("slow")
  @Test
  void neitherDoManyKills() throws Exception {
    assertTrue(ended(200, 2, false).saving > 10, "few were killed while saving");
  }

  /** Whatever the checkpoints in between: here there are none. */
  @Test
  void whoIsAskedToEndSavesWhereItStands() throws Exception {
    ended(5, 3, true);
  }

  @Tag("slow")
  @Test
  void soItDoesManyTimes() throws Exception {
    ended(100, 4, true);
  }
}
