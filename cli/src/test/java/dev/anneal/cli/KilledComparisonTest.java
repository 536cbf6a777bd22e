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

/**
 * Comparisons whose process is killed at random moments: gone on with until they are done, they
 * come to the same results as one that was left alone.
 */
class KilledComparisonTest {
  /** Milliseconds in which a process is killed. */
  private static final int PATIENCE = 2500;

  private static final List<String> OPTIONS =
      List.of(
          "--data=ionosphere",
          "--split=stratified",
          "--validation-split=0.3",
          "--test-split=0.2",
          "--epochs=40",
          "--batch=8",
          "--seeds=5",
          "--threads=2",
          "--schedule=0.1",
          "--schedule=0.05",
          "--schedule=1e9");

  @TempDir static Path folder;

  private static String results = "";

  @BeforeAll
  static void leftAlone() throws IOException {
    List<String> compare = new ArrayList<>(List.of("compare", "--out=" + folder.resolve("alone")));
    compare.addAll(OPTIONS);
    Command command = Command.run(compare.toArray(String[]::new));
    assertEquals(0, command.exit(), command.err());
    results = results("alone");
    assertTrue(results.contains("test_loss"), results);
  }

  /** All but the times, and where it was written. */
  private static String results(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("results.json"))
        .replaceAll("\"(seconds|samples_per_second|created|command|version)\" : [^\n]*", "");
  }

  private static Process start(List<String> arguments) throws IOException {
    return CommandProcess.start(folder.resolve("log"), arguments);
  }

  private static void killed(int times, long seed) throws Exception {
    Random random = new Random(seed);
    int killed = 0;
    for (int runs = 0; killed < times; runs++) {
      String name = seed + "-" + runs;
      Path out = folder.resolve(name);
      boolean done = false;
      while (!done) {
        List<String> begin = new ArrayList<>(List.of("compare", "--out=" + out));
        begin.addAll(OPTIONS);
        boolean begun = Files.exists(out.resolve("spec.yaml"));
        Process process = start(begun ? List.of("resume", out.toString(), "--threads=2") : begin);
        if (killed < times && !process.waitFor(random.nextInt(PATIENCE), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          killed++;
        } else {
          assertEquals(0, process.waitFor(), Files.readString(folder.resolve("log")));
          done = true;
        }
      }
      assertEquals(results, results(name), name);
    }
  }

  @Test
  void killsChangeNothing() throws Exception {
    killed(5, 1);
  }

  @Tag("slow")
  @Test
  void neitherDoManyKills() throws Exception {
    killed(50, 2);
  }
}
