package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What was reported to pytorch/pytorch, under the number of the report, done here. */
class ReenactedPytorchTest {
  private static final String CHAIN =
      "product([sequence([linear(0.1, end=1, over=4it) per iteration, exponential-decay(1,"
          + " rate=0.9, over=1it) per iteration], boundaries=[4it]), step(0.1, factor=0.5,"
          + " every=3it) per iteration])";

  private static double[] sample(int n, IntToDoubleFunction value) {
    double[] values = new double[n];
    Arrays.setAll(values, value);
    return values;
  }

  /** A SequentialLR of one ChainedScheduler ran one step ahead of the chain alone. */
  @Test
  void pytorch196243_nestingInASequenceOfOneChangesNothing() {
    double[] alone = ReadSchedule.of(CHAIN, 5, 30).all();
    String nested = CHAIN;
    for (int layers = 1; layers <= 5; layers++) {
      nested = "sequence([" + nested + "])";
      assertArrayEquals(alone, ReadSchedule.of(nested, 5, 30).all());
    }
  }

  /** With milestones=[0] the first rate was that of the schedule that never runs. */
  @Test
  void pytorch185872_aMilestoneAtZeroStartsWithTheNextSchedule() {
    ReadSchedule reading =
        ReadSchedule.of(
            "sequence([0.5, linear(0.1, end=0, over=10it) per iteration], boundaries=[0it])",
            5,
            20);
    assertEquals(0.1, reading.at(0));
    assertArrayEquals(
        ReadSchedule.of("linear(0.1, over=10it) per iteration", 5, 20).all(), reading.all());
  }

  /** SequentialLR(last_epoch=N) went on with another rate than the run it resumed. */
  @Test
  void pytorch162591_aSequenceResumesAtEveryUpdate() {
    ReadSchedule reading =
        ReadSchedule.of(
            "sequence([linear(0.01, end=0.1, over=5it) per iteration, cosine(0.1, over=10it) per"
                + " iteration, 0.001], boundaries=[5it, 15it])",
            4,
            20);
    double[] whole = reading.all();
    for (int k = 0; k < 20; k++) {
      assertArrayEquals(Arrays.copyOfRange(whole, k, 20), reading.from(k));
    }
  }

  /** At the start the closed form was ignored: the rate came from the optimizer's state. */
  @Test
  void pytorch184517_theFirstRateIsThatOfTheFormula() {
    assertEquals(
        0.1, ReadSchedule.of("multi-step(0.1, factor=0.5, at=[3it]) per iteration", 1, 9).at(0));
    // A milestone at 0 has been passed at the first update.
    assertEquals(
        0.05, ReadSchedule.of("multi-step(0.1, factor=0.5, at=[0it]) per iteration", 1, 9).at(0));
  }

  /** PolynomialLR(total_iters=0) divided 0 by 0 and was NaN from then on. */
  @Test
  void pytorch168044_aDecayOfNoLengthIsAtItsEnd() {
    for (String decay : new String[] {"polynomial", "linear", "cosine", "rex", "tanh"}) {
      String zero = decay.equals("cosine") ? "" : ", end=0.03";
      double[] rates =
          ReadSchedule.of(decay + "(0.1" + zero + ", over=0it) per iteration", 1, 5).all();
      double end = decay.equals("cosine") ? 0 : 0.03;
      assertArrayEquals(sample(5, t -> end), rates, decay);
    }
  }

  /** OneCycleLR divided by zero where a phase had no length, such as pct_start * total = 1. */
  @Test
  void pytorch168044_aOneCycleMayHavePhasesOfNoLength() {
    for (String dialect : new String[] {"torch", "optax", "fastai"}) {
      for (String start : new String[] {"0", "0.1", "0.5", "1"}) {
        for (int total : new int[] {1, 2, 3, 10}) {
          for (double rate :
              ReadSchedule.of(
                      "one-cycle(0.1, pct_start=%s, dialect=%s) per iteration"
                          .formatted(start, dialect),
                      1,
                      total)
                  .all()) {
            assertTrue(rate >= 0 && rate <= 0.1, () -> dialect + " " + start + " " + rate);
          }
        }
      }
    }
  }

