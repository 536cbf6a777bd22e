package dev.anneal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches whose process is killed at random moments, among trials that begin anew on each rung and
 * trials that go on: gone on with until they are done, they come to the same results as one that
 * was left alone.
 */
class KilledSearchTest {
  private static final List<String> OPTIONS =
      List.of(
          "--data=ionosphere",
          "--split=stratified",
          "--validation-split=0.3",
          "--test-split=0.2",
          "--epochs=60",
          "--batch=choice(8, 16)",
          "--schedule=choice(log(0.01, 1e9), cosine(initial=log(0.01, 1)) per iteration,"
              + " one-cycle(peak=0.3, warmup=int(1, 40)ep) per epoch)",
          "--epoch-budget=2500",
          "--threads=2");

  @TempDir Path folder;

  private KilledCommand tune() {
    return new KilledCommand(folder, "tune", "search.yaml", OPTIONS, 4000);
  }

  private String results = "";

  @BeforeEach
  void leftAlone() throws IOException {
    results = tune().leftAlone();
  }

  @Test
  void killsChangeNothing() throws Exception {
    tune().killed(4, 1, results);
  }

  @Tag("slow")
  @Test
  void neitherDoManyKills() throws Exception {
    tune().killed(50, 2, results);
  }
}
