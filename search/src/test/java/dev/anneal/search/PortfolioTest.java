package dev.anneal.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.ReadingListener;
import dev.anneal.experiments.TrainingData;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortfolioTest {
  private static final int TRIALS = 128;

  private static final Portfolio PORTFOLIO =
      new Portfolio(
          Map.of("data", List.of("ionosphere"), "model", List.of("choice(linear, 8, 16-16)")),
          3,
          Map.of("sgd", 0.1, "adam", 0.01),
          Catalogue.load());

  /** What has no hidden layer because the user wants none is what it is, not what to beat. */
  @Test
  void aModelThatIsGivenIsNoBaseline() {
    Portfolio given =
        new Portfolio(
            Map.of("data", List.of("ionosphere"), "model", List.of("linear")),
            3,
            Map.of("sgd", 0.1, "adam", 0.01),
            Catalogue.load());
    assertEquals("linear", given.experiment(0).model().print());
    assertTrue(!given.isBaseline(0));
  }

  /** None depends on samples that validate, so that what is chosen can train on them too. */
  @Test
  void everyContenderCanBeTrainedOnAllSamples() {
    Experiment first = PORTFOLIO.experiment(0);
    TrainingData data = first.data().open(first.seed(), ReadingListener.NONE);
    Set<String> schedules = new HashSet<>();
    for (int trial = 0; trial < TRIALS; trial++) {
      Experiment experiment = PORTFOLIO.experiment(trial);
      PreparedRun run = PreparedRun.of(experiment, data);
      assertTrue(!run.watchesValidation(), experiment::print);
      schedules.add(PORTFOLIO.point(trial).values().get("schedule"));
      assertEquals(
          experiment.model().print().equals("linear"),
          PORTFOLIO.isBaseline(trial),
          experiment::print);
      assertEquals(
          PORTFOLIO.point(trial).values().get("optimizer").equals("adamw"),
          !experiment.groups().print().contains("weight_decay=0,"),
          experiment::print);
    }
    assertEquals(8, schedules.size(), schedules::toString);
  }
}
