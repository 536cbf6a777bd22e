package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.data.DataSets;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.group.Groups;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFindingsTest {
  private static List<String> rules(String model, int batch) {
    return RunFindings.of(
            TestRuns.of(
                TrainingData.split(DataSets.open("ionosphere"), 0.33),
                Mlp.parse(model),
                Groups.parse("sgd", Catalogue.load()),
                1,
                batch))
        .stream()
        .map(DataFinding::rule)
        .toList();
  }

  @Test
  void theReferenceExperimentHasNone() {
    assertEquals(List.of(), rules("34-34-1", 28));
  }

  @Test
  void aBatchBeyondTheDataIsSaid() {
    assertEquals(List.of(), rules("34-34-1", 235));
    assertEquals(List.of("batch-beyond-data"), rules("34-34-1", 236));
  }

  @Test
  void farMoreWeightsThanSamplesAreSaid() {
    assertEquals(List.of("many-weights"), rules("34-700-1", 28));
  }

  @Test
  void whoStopsBeforeThePeakIsTold() {
    String text = "{data: ionosphere, epochs: 20, patience: %d, schedule: '%s'}";
    String oneCycle = "one-cycle(peak=0.2, pct_start=0.5) per iteration";
    assertEquals(List.of("patience-before-peak"), rulesOf(text.formatted(5, oneCycle)));
    assertEquals(List.of(), rulesOf(text.formatted(12, oneCycle)));
    assertEquals(List.of(), rulesOf(text.formatted(5, "constant(0.1)")));
  }

  /** Ionosphere's 235 samples are 9 batches of 28. */
  @Test
  void whatIsAccumulatedBeyondAnEpochIsTold() {
    String text = "{data: ionosphere, epochs: 20, optimizer: '%s'}";
    assertEquals(
        List.of("accumulation-beyond-epoch"), rulesOf(text.formatted("accumulate(sgd, steps=10)")));
    assertEquals(
        List.of("accumulation-beyond-epoch"),
        rulesOf(text.formatted("clip(accumulate(accumulate(sgd, steps=2), steps=5), norm=1)")));
    assertEquals(
        List.of("accumulation-beyond-epoch"),
        rulesOf(text.formatted("sgd; dense_1: accumulate(sgd, steps=10)")));
    assertEquals(List.of(), rulesOf(text.formatted("accumulate(sgd, steps=9)")));
  }

  private static List<String> rulesOf(String text) {
    Experiment experiment = Experiment.parse("text", text, Catalogue.load());
    PreparedRun run =
        PreparedRun.of(experiment, experiment.data().open(experiment.seed(), ReadingListener.NONE));
    return RunFindings.of(run).stream().map(DataFinding::rule).toList();
  }
}
