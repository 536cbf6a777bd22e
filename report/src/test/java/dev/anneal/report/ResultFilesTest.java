package dev.anneal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.anneal.comparison.Comparison;
import dev.anneal.experiments.RunRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultFilesTest {
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "schedule",
          "optimizer",
          "val_loss",
          "val_accuracy",
          "loss",
          "accuracy",
          "learning_rate",
          "epochs",
          "seconds",
          "samples_per_second",
          "weights_sha256",
          "seeds",
          "diverged_seeds",
          "deviation",
          "gap",
          "epochs_to_target");

  @TempDir Path folder;

  @Test
  void csvHasOneRowARunInTheUsersOrder() throws Exception {
    Comparison comparison = SampleRuns.six();
    List<NamedCsvRecord> rows = csv(comparison);
    assertEquals(COLUMNS, rows.getFirst().getHeader());
    assertEquals(6, rows.size());
    RunRecord run = comparison.runs().get(5);
    assertEquals("warm-up, then cosine", rows.get(5).getField("name"));
    assertEquals(run.schedule(), rows.get(5).getField("schedule"));
    assertEquals(run.kept().valLoss(), Double.parseDouble(rows.get(5).getField("val_loss")));
    assertEquals("73", rows.get(5).getField("epochs"));
    assertEquals(run.weightsSha256(), rows.get(5).getField("weights_sha256"));
  }

  @Test
  void whatIsNotFiniteIsEmpty() throws Exception {
    assertEquals("", csv(SampleRuns.diverged()).getFirst().getField("val_loss"));
  }

  /** The target is the lowest loss of the middle one. */
  @Test
  void tellsWhoIsThereSoonest() throws Exception {
    Comparison comparison =
        SampleRuns.comparison(
            3,
            SampleRuns.run(
                "fast",
                SampleRuns.row(1, 0.8, 0.9, 0.5),
                SampleRuns.row(2, 0.4, 0.5, 0.6),
                SampleRuns.row(3, 0.3, 0.45, 0.7)),
            SampleRuns.run(
                "middling",
                SampleRuns.row(1, 0.8, 0.8, 0.5),
                SampleRuns.row(2, 0.6, 0.7, 0.6),
                SampleRuns.row(3, 0.5, 0.60001, 0.7)),
            SampleRuns.run("slow", SampleRuns.row(1, 0.9, 0.95, 0.5)));
    List<NamedCsvRecord> rows = csv(comparison);
    assertEquals(0.601, comparison.target());
    assertEquals(
        List.of("2.0", "3.0", ""),
        rows.stream().map(row -> row.getField("epochs_to_target")).toList());
    assertEquals(0.15, Double.parseDouble(rows.getFirst().getField("gap")), 1e-15);
  }

  @Test
  void jsonHasTheSameNamesAndTheEpochs() throws Exception {
    Comparison comparison = SampleRuns.six();
    ResultFiles.write(comparison, folder);
    JsonNode json = JsonMapper.shared().readTree(folder.resolve("results.json"));
    JsonNode run = json.at("/runs/0");
    for (String column : COLUMNS) {
      assertTrue(run.has(column), column);
    }
    assertEquals(
        comparison.runs().getFirst().epochs().get(41).valLoss(),
        run.at("/history/41/val_loss").doubleValue());
    assertEquals(1000, run.at("/learning_rate_curves/iterations").size());
    assertEquals(comparison.command(), json.at("/command").stringValue());
    assertEquals("lowest_loss", json.at("/findings/0/kind").stringValue());
  }

  @Test
  void jsonHasWhatTheOptimizerDidAndWhatTheLinterSays() throws Exception {
    ResultFiles.write(SampleRuns.diagnosed(), folder);
    JsonNode runs = JsonMapper.shared().readTree(folder.resolve("results.json")).get("runs");
    JsonNode diagnosed = runs.get(0);
    assertEquals(0.2, diagnosed.at("/diagnostics/update_ratio/dense_1/2").doubleValue());
    assertTrue(diagnosed.at("/diagnostics/gradient_norm/dense_2/0").isNull());
    assertEquals(0.25, diagnosed.at("/diagnostics/clip_factor/all/4").doubleValue());
    assertFalse(runs.get(1).has("diagnostics"));
    assertEquals(0, diagnosed.get("schedule_findings").size());
    assertEquals("negative", runs.get(1).at("/schedule_findings/0/rule").stringValue());
    JsonNode curves = diagnosed.get("learning_rate_curves");
    assertEquals(250, curves.at("/iterations/1").intValue());
    JsonNode rates = curves.get("learning_rates").get("dense_1/learning_rate");
    assertTrue(rates.get(0).isNull());
    assertEquals(0.2, rates.get(1).doubleValue());
  }

  private List<NamedCsvRecord> csv(Comparison comparison) throws Exception {
    ResultFiles.write(comparison, folder);
    try (var reader = CsvReader.builder().ofNamedCsvRecord(folder.resolve("results.csv"))) {
      return reader.stream().toList();
    }
  }
}
