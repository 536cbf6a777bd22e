package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Comparisons whose process is killed at random moments: gone on with until they are done, they
 * come to the same results as one that was left alone.
 */
class KilledComparisonTest {
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

  @TempDir Path folder;

  private KilledCommand compare() {
    return new KilledCommand(folder, "compare", "spec.yaml", OPTIONS, 2500);
  }

  private String results = "";

  @BeforeEach
  void leftAlone() throws IOException {
    results = compare().leftAlone();
    assertTrue(results.contains("test_loss"), results);
  }

  @Test
  void killsChangeNothing() throws Exception {
    compare().killed(5, 1, results);
  }

  @Tag("slow")
  @Test
  void neitherDoManyKills() throws Exception {
    compare().killed(50, 2, results);
  }
}
