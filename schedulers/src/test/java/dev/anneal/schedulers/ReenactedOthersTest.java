package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What was reported to Lightning, Keras, Optax, timm, Transformers and others, done here. */
class ReenactedOthersTest {
  /** The default interval was the epoch: schedules per step took one step an epoch, silently. */
  @Test
  void lightning945_perEpochOrPerIterationMustBeSaid() {
    var error =
        assertThrows(
            InputException.class, () -> RandomSchedules.CATALOGUE.schedule("one-cycle(0.1)"));
    assertTrue(
        String.valueOf(error.getMessage())
            .startsWith("one-cycle has a clock: add \"per epoch\" or \"per iteration\" after it"));
  }

  /** After a resume the rate lagged one epoch behind. */
  @Test
  void lightning4655_noLagAfterAResume() {
    ReadSchedule reading = ReadSchedule.of("step(0.8, factor=0.5, every=1ep) per epoch", 7, 70);
    for (int epoch = 0; epoch < 10; epoch++) {
      assertEquals(0.8 * Math.scalb(1.0, -epoch), reading.from(7L * epoch)[0]);
    }
  }

  /** Resumed runs had their rate shifted by one, reset, or taken from the new start. */
  @Test
  void transformers34053_everyScheduleResumesAtEveryUpdate() {
    String[] schedules = {
      "linear-with-warmup(0.1, warmup=10it) per iteration",
      "cosine-with-warmup(0.1, warmup=10it) per iteration",
      "polynomial-with-warmup(0.1, warmup=10it) per iteration",
      "inverse-sqrt-with-warmup(0.1, warmup=10it) per iteration",
      "wsd(0.1, warmup=10%, cooldown=20%) per iteration",
      "multiplicative(0.1, factor=0.97) per iteration",
      "time-based(0.1, decay=0.01, form=recursive) per iteration",
      "cosine-restarts(0.1, period=7it, period_multiplier=2) per iteration",
    };
    for (String schedule : schedules) {
      ReadSchedule reading = ReadSchedule.of(schedule, 5, 60);
      double[] whole = reading.all();
      for (int k = 0; k < 60; k++) {
        assertArrayEquals(Arrays.copyOfRange(whole, k, 60), reading.from(k), schedule);
      }
    }
  }

  /** ReduceLROnPlateau crashed on a rate that was a schedule. */
  @Test
  void tensorflow36612_aPlateauReducesASchedule() {
    double[] rates =
        ReadSchedule.of("plateau(linear(1, over=10ep) per epoch, factor=0.5, patience=1)", 1, 4)
            .with(1, 1, 1, 1)
            .all();
    assertArrayEquals(new double[] {1, 0.9, 0.5 * 0.8, 0.25 * 0.7}, rates, 1e-16);
  }

  /** A LearningRateScheduler overwrote what ReduceLROnPlateau had reduced, each epoch. */
  @Test
  void keras8829_aPlateauIsNotOverwritten() {
    double[] metrics = {3, 3, 3, 3, 3, 3};
    double[] plateau =
        ReadSchedule.of("plateau(1, factor=0.1, patience=2)", 1, 6).with(metrics).all();
    double[] steps = ReadSchedule.of("step(1, factor=0.5, every=2ep) per epoch", 1, 6).all();
    double[] both =
        ReadSchedule.of(
                "product([plateau(1, factor=0.1, patience=2), step(1, factor=0.5, every=2ep) per"
                    + " epoch])",
                1,
                6)
            .with(metrics)
            .all();
    for (int epoch = 0; epoch < 6; epoch++) {
      assertEquals(plateau[epoch] * steps[epoch], both[epoch]);
    }
    assertTrue(both[5] < both[4] && both[4] < both[1]);
  }

