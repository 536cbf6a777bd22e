package dev.anneal.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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

  /** With a model that is trained in the end, on the samples that validated too. */
  private static final List<String> CHOICE =
      List.of(
          "--data=ionosphere",
          "--split=stratified",
          "--validation-split=0.3",
          "--test-split=0.2",
          "--epochs=40",
          "--epoch-budget=1500",
          "--threads=2");

  @TempDir Path folder;

  private KilledCommand tune() {
    return new KilledCommand(folder, "tune", "search.yaml", OPTIONS, 4000);
  }

  private KilledCommand choose() {
    return new KilledCommand(folder, "choose", "search.yaml", CHOICE, 8000);
  }

  @Test
  void killsChangeNothing() throws Exception {
    tune().killed(4, 1, tune().leftAlone());
  }

  @Tag("slow")
  @Test
  void neitherDoManyKills() throws Exception {
    tune().killed(50, 2, tune().leftAlone());
  }

  @Test
  void killsChangeNoChoice() throws Exception {
    String results = choose().leftAlone();
    assertTrue(results.contains("\"test_loss\""), results);
    choose().killed(3, 3, results);
  }

  @Tag("slow")
  @Test
  void manyKillsChangeNoChoice() throws Exception {
    choose().killed(50, 4, choose().leftAlone());
  }
}