  /** A warm-up, then ReduceLROnPlateau, could not be put in a sequence. */
  @Test
  void pytorch68978_warmUpThenPlateau() {
    ReadSchedule reading =
        ReadSchedule.of("warmup(plateau(0.1, patience=2, factor=0.5), over=3ep) per epoch", 2, 20)
            // Bad epochs of the warm-up count for nothing; the best is one of the plateau's own.
            .with(1, 9, 9, 5, 5, 5, 5, 5, 5, 5);
    double[] perEpoch = sample(10, epoch -> reading.at(2L * epoch));
    assertArrayEquals(
        new double[] {0, 0.1 / 3, 0.2 / 3, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025, 0.025},
        perEpoch,
        1e-17);
  }

  /** Composers took plateau nowhere: neither in a sequence nor in a product. */
  @Test
  void pytorch67760_compositionsTakeAPlateau() {
    double[] flat = {1, 1, 1, 1, 1, 1, 1, 1};
    String plateau = "plateau(1, patience=1, factor=0.5)";
    double[] alone = ReadSchedule.of(plateau, 1, 8).with(flat).all();
    assertArrayEquals(new double[] {1, 1, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625}, alone);
    assertArrayEquals(
        alone, ReadSchedule.of("product([1, " + plateau + "])", 1, 8).with(flat).all());
    double[] after =
        ReadSchedule.of("sequence([3, " + plateau + "], boundaries=[4ep])", 1, 8).with(flat).all();
    assertArrayEquals(new double[] {3, 3, 3, 3, 1, 1, 0.5, 0.25}, after);
  }

  /** get_lr() showed a rate one decay too far, as it computed the next from the present one. */
  @Test
  void pytorch22107_askingForTheRateDoesNotMoveIt() {
    ReadSchedule reading =
        ReadSchedule.of("exponential-decay(0.1, rate=0.5, over=1it) per iteration", 1, 9);
    Schedule schedule = reading.schedule();
    Progress third = Progress.at(3, 1, 9);
    for (int i = 0; i < 5; i++) {
      assertEquals(0.1 * 0.125, schedule.at(third));
    }
  }

  /** A scheduler of one's own could not tell the first epoch from the second. */
  @Test
  void pytorch8837_aScheduleKnowsItsEpoch() {
    Schedule own = progress -> progress.epoch();
    for (int t = 0; t < 30; t++) {
      assertEquals(t / 10, own.at(Progress.at(t, 10, 30)));
    }
  }

  /** MultiStepLR was wrong after loading where the optimizer's state was not loaded too. */
  @Test
  void pytorch29697_aMultiStepNeedsNoStateOfAnOptimizer() {
    ReadSchedule reading =
        ReadSchedule.of("multi-step(0.1, factor=0.1, at=[3ep, 6ep]) per epoch", 10, 100);
    assertEquals(0.1, reading.at(29));
    assertEquals(0.01, reading.at(30), 1e-17);
    assertEquals(0.01, reading.at(59), 1e-17);
    assertEquals(0.001, reading.at(60), 1e-18);
  }

  /** Making a CosineAnnealingLR set the optimizer's rate back, and loading did not mend it. */
  @Test
  void pytorch65342_makingAScheduleChangesNoOther() {
    Schedule first = RandomSchedules.CATALOGUE.schedule("cosine(0.1) per iteration");
    double before = first.at(Progress.at(50, 10, 100));
    Schedule second = RandomSchedules.CATALOGUE.schedule("cosine(0.7) per iteration");
    assertEquals(0.7, second.at(Progress.at(0, 10, 100)));
    assertEquals(before, first.at(Progress.at(50, 10, 100)));
  }