  /** The wait and the best of a plateau were forgotten at a restart. */
  @Test
  void keras9462_aPlateauRemembersAcrossARestart() {
    ReadSchedule reading =
        ReadSchedule.of("plateau(1, factor=0.5, patience=3)", 4, 80)
            .with(5, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
    double[] whole = reading.all();
    for (int k = 0; k < 80; k++) {
      assertArrayEquals(Arrays.copyOfRange(whole, k, 80), reading.from(k));
    }
  }

  /** With a cool-down of 0 a plateau reduced at every epoch. */
  @Test
  void keras3991_aCooldownOfZeroWaitsForThePatience() {
    double[] flat = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double[] rates =
        ReadSchedule.of("plateau(1, factor=0.5, patience=3, cooldown=0)", 1, 10).with(flat).all();
    assertArrayEquals(new double[] {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25}, rates);
  }

  /** Per batch or per epoch? One thread had both answers. */
  @Test
  void keras9938_whatIsReadPerEpochIsConstantInIt() {
    double[] perEpoch = ReadSchedule.of("linear(1, over=4ep) per epoch", 3, 12).all();
    assertArrayEquals(
        new double[] {1, 1, 1, 0.75, 0.75, 0.75, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25}, perEpoch);
    double[] perIteration = ReadSchedule.of("linear(1, over=4ep) per iteration", 3, 12).all();
    for (int t = 0; t < 12; t++) {
      assertEquals((12 - t) / 12.0, perIteration[t], 1e-16);
    }
  }

  /** decay=0.01 counts updates: of 0.1 it leaves 0.0286 after one epoch of 250, not 0.099. */
  @Test
  void kerasDecay_theTrapIsWrittenOut() {
    assertEquals(
        0.0286,
        ReadSchedule.of("time-based(0.1, decay=0.01) per iteration", 250, 5000).at(250),
        0.0001);
    assertEquals(
        0.0990,
        ReadSchedule.of("time-based(0.1, decay=0.01) per epoch", 250, 5000).at(250),
        0.0001);
  }

  /** (epoch, lr) -> lr / (1 + decay epoch) is a recursion; the closed form is another schedule. */
  @Test
  void kerasRecipe_theRecursionIsItsOwnForm() {
    double rate = 0.01;
    ReadSchedule recursive =
        ReadSchedule.of("time-based(0.01, decay=0.01, form=recursive) per epoch", 1, 100);
    for (int epoch = 0; epoch < 100; epoch++) {
      rate = rate / (1 + 0.01 * epoch);
      assertEquals(rate, recursive.at(epoch));
    }
    assertEquals(2.4e-19, recursive.at(99), 0.1e-19);
    assertEquals(
        5.0e-3, ReadSchedule.of("time-based(0.01, decay=0.01) per epoch", 1, 100).at(99), 0.1e-3);
  }

  /** The index of a restart was computed by logarithms, which round. */
  @Test
  void kerasCosineDecayRestarts_restartsAreCounted() {
    for (int multiplier = 2; multiplier <= 7; multiplier++) {
      ReadSchedule reading =
          ReadSchedule.of(
              "cosine-restarts(1, period=10it, period_multiplier="
                  + multiplier
                  + ", height_multiplier=0.5) per iteration",
              1,
              1L << 50);
      long start = 0;
      long length = 10;
      for (int restart = 0; restart < 12; restart++) {
        assertEquals(Math.scalb(1.0, -restart), reading.at(start), multiplier + "/" + restart);
        start += length;
        length *= multiplier;
      }
    }
  }

  /** The same parameter has another name in every framework. */
  @Test
  void optax835_otherNamesOfAParameterAreUnderstood() {
    assertEquals(
        ReadSchedule.of("polynomial(0.1, end=0.01, over=50it) per iteration", 1, 100),
        ReadSchedule.of(
            "polynomial(initial_learning_rate=0.1, end_learning_rate=0.01, decay_steps=50it) per"
                + " iteration",
            1,
            100));
    assertEquals(
        ReadSchedule.of("step(0.1, factor=0.5, every=3ep) per epoch", 1, 100),
        ReadSchedule.of("step(0.1, gamma=0.5, step_size=3ep) per epoch", 1, 100));
  }

  /** What the rate is now had to be dug out of the state of an optimizer. */
  @Test
  void optax206_theRateIsReadFromTheScheduleAlone() {
    assertEquals(
        0.05 * (1 + Math.cos(Math.PI * 0.25)),
        ReadSchedule.of("cosine(0.1) per iteration", 10, 100).at(25),
        1e-16);
  }

  /** The first batch ran at the full rate, as the schedule acted only after it. */
  @Test
  void timm2125_theFirstBatchHasTheFirstRateOfTheWarmUp() {
    assertEquals(
        1e-6,
        ReadSchedule.of(
                "warmup(cosine(0.1) per epoch, over=5ep, from=1e-6, from_is=value) per epoch",
                10,
                100)
            .at(0));
    assertEquals(
        0.1 / 50,
        ReadSchedule.of(
                "warmup(cosine(0.1) per iteration, over=5ep, offset=1) per iteration", 10, 100)
            .at(0));
  }

  /** A schedule that timm is told per epoch came one epoch late. */
  @Test
  void timm909_noScheduleIsLateByAnEpoch() {
    ReadSchedule reading = ReadSchedule.of("linear(1, over=10ep) per epoch", 5, 50);
    for (int epoch = 0; epoch < 10; epoch++) {
      assertEquals(1 - epoch / 10.0, reading.at(5L * epoch), 1e-16);
    }
  }

  /** A warm-up as long as the run divided by the nothing that was left, at the last step. */
  @Test
  void composer1077_aWarmUpMayTakeTheWholeRun() {
    for (String schedule :
        new String[] {
          "linear-with-warmup(0.1, warmup=100%) per iteration",
          "cosine-with-warmup(0.1, warmup=100%) per iteration",
          "polynomial-with-warmup(0.1, warmup=100%) per iteration",
          "wsd(0.1, warmup=100%, cooldown=0%) per iteration",
          "warmup(cosine(0.1) per iteration, over=100%) per iteration",
        }) {
      ReadSchedule reading = ReadSchedule.of(schedule, 1, 20);
      for (int t = 0; t < 20; t++) {
        assertEquals(0.1 * t / 20, reading.at(t), 1e-16, schedule);
      }
      for (int t = 20; t < 25; t++) {
        assertTrue(reading.at(t) >= 0 && reading.at(t) <= 0.1, schedule);
      }
    }
  }

  /** A warm-up of 0 steps, or of 1, divided by zero. */
  @Test
  void deepspeed771_aWarmUpMayHaveNoLengthOrOne() {
    for (String name :
        new String[] {
          "constant-with-warmup",
          "linear-with-warmup",
          "cosine-with-warmup",
          "polynomial-with-warmup",
        }) {
      assertEquals(
          0.1, ReadSchedule.of(name + "(0.1, warmup=0it) per iteration", 1, 9).at(0), name);
      assertEquals(0, ReadSchedule.of(name + "(0.1, warmup=1it) per iteration", 1, 9).at(0), name);
      assertEquals(
          0.1, ReadSchedule.of(name + "(0.1, warmup=1it) per iteration", 1, 9).at(1), name);
    }
    assertEquals(0.1, ReadSchedule.of("warmup(0.1, over=0it) per iteration", 1, 9).at(0));
    assertEquals(0.1, ReadSchedule.of("warmup(0.1, over=1it) per iteration", 1, 9).at(1));
  }

  /** A decay of 0 steps crashed, some only when they came to the last one. */
  @Test
  void fairseq1408_noScheduleFailsAtItsLastStep() {
    for (String length : new String[] {"0it", "1it", "2it", "9it", "10it", "11it"}) {
      for (String schedule :
          new String[] {
            "linear(0.1, over=%s) per iteration",
            "cosine(0.1, over=%s) per iteration",
            "wsd(0.1, warmup=%1$s, cooldown=%1$s) per iteration",
            "wsd(0.1, warmup=0it, cooldown=%s) per iteration",
            "one-cycle(0.1, over=%s) per iteration",
            "warmup(linear(0.1) per iteration, over=%s) per iteration",
            "linear-with-warmup(0.1, warmup=%1$s, over=%1$s) per iteration",
            "inverse-sqrt-with-warmup(0.1, warmup=%s) per iteration",
          }) {
        ReadSchedule reading = ReadSchedule.of(schedule.formatted(length), 1, 10);
        for (int t = 0; t < 15; t++) {
          double rate = reading.at(t);
          assertTrue(rate >= 0 && rate <= 0.1, () -> reading + " " + rate);
        }
      }
    }
  }

  /** The position of NSTEP was kept with the function: two schedules in a process shared it. */
  @Test
  void lrbenchNstep_schedulesOfOneProcessShareNothing() {
    String text = "multi-step(0.1, factor=0.5, at=[3it, 6it]) per iteration";
    ReadSchedule one = ReadSchedule.of(text, 1, 9);
    ReadSchedule other = ReadSchedule.of(text, 1, 9);
    double[] alone = one.all();
    for (int t = 0; t < 9; t++) {
      assertEquals(alone[t], one.at(t));
      assertEquals(alone[8 - t], other.at(8 - t));
    }
  }

  /** The most used warm-up for PyTorch lost count of the plateau behind it. */
  @Test
  void gradualWarmup1_thePlateauBehindAWarmUpCountsItsOwnEpochs() {
    double[] losses = {9, 1, 9, 9, 9, 9, 9, 9, 9, 9};
    double[] rates =
        ReadSchedule.of("warmup(plateau(1, factor=0.5, patience=4), over=2ep) per epoch", 1, 10)
            .with(losses)
            .all();
    assertArrayEquals(new double[] {0, 0.5, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5}, rates);
  }

  /** A preview of schedules could not do those that a metric drives. */
  @Test
  void skorch266_aPlateauIsReadBeforeTraining() {
    assertArrayEquals(
        new double[] {0.3, 0.3, 0.3}, ReadSchedule.of("plateau(0.3, patience=1)", 1, 3).all());
  }
}
