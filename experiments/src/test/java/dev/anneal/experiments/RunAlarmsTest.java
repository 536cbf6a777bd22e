package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSet;
import dev.anneal.data.DataSets;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.TrainingListener;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunAlarmsTest {
  private static Outcome outcome(DataSet set, String model, String optimizer, boolean diagnosed) {
    PreparedRun run =
        TestRuns.of(
            TrainingData.split(set, 0.3),
            Mlp.parse(model),
            Groups.parse(optimizer, Catalogue.load()),
            20,
            16,
            diagnosed);
    try (Workers workers = new Workers(1)) {
      ActiveRun active = new ActiveRun(run, workers, TrainingListener.NONE);
      while (active.step()) {}
      return active.finish();
    }
  }

  private static List<String> rules(DataSet set, String model, String optimizer) {
    return outcome(set, model, optimizer, false).alarms().stream().map(DataFinding::rule).toList();
  }

  /** Numbers that tell nothing of the label, or all of it. */
  private static DataSet set(double signal) {
    Random random = new Random(3);
    float[][] rows = new float[400][3];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = random.nextInt(2);
      for (int column = 0; column < 3; column++) {
        rows[i][column] = (float) (signal * (random.nextGaussian() + 2 * labels[i]));
      }
    }
    return new DataSet(
        "numbers", ArraySamples.of(rows, labels, 2), Optional.empty(), List.of("a", "b"), "");
  }

  @Test
  void aRunThatLearnsHasNone() {
    assertEquals(List.of(), rules(DataSets.open("ionosphere"), "34-34-1", "sgd(0.1)"));
    assertEquals(List.of(), rules(set(1), "3-8-1", "adam(0.01)"));
  }

  @Test
  void aLossThatStandsIsSaidAtOnce() {
    assertEquals("loss-stands", rules(set(1), "3-8-1", "sgd(1e-12)").getFirst());
  }

  @Test
  void whoPredictsAlwaysTheSameHasLearnedNothing() {
    DataSet nothing = set(0);
    assertEquals("learns-nothing", rules(nothing, "3-1", "sgd(0.2)").getFirst());
  }

  @Test
  void aLossFarAboveThatOfKnowingNothingIsSaidAtOnce() {
    assertEquals("bad-start", rules(set(1), "3-8-1", "sgd(30)").getFirst());
  }

  @Test
  void aModelThatIsWorseThanAConstantIsSaid() {
    List<String> rules = rules(set(1), "3-8-1", "sgd(30)");
    assertEquals("worse-than-constant", rules.getLast());
  }

  @Test
  void updatesBeyondTheWeightsAreSaid() {
    List<DataFinding> alarms = outcome(set(1), "3-8-1", "sgd(500)", true).alarms();
    assertTrue(
        alarms.stream().anyMatch(alarm -> alarm.rule().equals("update-beyond-weights")),
        alarms::toString);
  }
}