  /** The rate jumped where a cosine was resumed with last_epoch. */
  @Test
  void pytorch60265_aCosineResumesWithoutAJump() {
    ReadSchedule reading = ReadSchedule.of("cosine(0.1, floor=0.001) per iteration", 10, 100);
    double[] whole = reading.all();
    for (int k = 1; k < 100; k++) {
      double[] resumed = reading.from(k);
      assertEquals(whole[k], resumed[0]);
      assertTrue(Math.abs(resumed[0] - whole[k - 1]) < 0.1 * Math.PI / 2 / 100);
    }
  }

  /** Whether patience=2 bears two or three bad epochs was documented three times anew. */
  @Test
  void pytorch2545_bothPatiencesAreThere() {
    double[] flat = {1, 1, 1, 1, 1, 1, 1, 1};
    assertArrayEquals(
        new double[] {1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.125},
        ReadSchedule.of("plateau(1, factor=0.5, patience=2, dialect=keras)", 1, 8)
            .with(flat)
            .all());
    assertArrayEquals(
        new double[] {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25},
        ReadSchedule.of("plateau(1, factor=0.5, patience=2, dialect=torch)", 1, 8)
            .with(flat)
            .all());
  }

  /** eta_min was never reached: the last step of a period came before it, the next restarted. */
  @Test
  void pytorch47560_theFloorIsReached() {
    assertEquals(
        0.001, ReadSchedule.of("cosine(0.1, floor=0.001, over=10it) per iteration", 1, 20).at(10));
    ReadSchedule last =
        ReadSchedule.of(
            "cosine-restarts(0.1, floor=0.001, period=10it, cycles=2) per iteration", 1, 30);
    assertEquals(0.1, last.at(10));
    assertEquals(0.001, last.at(20));
    assertEquals(0.001, last.at(29));
  }

  /** Restarts that come more and more often (T_mult below 1) were refused. */
  @Test
  void pytorch95122_periodsMayShrink() {
    ReadSchedule reading =
        ReadSchedule.of(
            "cosine-restarts(0.1, period=16it, period_multiplier=0.5) per iteration", 1, 40);
    long[] starts = {0, 16, 24, 28, 30, 31, 32};
    for (long start : starts) {
      assertEquals(0.1, reading.at(start), "" + start);
    }
    assertTrue(reading.at(15) < 0.002);
    assertTrue(reading.at(23) < 0.005);
  }

  /** step() by whole updates was right, step(1210) fell on the end of the cycle before. */
  @Test
  void pytorchWarmRestarts_eachRestartIsExactWithPeriodsThatTreble() {
    ReadSchedule reading =
        ReadSchedule.of(
            "cosine-restarts(0.1, period=10it, period_multiplier=3) per iteration", 1, 1L << 40);
    long start = 0;
    long length = 10;
    for (int restart = 0; restart < 22; restart++) {
      assertEquals(0.1, reading.at(start), "restart " + restart);
      double before = restart == 0 ? 0 : reading.at(start - 1);
      assertTrue(before < 0.003, "restart " + restart + " " + before);
      start += length;
      length *= 3;
    }
  }

  /** OneCycleLR had two phases where the paper has three. */
  @Test
  void pytorch40362_aOneCycleMayHaveThreePhases() {
    ReadSchedule reading =
        ReadSchedule.of(
            "one-cycle(1, pct_start=0.3, phases=3, curve=linear) per iteration", 1, 100);
    assertEquals(0.04, reading.at(0));
    assertEquals(1, reading.at(29));
    assertEquals(0.04, reading.at(58), 1e-15);
    assertEquals(0.04 / 1e4, reading.at(99), 1e-18);
  }

  /** The one-cycle schedule raised an error, or went below zero, after hours of training. */
  @Test
  void pytorch38170_aOneCycleHoldsAtItsEndAndBeyond() {
    for (String curve : new String[] {"linear", "cosine"}) {
      ReadSchedule reading =
          ReadSchedule.of("one-cycle(0.1, over=150it, curve=" + curve + ") per iteration", 1, 400);
      double end = reading.at(149);
      assertEquals(0.1 / 25 / 1e4, end, 1e-20);
      assertEquals(end, reading.at(150));
      assertEquals(end, reading.at(151));
      assertEquals(end, reading.at(1_000_000));
    }
  }

