package dev.anneal.experiments.range;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSet;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.TestRuns;
import dev.anneal.experiments.TrainingData;
import dev.anneal.experiments.range.Ladder.Spacing;
import dev.anneal.nn.Architecture;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.Guard;
import dev.anneal.nn.training.Session;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.nn.training.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTestTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Architecture MODEL =
      Architecture.parse("dense(6), batch-normalization, relu, dropout(0.2), dense(3)", CATALOGUE);
  private static final TrainingData DATA = data();
  private static final int BATCH = 8;
  private static final Ladder SHORT = new Ladder(Spacing.EXPONENTIAL, 1e-4, 1, 50);
  private static final Workers WORKERS = new Workers(2);

  private static TrainingData data() {
    Random random = new Random(7);
    float[][] rows = new float[100][4];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = random.nextInt(3);
      for (int column = 0; column < 4; column++) {
        rows[i][column] = (float) (random.nextGaussian() + (column == labels[i] ? 2 : 0));
      }
    }
    Samples samples = ArraySamples.of(rows, labels, 3);
    return TrainingData.split(
        new DataSet("clouds", samples, Optional.empty(), List.of("a", "b", "c"), ""), 0.2);
  }

  @AfterAll
  static void close() {
    WORKERS.close();
  }

  private static PreparedRun run(String groups) {
    return TestRuns.of(DATA, MODEL, Groups.parse(groups, CATALOGUE), 4, BATCH);
  }

  private static RangeTest test(String groups) {
    return new RangeTest(run(groups), Optimizer.LEARNING_RATE, Optional.empty(), SHORT, 2);
  }

  private static List<List<Double>> losses(RangeResult result) {
    return result.curves().stream()
        .map(curve -> IntStream.range(0, curve.size()).mapToObj(curve::loss).toList())
        .toList();
  }

  /** What goes around another goes around Adam. */
  static Stream<String> optimizers() {
    return CATALOGUE.plugins().stream()
        .filter(plugin -> plugin.kind().equals("optimizer"))
        .map(plugin -> {
          boolean around =
              plugin.parameters().stream().anyMatch(each -> each.type().equals("optimizer"));
          String more =
              switch (plugin.name()) {
                case "accumulate" -> ", steps=3";
                case "clip" -> ", global_norm=0.1";
                default -> "";
              };
          return plugin.name() + (around ? "(adam(0.01)" + more + ")" : "");
        });
  }

  private static byte[] bytes(TrainingState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.toFile(new LinkedHashMap<>()).writeTo(Channels.newChannel(bytes));
    return bytes.toByteArray();
  }

  /** In the midst of an epoch, with groups, one of which thaws during the test. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void leavesNoTrace(String optimizer) throws IOException {
    String groups =
        optimizer + "; dense_1: sgd(0.1, momentum=0.9); dense_2.bias: frozen until 20it";
    PreparedRun run = run(groups);
    Trainer untested = run.training().workers(WORKERS).trainer();
    untested.fit(DATA.training());

    Trainer trainer = run.training().workers(WORKERS).trainer();
    Session session = trainer.session(DATA.training());
    for (int step = 0; step < 13; step++) {
      session.step();
    }
    TrainingState state = session.state();
    byte[] before = bytes(state);
    float[] weights = trainer.weights();
    RangeResult first = test(groups).test(state, WORKERS, TrainingListener.NONE);
    assertArrayEquals(before, bytes(state));
    assertArrayEquals(before, bytes(session.state()));
    assertArrayEquals(weights, trainer.weights());
    assertEquals(losses(first), losses(test(groups).test(state, WORKERS, TrainingListener.NONE)));
    session.run();
    assertArrayEquals(untested.weights(), trainer.weights());
    assertEquals(
        untested.history().last().value("val_loss"), trainer.history().last().value("val_loss"));
  }

  /** It goes on as the session does, until the rates begin to differ. */
  @Test
  void goesOnFromWhereASessionStands() {
    String groups = "sgd(0.0001, momentum=0.9)";
    List<Double> trained = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batch(Live live) {
            trained.add(live.batchLoss());
          }
        };
    Session session =
        run(groups)
            .training()
            .workers(WORKERS)
            .listener(listener)
            .trainer()
            .session(DATA.training());
    for (int step = 0; step < 13; step++) {
      session.step();
    }
    TrainingState state = session.state();
    session.step();
    session.step();
    List<Double> climbed =
        losses(test(groups).test(state, WORKERS, TrainingListener.NONE)).getFirst();
    assertEquals(trained.get(13), climbed.get(0));
    assertEquals(
        trained.get(14), climbed.get(1), "the first rate of the ladder is that of the run");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theThreadsChangeNothing(int threads) {
    RangeTest test = test("adam; dense_1: sgd(0.1)");
    List<List<Double>> expected = losses(test.test(WORKERS, TrainingListener.NONE));
    try (Workers workers = new Workers(threads)) {
      assertEquals(expected, losses(test.test(workers, TrainingListener.NONE)));
    }
    assertNotEquals(expected.get(0), expected.get(1), "seeds differ");
  }

  /** The values that updates are made with, by name. */
  private static Map<String, List<Double>> values(RangeTest test) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    test.test(
        WORKERS,
        new TrainingListener() {
          @Override
          public void batch(Live live) {
            live.hyperparameters()
                .forEach(name ->
                    values
                        .computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(live.hyperparameter(name)));
          }
        });
    return values;
  }

  private static List<Double> ladder(int steps, double ratio) {
    return IntStream.range(0, steps).mapToObj(i -> ratio * SHORT.at(i)).toList();
  }

  private static RangeTest once(String groups, String parameter, Optional<String> group) {
    return new RangeTest(run(groups), parameter, group, SHORT, 1);
  }

  @Test
  void groupsKeepTheRatiosOfTheirGreatestRates() {
    Map<String, List<Double>> values =
        values(
            once(
                "sgd(lr=0.2, momentum=0.5); dense_1: lr=one-cycle(peak=0.1) per iteration;"
                    + " dense_2: lr=1.6",
                "learning_rate",
                Optional.empty()));
    int steps = values.get("base/learning_rate").size();
    assertEquals(ladder(steps, 1), values.get("base/learning_rate"));
    List<Double> cycle = values.get("dense_1/learning_rate");
    for (int i = 0; i < steps; i++) {
      assertEquals(0.5 * SHORT.at(i), cycle.get(i), 1e-3 * SHORT.at(i), "the peak may lie between");
    }
    assertEquals(ladder(steps, 8), values.get("dense_2/learning_rate"));
    assertTrue(values.get("base/momentum").stream().allMatch(momentum -> momentum == 0.5));
  }

  @Test
  void oneGroupMayClimbAlone() {
    Map<String, List<Double>> values =
        values(
            once(
                "sgd(lr=polynomial(initial=0.2) per iteration); dense_1: lr=0.1",
                "learning_rate",
                Optional.of("dense_1")));
    int steps = values.get("dense_1/learning_rate").size();
    assertEquals(ladder(steps, 1), values.get("dense_1/learning_rate"));
    assertEquals(0.2, values.get("base/learning_rate").getFirst());
    assertEquals(0.2 * 49 / 50, values.get("base/learning_rate").get(1), 1e-12);
  }

  /** What is in force is the ladder, whatever the optimizer makes of the rate that it is given. */
  @Test
  void theLegacyDecayDoesNotBendTheLadder() {
    List<Double> rates =
        values(once("sgd(0.1, decay=0.5)", "learning_rate", Optional.empty())).get("learning_rate");
    assertEquals(ladder(rates.size(), 1), rates);
  }

  @Test
  void anotherHyperparameterMayClimb() {
    RangeTest test = once("clip(sgd(0.1, momentum=0.5), norm=1)", "momentum", Optional.empty());
    Map<String, List<Double>> values = values(test);
    assertEquals(ladder(50, 1), values.get("momentum"));
    assertTrue(values.get("learning_rate").stream().allMatch(rate -> rate == 0.1));
    RangeResult result = test.test(WORKERS, TrainingListener.NONE);
    assertEquals(
        "the rules are made for learning rates: look where the curve turns",
        result.consensus().suggestion().reason());
  }

  /** The run has 40 updates, and schedules see the length of the longer one. */
  @Test
  void aRunThatIsShorterThanTheLadderIsTestedAsALongerOne() {
    Ladder ladder = new Ladder(Spacing.LINEAR, 1e-9, 1e-8, 55);
    RangeTest test =
        new RangeTest(run("sgd"), Optimizer.LEARNING_RATE, Optional.empty(), ladder, 1);
    RangeCurve curve = test.test(WORKERS, TrainingListener.NONE).curves().getFirst();
    assertEquals(55, curve.size());
    assertEquals(Optional.of(RangeCurve.End.TOP), curve.end());
  }

  @Test
  void numbersThatAreNotFiniteEndAClimb() {
    Ladder ladder = new Ladder(Spacing.EXPONENTIAL, 1e-3, 1e30, 60);
    RangeTest test =
        new RangeTest(
            run("sgd(1, momentum=0.9)"), Optimizer.LEARNING_RATE, Optional.empty(), ladder, 3);
    for (RangeCurve curve : test.test(WORKERS, TrainingListener.NONE).curves()) {
      assertTrue(curve.size() < 60);
      assertTrue(
          IntStream.range(0, curve.size()).allMatch(i -> Double.isFinite(curve.smoothed(i))));
    }
  }

  @Test
  void aRunThatAGuardHasSentBackIsRefused() {
    PreparedRun run = run("sgd(piecewise-constant([1e30, 0.1], boundaries=[1it]) per iteration)");
    Session session =
        run.training().guard(Guard.BACK_OFF).workers(WORKERS).trainer().session(DATA.training());
    while (session.incidents().isEmpty()) {
      session.step();
    }
    RangeTest test = new RangeTest(run, Optimizer.LEARNING_RATE, Optional.empty(), SHORT, 1);
    TrainingState state = session.state();
    assertThrows(InputException.class, () -> test.test(state, WORKERS, TrainingListener.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd(lr=0.1, momentum=0.9)",
        "clip(adam(0.01), global_norm=1)",
        "sgd(lr=0.1, decay=0.01); dense_1: lr=0.05; dense_2.bias: frozen until 2ep",
        "adam(one-cycle(peak=0.02) per iteration)",
        "adam(scale(cosine(initial=0.1) per iteration, factor=0.5))",
        "dense_1: sgd(cosine(0.1) per epoch); dense_2: adam(0.3); \"batch*\": frozen"
      })
  void whatIsFoundIsTheGreatestRateOverTheRun(String groups) {
    Groups found = test(groups).found(0.0314159);
    assertEquals(found, Groups.parse(found.print(), CATALOGUE), "it has a notation");
    PreparedRun given = run(groups);
    PreparedRun changed = run(found.print());
    double[] before = greatest(given);
    double[] after = greatest(changed);
    assertEquals(0.0314, after[0], 0.0314 * 2e-3);
    for (int i = 0; i < before.length; i++) {
      assertEquals(before[i] / before[0], after[i] / after[0], 1e-2 * before[i] / before[0]);
    }
  }

  private static double[] greatest(PreparedRun run) {
    return run.learningRates().values().stream()
        .flatMapToDouble(schedule -> {
          var cursor = run.planned().cursor();
          return DoubleStream.of(
              IntStream.range(0, (int) run.updates())
                  .mapToDouble(i -> schedule.at(cursor.moveTo(i)))
                  .max()
                  .orElseThrow());
        })
        .toArray();
  }

  @Test
  void oneGroupAloneIsChanged() {
    RangeTest test = once("sgd(0.1); dense_1: lr=0.2", "learning_rate", Optional.of("dense_1"));
    Groups found = test.found(0.7);
    Map<String, Double> rates = new LinkedHashMap<>();
    found
        .schedules(run("sgd").model())
        .forEach((name, schedule) -> rates.put(name, schedule.at(run("sgd").planned().cursor())));
    assertEquals(Map.of("base/learning_rate", 0.1, "dense_1/learning_rate", 0.7), rates);
  }

  private static String refusal(String groups, String parameter, Optional<String> group) {
    return String.valueOf(
        assertThrows(InputException.class, () -> once(groups, parameter, group)).getMessage());
  }

  @Test
  void whatCannotClimbIsNamed() {
    assertEquals(
        "no hyper-parameter is named \"momentun\" (did you mean \"momentum\"?); there are"
            + " learning_rate and momentum: what is 0 and not used has no value to change",
        refusal("sgd(0.1, momentum=0.9)", "momentun", Optional.empty()));
    assertEquals(
        "no group that is trained is named \"dens_1\" (did you mean \"dense_1\"?); there are base"
            + " and dense_1",
        refusal("sgd(0.1); dense_1: lr=1", "learning_rate", Optional.of("dens_1")));
    assertEquals(
        "learning_rate of base is 0 throughout: give it a value to begin with",
        refusal("sgd(0)", "learning_rate", Optional.empty()));
    assertThrows(
        InputException.class,
        () ->
            new RangeTest(
                run("sgd(0.1, momentum=0.9)"),
                "momentum",
                Optional.empty(),
                new Ladder(Spacing.LINEAR, 0.5, 1.5, 50),
                1));
    assertThrows(
        InputException.class,
        () -> new RangeTest(run("sgd"), "learning_rate", Optional.empty(), SHORT, 0));
  }
}
