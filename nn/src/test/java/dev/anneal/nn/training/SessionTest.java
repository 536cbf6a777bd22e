package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.minimize.Lbfgs;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  private static final Samples SAMPLES = TestData.clouds(50, 4, 3);
  private static final Samples HELD = TestData.clouds(30, 4, 3);
  private static final Mlp MLP = Mlp.parse("4-6-3");

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static Model model() {
    return Sequential.of(
        4,
        new Dense(6),
        new BatchNormalization(),
        Activation.RELU,
        new Dropout(0.2),
        new Dense(3),
        Activation.SOFTMAX);
  }

  private Training grouped(String groups) {
    return Training.ofGroups(model(), CrossEntropy.SPARSE_CATEGORICAL, TestData.groups(groups))
        .batch(8)
        .epochs(3)
        .seed(5)
        .validation(HELD)
        .workers(workers);
  }

  /** All that a run leaves, but for the time that it took. */
  private record Result(List<Float> weights, List<Map<Metric, Double>> metrics, int kept) {
    static Result of(Trainer trainer, Session session) {
      List<Float> weights = new ArrayList<>();
      for (float weight : trainer.weights()) {
        weights.add(weight);
      }
      return new Result(
          weights,
          trainer.history().rows().stream().map(Result::timeless).toList(),
          session.keptEpoch());
    }

    private static Map<Metric, Double> timeless(EpochMetrics row) {
      Map<Metric, Double> values = new LinkedHashMap<>(row.values());
      values.remove(Metric.SAMPLES_PER_SECOND);
      return values;
    }
  }

  /** At every step of a run: what stops there and goes on elsewhere ends with the same bits. */
  private static void resumesAnywhere(Supplier<Training> training, Samples samples) {
    Trainer whole = training.get().trainer();
    Session session = whole.session(samples);
    List<TrainingState> states = new ArrayList<>(List.of(session.state()));
    while (session.step()) {
      states.add(session.state());
    }
    states.add(session.state());
    session.finish();
    Result expected = Result.of(whole, session);
    for (TrainingState state : states) {
      Trainer trainer = training.get().trainer();
      Session resumed = trainer.session(samples);
      resumed.restore(state);
      resumed.run();
      assertEquals(expected, Result.of(trainer, resumed));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam(cosine(initial=0.01) per iteration)",
        "ema(sgd(0.1, momentum=0.9))",
        "sgd(plateau(0.5, patience=1, factor=0.5))",
        "adam(0.01); dense_1: frozen until 10it; \"batch_*\": lr=0.1",
        "sam(sgd(0.1)); dense_2: shampoo(0.1)",
        "accumulate(novograd(0.01), steps=3)"
      })
  void aRunGoesOnFromAnyStep(String groups) {
    Monitor monitor = new Monitor("val_loss", 0);
    resumesAnywhere(() -> grouped(groups).restoringBest(monitor).diagnosed(), SAMPLES);
  }

  @Test
  void soDoNetworksThatAreTrainedInTurn() {
    Supplier<Training> training =
        () ->
            Training.inTurn(
                    new Objective(
                        "one",
                        MLP.model(),
                        MLP.loss(),
                        TestData.groups("sgd(0.1); dense_2: frozen"),
                        1),
                    new Objective(
                        "two",
                        MLP.model(),
                        MLP.loss(),
                        TestData.groups("adam(0.01); dense_1: frozen"),
                        3))
                .batch(8)
                .epochs(2)
                .validation(HELD)
                .restoringBest(new Monitor("two/val_loss", 0))
                .workers(workers);
    resumesAnywhere(training, SAMPLES);
  }

  @Test
  void soDoMinimizers() {
    Supplier<Training> training =
        () ->
            Training.minimizing(MLP.model(), MLP.loss(), new Lbfgs().withMost(3, 4))
                .epochs(6)
                .validation(HELD)
                .workers(workers);
    resumesAnywhere(training, SAMPLES);
  }

  @Test
  void aMinimizerEndsWhereItHasArrived() {
    Trainer trainer =
        Training.minimizing(
                MLP.model(), MLP.loss(), new Lbfgs().withStrongWolfe(true).withTolerances(0.05, 0))
            .epochs(200)
            .workers(workers)
            .trainer();
    Session session = trainer.session(SAMPLES);
    History history = session.run();
    assertEquals(Optional.of(Ending.CONVERGED), session.ending());
    assertTrue(history.epochs() < 200);
    assertTrue(trainer.evaluate(SAMPLES).loss() < history.value("loss", 0));
  }

  /** More epochs are another run as far as schedules look at its length, and the same where not. */
  @Test
  void aFinishedRunGoesOnForMoreEpochs() {
    Trainer longer = grouped("adam(0.01)").epochs(5).trainer();
    longer.fit(SAMPLES);
    Trainer first = grouped("adam(0.01)").trainer();
    Session session = first.session(SAMPLES);
    while (session.step()) {}
    Trainer second = grouped("adam(0.01)").epochs(5).trainer();
    Session resumed = second.session(SAMPLES);
    resumed.restore(session.state());
    resumed.run();
    assertArrayEquals(longer.weights(), second.weights());
    assertEquals(5, second.history().epochs());
  }

  /** In the midst of an epoch, at its last step, and at that of the run. */
  @ParameterizedTest
  @ValueSource(ints = {10, 14, 21})
  void whoLooksOnMayTakeTheStateAndStop(int iterations) {
    AtomicReference<TrainingState> taken = new AtomicReference<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void batch(Live live) {
            if (live.iterations() == iterations) {
              assertEquals((iterations + 6) / 7, live.epoch());
              taken.set(live.state());
              live.stop();
            }
          }
        };
    Supplier<Training> training = () -> grouped("adam(cosine(0.01) per iteration)").diagnosed();
    Session session = training.get().listener(listener).trainer().session(SAMPLES);
    session.run();
    assertEquals(
        Optional.of(iterations < 21 ? Ending.STOPPED : Ending.COMPLETED), session.ending());
    assertEquals(iterations / 7, session.epoch());
    assertEquals(iterations % 7, session.stepOfEpoch());
    Trainer whole = training.get().trainer();
    Session expected = whole.session(SAMPLES);
    expected.run();
    Trainer other = training.get().trainer();
    Session resumed = other.session(SAMPLES);
    resumed.restore(taken.get());
    resumed.run();
    assertEquals(Result.of(whole, expected), Result.of(other, resumed));
  }

  @Test
  void aStateSaysWhereItStands() {
    Session session = grouped("sgd(0.1)").trainer().session(SAMPLES);
    for (int step = 0; step < 10; step++) {
      assertEquals(step / 7, session.state().epoch());
      assertEquals(step % 7, session.state().stepOfEpoch());
      session.step();
    }
  }

  @Test
  void theStateOfAnotherRunIsRefused() {
    TrainingState state = grouped("adam(0.01)").trainer().session(SAMPLES).state();
    Session other =
        Training.of(MLP.model(), MLP.loss(), TestData.optimizer("sgd"))
            .workers(workers)
            .trainer()
            .session(SAMPLES);
    String message = assertThrows(InputException.class, () -> other.restore(state)).getMessage();
    assertTrue(message.contains("another run"), message);
  }

  @Test
  void aSessionEndsOnce() {
    Session session = grouped("adam(0.01)").trainer().session(SAMPLES);
    TrainingState start = session.state();
    session.run();
    assertFalse(session.step());
    assertThrows(IllegalStateException.class, session::state);
    assertThrows(IllegalStateException.class, () -> session.restore(start));
  }
}