  /** Stepped once an epoch, a cycle counted in batches never got beyond its first steps. */
  @Test
  void pytorch65417_aCyclePerEpochIsAWholeCycle() {
    double[] rates = ReadSchedule.of("one-cycle(1, pct_start=0.5) per epoch", 50, 50 * 21).all();
    assertEquals(1.0, Arrays.stream(rates).max().orElseThrow(), 0.01);
    assertEquals(0.04, rates[0]);
    assertEquals(0.04 / 1e4, rates[rates.length - 1], 1e-18);
  }

  /** An example in the documentation of OneCycleLR had a rate above its max_lr. */
  @Test
  void pytorch127649_thePeakIsTheHighest() {
    for (int total : new int[] {2, 3, 7, 100}) {
      for (double rate : ReadSchedule.of("one-cycle(0.3) per iteration", 1, total).all()) {
        assertTrue(rate <= 0.3);
      }
    }
  }

  /** initial_lr, left in the optimizer by one schedule, became the base of a CyclicLR. */
  @Test
  void pytorch21965_aCycleStartsAtItsOwnBase() {
    assertEquals(0.9, ReadSchedule.of("cosine(0.9) per iteration", 1, 10).at(0));
    assertEquals(
        0.01, ReadSchedule.of("triangular(0.01, peak=0.1, up=5it) per iteration", 1, 100).at(0));
  }

  /** CyclicLR with base above max, as momentum needs it, has to run downwards first. */
  @Test
  void pytorchCyclic_aBaseAboveThePeakRunsInversely() {
    ReadSchedule momentum =
        ReadSchedule.of("triangular(0.95, peak=0.85, up=5it) per iteration", 1, 100);
    ReadSchedule rate = ReadSchedule.of("triangular(0.1, peak=1, up=5it) per iteration", 1, 100);
    assertEquals(0.95, momentum.at(0));
    assertEquals(0.85, momentum.at(5), 1e-15);
    assertEquals(0.95, momentum.at(10), 1e-15);
    for (int t = 0; t < 30; t++) {
      double risen = (rate.at(t) - 0.1) / 0.9;
      assertEquals(0.95 - 0.1 * risen, momentum.at(t), 1e-14);
    }
  }

  /** ConstantLR(factor=0) divided by its factor when it was over. */
  @Test
  void pytorchConstantLr_aFactorOfZeroEnds() {
    ReadSchedule reading =
        ReadSchedule.of("product([0.1, sequence([0, 1], boundaries=[5it])])", 1, 10);
    assertArrayEquals(sample(10, t -> t < 5 ? 0 : 0.1), reading.all());
  }

  /** CosineAnnealingLR rises again after T_max, which most take for its end. */
  @Test
  void pytorchCosine_itRisesOnlyWhereThatIsAskedFor() {
    ReadSchedule hold = ReadSchedule.of("cosine(0.1, over=10it) per iteration", 1, 30);
    ReadSchedule rise = ReadSchedule.of("cosine(0.1, over=10it, after=rise) per iteration", 1, 30);
    for (int t = 0; t < 30; t++) {
      double formula = 0.05 * (1 + Math.cos(Math.PI * t / 10));
      assertEquals(formula, rise.at(t), 1e-16);
      assertEquals(t <= 10 ? formula : 0, hold.at(t), 1e-16);
    }
  }

  /** ReduceLROnPlateau took NaN for a bad epoch in one place and compared with it in another. */
  @Test
  void pytorchPlateau_notANumberIsNeverTheBest() {
    double nan = Double.NaN;
    for (String dialect : new String[] {"torch", "keras"}) {
      double[] rates =
          ReadSchedule.of("plateau(1, factor=0.5, patience=2, dialect=" + dialect + ")", 1, 9)
              .with(nan, 5, nan, 4, nan, 3, nan, 2, nan)
              .all();
      assertArrayEquals(sample(9, t -> 1), rates, dialect);
    }
  }
}
