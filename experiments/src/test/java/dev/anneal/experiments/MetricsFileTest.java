package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir Path folder;

  /** Halves with each epoch whose loss was above 1. */
  private static final Schedule GUARD =
      progress -> {
        double value = 1;
        for (int epoch = 0; epoch < progress.metrics().epochs(); epoch++) {
          value /= progress.metrics().value("loss", epoch) > 1 ? 2 : 1;
        }
        return value;
      };

  private void replays(Path path) {
    PlannedRun run = PlannedRun.of(5, 4, true).replaying(MetricsFile.read(path));
    assertEquals(Set.of("epoch", "loss"), run.measured());
    HyperparameterPreview preview = new HyperparameterPreview("learning_rate", GUARD, run);
    // Epoch 2 of 3 is above 1: it shows from the first update of the next.
    assertEquals(1, preview.at(7));
    assertEquals(0.5, preview.at(8));
    // What was not recorded changes nothing, and an earlier place knows nothing of a later one.
    assertEquals(0.5, preview.at(19));
    assertEquals(1, preview.at(0));
  }

  @Test
  void aRunIsReplayed() throws IOException {
    Files.write(
        folder.resolve("metrics.jsonl"),
        List.of(
            "{\"epoch\":1,\"loss\":0.7}",
            "{\"epoch\":2,\"loss\":2}",
            "{\"epoch\":3,\"loss\":null}"));
    replays(folder);
    replays(folder.resolve("metrics.jsonl"));
    Path csv = Files.write(folder.resolve("a.csv"), List.of("epoch,loss", "1,0.7", "2,2.0", "3,"));
    replays(csv);
  }

  @Test
  void withoutMetricsNothingHappens() {
    assertEquals(
        1, new HyperparameterPreview("learning_rate", GUARD, PlannedRun.of(5, 4, true)).end());
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Path broken = Files.write(folder.resolve("b.jsonl"), List.of("{\"loss\":1}", "nonsense"));
    Path empty = Files.write(folder.resolve("c.jsonl"), List.of());
    refused(broken, "line 2");
    refused(empty, "no epochs");
    refused(folder.resolve("nowhere.csv"), "nowhere.csv");
    refused(folder.resolve("nowhere"), "nowhere");
    for (String line : List.of("null", "[1]", "1", "", "{\"a\":1} 2")) {
      refused(
          Files.write(folder.resolve("d.jsonl"), List.of("{}", line)), "line 2 is no JSON object");
    }
    refused(
        Files.writeString(folder.resolve("f.csv"), "a\n\"1\"\f"),
        "f.csv is no CSV: Unexpected character after closing quote: ' ' (0xc)");
    String open = "loss\n\"" + "1".repeat(20_000_000);
    refused(Files.writeString(folder.resolve("e.csv"), open), "e.csv is no CSV");
  }

  private static void refused(Path path, String reason) {
    InputException refused = assertThrows(InputException.class, () -> MetricsFile.read(path));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
  }
}
