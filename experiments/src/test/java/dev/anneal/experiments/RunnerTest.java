package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.data.DataSets;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunnerTest {
  private static final int EPOCHS = 3;
  private static final int UPDATES = 9; // 235 samples in batches of 28

  private final TrainingData data = TrainingData.split(DataSets.open("ionosphere"), 0.33);
  private final List<EpochMetrics> reported = new ArrayList<>();

  private RunRecord run(String optimizer, boolean diagnoses) {
    PreparedRun run =
        TestRuns.of(
            data,
            Preset.of(data.name()).model(),
            Groups.parse(optimizer, Catalogue.load()),
            EPOCHS,
            28,
            diagnoses);
    TrainingListener keep =
        new TrainingListener() {
          @Override
          public void epoch(Live live, EpochMetrics metrics) {
            reported.add(metrics);
          }
        };
    try (Workers workers = new Workers(1)) {
      return new Runner(workers).run(run, keep).result();
    }
  }

  @Test
  void theRateOfEachGroupIsKeptWhileItIsTrained() {
    RunRecord run =
        run(
            "sgd(polynomial(initial=0.27, over=27it) per iteration);"
                + " dense_1: frozen until 1ep; dense_2.bias: lr=0.5",
            false);
    Map<String, List<RatePoint>> curves = run.learningRateCurves();
    assertEquals(
        List.of("base/learning_rate", "dense_1/learning_rate", "dense_2.bias/learning_rate"),
        List.copyOf(curves.keySet()));
    for (int i = 0; i < EPOCHS * UPDATES; i++) {
      double base = 0.27 * (1 - i / 27.0);
      RatePoint point = curves.getOrDefault("base/learning_rate", List.of()).get(i);
      assertEquals(i, point.iteration());
      assertEquals(base, point.learningRate(), 1e-15);
      double frozen = curves.getOrDefault("dense_1/learning_rate", List.of()).get(i).learningRate();
      assertEquals(i < UPDATES ? Double.NaN : base, frozen, 1e-15);
      assertEquals(
          0.5, curves.getOrDefault("dense_2.bias/learning_rate", List.of()).get(i).learningRate());
    }
  }

  @Test
  void oneGroupHasOneRate() {
    assertEquals(
        List.of("learning_rate"),
        List.copyOf(run("sgd(0.1)", false).learningRateCurves().keySet()));
  }

  @Test
  void diagnosticsAreWhatEpochsReportBesides() {
    Diagnostics diagnostics =
        run("clip(sgd(0.1), global-norm=0.1); dense_1: frozen until 1ep", true).diagnostics();
    assertEquals(
        List.of("gradient_norm", "update_ratio", "effective_rate", "clip_factor"),
        diagnostics.quantities().stream().map(Diagnostics.Quantity::name).toList());
    assertEquals(List.of("dense_1", "dense_2", "base"), diagnostics.subjects());
    assertEquals(EPOCHS, diagnostics.epochs());
    for (Diagnostics.Quantity quantity : diagnostics.quantities()) {
      for (Diagnostics.Line line : quantity.lines()) {
        String name = line.subject() + "/" + quantity.name();
        assertEquals(reported.stream().map(row -> row.value(name)).toList(), line.values(), name);
        assertTrue(line.values().getLast() > 0, name);
      }
    }
    assertEquals(Double.NaN, diagnostics.value("gradient_norm", "dense_1", 0));
    assertEquals(
        reported.get(1).value("dense_1/gradient_norm"),
        diagnostics.value("gradient_norm", "dense_1", 1));
    assertEquals(Double.NaN, diagnostics.value("gradient_norm", "dense_3", 1));
  }

  @Test
  void aNumberOfTheOnlyGroupIsOfAll() {
    Diagnostics diagnostics = run("clip(sgd(0.1), global-norm=0.1)", true).diagnostics();
    double told = reported.getLast().value("clip_factor");
    assertTrue(0 < told && told < 1, "it clips");
    assertEquals(told, diagnostics.value("clip_factor", Diagnostics.ALL, EPOCHS - 1));
  }

  /** What a rule shows is no measurement: DoG's size is yet to be multiplied by the rate. */
  @Test
  void whatARuleShowsDoesNotHideWhatIsMeasured() {
    Diagnostics diagnostics = run("dog(2); dense_1: lr=0.5", true).diagnostics();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double base = diagnostics.value("step_size", "base", epoch);
      double first = diagnostics.value("step_size", "dense_1", epoch);
      assertEquals(2 * base, diagnostics.value("effective_rate", "base", epoch), 1e-2 * base);
      assertEquals(
          0.5 * first, diagnostics.value("effective_rate", "dense_1", epoch), 1e-2 * first);
    }
  }

  @Test
  void diagnosingChangesNoBit() {
    RunRecord plain = run("adam(0.01)", false);
    RunRecord diagnosed = run("adam(0.01)", true);
    assertTrue(plain.diagnostics().isEmpty());
    assertEquals(plain.weightsSha256(), diagnosed.weightsSha256());
    assertEquals(plain.epochs(), diagnosed.epochs());
  }

  @Test
  void whatIsFarFromTheRuleOfThumbIsSaid() {
    Diagnostics diagnostics =
        new Diagnostics(
            List.of(
                ratios(
                    "update_ratio",
                    Map.of(
                        "fast", List.of(0.001, 0.12, 0.001),
                        "slow", List.of(0.001, 9e-6, 0.001),
                        "usual", List.of(0.5, 0.099, 0.0),
                        "rest", List.of(0.001, 0.0, 0.001)))));
    assertEquals(
        List.of(
            "at epoch 2 the update ratio is far above 0.001 for fast (0.12);"
                + " by a rule of thumb (the notes of CS231n) the rate may be too high",
            "at epoch 2 the update ratio is far below 0.001 for slow (9e-6);"
                + " by a rule of thumb (the notes of CS231n) the rate may be too low"),
        diagnostics.hints());
    assertEquals(
        List.of(),
        new Diagnostics(List.of(ratios("gradient_norm", Map.of("a", List.of(1.0, 1.0, 1.0)))))
            .hints());
    assertEquals(List.of(), Diagnostics.NONE.hints());
  }

  private static Diagnostics.Quantity ratios(String name, Map<String, List<Double>> values) {
    return new Diagnostics.Quantity(
        name,
        values.entrySet().stream()
            .map(entry -> new Diagnostics.Line(entry.getKey(), entry.getValue()))
            .collect(Collectors.toList()));
  }
}
