package dev.anneal.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.Mlp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardTest {
  private static final Samples SAMPLES = TestData.clouds(50, 4, 3);
  private static final Mlp MLP = Mlp.parse("4-6-3");

  /** Steps of an epoch. */
  private static final int STEPS = 7;

  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private Training training(Optimizer optimizer) {
    return Training.of(MLP.model(), MLP.loss(), optimizer)
        .batch(8)
        .epochs(4)
        .seed(5)
        .validation(SAMPLES)
        .workers(workers);
  }

  /** A rate that ruins the weights in one step, counted from 0. */
  private static Optimizer ruinedAt(long step) {
    Schedule rate = progress -> progress.iteration() == step ? 1e300 : 0.1;
    return TestData.optimizer("sgd(momentum=0.9)").withLearningRate(rate);
  }

  /** What a run without accidents has after each step. */
  private List<float[]> weightsAfterEachStep() {
    List<float[]> weights = new ArrayList<>();
    Trainer trainer = training(TestData.optimizer("sgd(0.1, momentum=0.9)")).trainer();
    Session session = trainer.session(SAMPLES);
    weights.add(trainer.weights());
    while (session.step()) {
      weights.add(trainer.weights());
    }
    weights.add(trainer.weights());
    return weights;
  }

  @Test
  void theLastFiniteWeightsArePutBackAndMeasured() {
    List<float[]> good = weightsAfterEachStep();
    for (int step : new int[] {0, 3, STEPS - 1, STEPS, 2 * STEPS + 2}) {
      Trainer trainer = training(ruinedAt(step)).trainer();
      Session session = trainer.session(SAMPLES);
      History history = session.run();
      assertEquals(Optional.of(Ending.DIVERGED), session.ending());
      assertArrayEquals(good.get(step), trainer.weights(), "step " + step);
      assertEquals(1, session.incidents().size());
      Incident incident = session.incidents().getFirst();
      assertEquals(step + 1, incident.step());
      assertEquals(step / STEPS + 1, incident.epoch());
      assertEquals("the weights of dense_1.kernel are not finite", incident.what());
      assertEquals((step + STEPS - 1) / STEPS, history.epochs(), "step " + step);
      if (history.epochs() > 0) {
        assertEquals(trainer.evaluate(SAMPLES).loss(), history.last().value("val_loss"));
        assertTrue(Double.isFinite(history.last().value("loss")));
      }
    }
  }

  @Test
  void theBestWeightsArePutBackWhereTheyAreAskedFor() {
    Trainer trainer =
        training(ruinedAt(2 * STEPS)).restoringBest(new Monitor("val_loss", 0)).trainer();
    Session session = trainer.session(SAMPLES);
    History history = session.run();
    assertEquals(trainer.evaluate(SAMPLES).loss(), history.value("val_loss", session.keptEpoch()));
  }

  @Test
  void aStepMayBeLeftOut() {
    Trainer trainer = training(ruinedAt(10)).guard(Guard.SKIP).trainer();
    Session session = trainer.session(SAMPLES);
    session.run();
    assertEquals(Optional.of(Ending.COMPLETED), session.ending());
    assertEquals(4, trainer.history().epochs());
    assertEquals(
        "step 11 (epoch 2): the weights of dense_1.kernel are not finite; the step was left out",
        session.incidents().getFirst().toString());
    assertTrue(trainer.evaluate(SAMPLES).loss() < 1);
  }

  @Test
  void trainingMayGoBackAndOnWithALowerRate() {
    Trainer trainer =
        training(TestData.optimizer("sgd(1e20)")).guard(Guard.BACK_OFF).epochs(40).trainer();
    Session session = trainer.session(SAMPLES);
    session.run();
    assertEquals(9, session.incidents().size(), session.incidents()::toString);
    assertEquals(Guard.BACK_OFF, session.incidents().getFirst().guard());
    assertEquals(Guard.STOP, session.incidents().getLast().guard());
    Trainer sane = training(ruinedAt(3)).guard(Guard.BACK_OFF).trainer();
    Session again = sane.session(SAMPLES);
    again.run();
    assertTrue(again.incidents().size() >= 1);
  }

  /** However often it is taken up: it does not go on with the step after the one that ruined it. */
  @Test
  void whatHasDivergedIsOver() {
    for (int step : new int[] {0, 3, STEPS, STEPS + 2}) {
      Session session = training(ruinedAt(step)).trainer().session(SAMPLES);
      while (session.step()) {}
      Session again = training(ruinedAt(step)).epochs(9).trainer().session(SAMPLES);
      again.restore(session.state());
      assertFalse(again.step());
      assertEquals(Optional.of(Ending.DIVERGED), again.ending());
      assertEquals(session.history().rows(), again.history().rows());
      assertEquals(session.incidents(), again.incidents());
    }
  }

  /** A guard's decisions are part of the state: a run that is resumed decides the same. */
  @Test
  void resumedRunsDecideTheSame() {
    for (Guard guard : Guard.values()) {
      Trainer whole = training(ruinedAt(10)).guard(guard).trainer();
      Session session = whole.session(SAMPLES);
      List<TrainingState> states = new ArrayList<>(List.of(session.state()));
      while (session.step()) {
        states.add(session.state());
      }
      session.finish();
      for (TrainingState state : states) {
        Trainer trainer = training(ruinedAt(10)).guard(guard).trainer();
        Session resumed = trainer.session(SAMPLES);
        resumed.restore(state);
        resumed.run();
        assertArrayEquals(whole.weights(), trainer.weights(), guard.name());
        assertEquals(session.incidents(), resumed.incidents(), guard.name());
        assertEquals(session.ending(), resumed.ending());
      }
    }
  }

  /** Samples of which one is not finite. */
  private record Spoilt(Samples good, int sample) implements Samples {
    @Override
    public int size() {
      return good.size();
    }

    @Override
    public int features() {
      return good.features();
    }

    @Override
    public int classes() {
      return good.classes();
    }

    @Override
    public void copy(int index, float[] to, int at) {
      good.copy(index, to, at);
      if (index == sample) {
        to[at + 1] = Float.NaN;
      }
    }

    @Override
    public int label(int index) {
      return good.label(index);
    }
  }

  @Test
  void dataThatAreNotFiniteAreNamed() {
    Session session =
        training(TestData.optimizer("adam")).trainer().session(new Spoilt(SAMPLES, 17));
    session.run();
    assertEquals("data that are not finite, in sample 17", session.incidents().getFirst().what());
  }

  @Test
  void aLossFarAboveTheFirstIsNoSuccess() {
    Session session =
        training(TestData.optimizer("sgd(30)")).validation(SAMPLES).trainer().session(SAMPLES);
    History history = session.run();
    double last = history.last().value("loss");
    assertEquals(
        last > 1500 ? Optional.of(Ending.DIVERGED) : Optional.of(Ending.COMPLETED),
        session.ending(),
        () -> "a last loss of " + last);
  }
}
