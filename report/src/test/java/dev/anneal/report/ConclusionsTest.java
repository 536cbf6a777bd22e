package dev.anneal.report;

import static dev.anneal.report.SampleRuns.comparison;
import static dev.anneal.report.SampleRuns.row;
import static dev.anneal.report.SampleRuns.run;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.comparison.Comparison;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.report.Conclusion.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ConclusionsTest {
  private static final double NAN = Double.NaN;

  @Test
  void namesTheLowestValidationLossAndHowFarTheNextIs() {
    Conclusion finding =
        found(
            comparison(1, run("b", row(1, 0.1, 0.412, 0.8)), run("a", row(1, 0.2, 0.377, 0.9))),
            Kind.LOWEST_LOSS);
    assertEquals(List.of("a"), finding.runs());
    assertEquals(
        "“a” ends with the lowest validation loss: 0.3770, 0.035 (8.5\u00a0%) below the next, “b”.",
        finding.sentence());
  }

  @Test
  void namesAllThatShareTheLowestLoss() {
    assertEquals(
        "“a” and “b” end with the same lowest validation loss, 0.5000.",
        found(
                comparison(1, run("a", row(1, 0.1, 0.5, 0.8)), run("b", row(1, 0.2, 0.5, 0.8))),
                Kind.LOWEST_LOSS)
            .sentence());
  }

  @Test
  void saysThatTrainingLossIsLittleWhereNothingWasValidated() {
    Map<Kind, Conclusion> found =
        found(comparison(1, run("a", row(1, 0.1, NAN, NAN)), run("b", row(1, 0.2, NAN, NAN))));
    assertEquals(
        "“a” ends with the lowest training loss: 0.1000, 0.10 (50\u00a0%) below the next, “b”;"
            + " nothing was validated, so this says little about new data.",
        found.get(Kind.LOWEST_LOSS).sentence());
    assertFalse(found.containsKey(Kind.HIGHEST_ACCURACY));
    assertFalse(found.containsKey(Kind.DIVERGED));
    assertFalse(found.containsKey(Kind.INDISTINGUISHABLE));
  }

  @Test
  void tellsTheHighestFinalAccuracyFromTheHighestOfAnyEpoch() {
    Conclusion finding =
        found(
            comparison(
                2,
                run("a", row(1, 0.3, 0.5, 0.80), row(2, 0.2, 0.4, 0.88)),
                run("b", row(1, 0.3, 0.3, 0.89), row(2, 0.2, 0.3, 0.87))),
            Kind.HIGHEST_ACCURACY);
    assertEquals(
        "“a” ends with the highest validation accuracy, 88.00\u00a0%; the highest in any epoch was"
            + " 89.00\u00a0%, by “b” in epoch 1.",
        finding.sentence());
  }

  @Test
  void callsItOverfittingOnlyWhereTheTrainingLossFell() {
    Map<Kind, Conclusion> found =
        found(
            comparison(
                3,
                run("over", row(1, 0.5, 0.5, 0.8), row(2, 0.3, 0.4, 0.8), row(3, 0.1, 0.84, 0.8)),
                run("worse", row(1, 0.9, 0.5, 0.8), row(2, 0.3, 0.4, 0.8), row(3, 0.5, 0.6, 0.8)),
                run(
                    "noisy",
                    row(1, 0.5, 0.5, 0.8),
                    row(2, 0.3, 0.4, 0.8),
                    row(3, 0.2, 0.43, 0.8))));
    assertEquals(
        "Overfitting: while the training loss fell, the validation loss ended above its minimum"
            + " in “over” (2.1 times the 0.4000 of epoch 2).",
        found.get(Kind.OVERFIT).sentence());
    assertEquals(List.of("worse"), found.get(Kind.WORSENED).runs());
  }

  @Test
  void saysWhenARunDiverged() {
    assertEquals(
        "Diverged to a loss that is not finite: “too fast” in epoch 8.",
        found(SampleRuns.diverged(), Kind.DIVERGED).sentence());
    Map<Kind, Conclusion> all = found(comparison(1, run("a", row(1, NAN, NAN, NAN))));
    assertEquals("No run ended with a finite loss.", all.get(Kind.LOWEST_LOSS).sentence());
    assertEquals(List.of("a"), all.get(Kind.DIVERGED).runs());
  }

  @Test
  void aRunThatDivergedOnlyInValidationDiverged() {
    Comparison comparison = comparison(2, run("a", row(1, 0.3, 0.4, 0.8), row(2, 0.2, NAN, 0.1)));
    assertEquals(List.of("a"), found(comparison, Kind.DIVERGED).runs());
  }

  @Test
  void saysWhichRunsDidNotLearn() {
    assertEquals(
        "Not learning: the training loss ends no lower than after the first epoch in “stuck”"
            + " (2.303).",
        found(
                comparison(2, run("stuck", row(1, 2.3026, 2.3, 0.1), row(2, 2.3026, 2.3, 0.1))),
                Kind.NOT_LEARNED)
            .sentence());
  }

  @Test
  void saysWhichRunsEndedEarly() {
    assertEquals(
        "Ended before epoch 3, and compared as they ended: “short” after 1 epoch and “none” after"
            + " 0 epochs.",
        found(comparison(3, run("short", row(1, 0.3, 0.4, 0.8)), run("none")), Kind.ENDED_EARLY)
            .sentence());
  }

  @Test
  void flagsIdenticalCurvesEvenUnderOtherRates() {
    EpochRecord row = new EpochRecord(1, 0.3, 0.8, 0.4, 0.8, 0.1);
    EpochRecord sameUnderAnotherRate = new EpochRecord(1, 0.3, 0.8, 0.4, 0.8, 0.2);
    Conclusion finding =
        found(
            comparison(
                1,
                run("a", row),
                run("other", row(1, 0.3, 0.41, 0.8)),
                run("b", sameUnderAnotherRate)),
            Kind.IDENTICAL);
    assertEquals(List.of("a", "b"), finding.runs());
    assertTrue(finding.sentence().startsWith("“a” and “b” have identical curves"));
  }

  @Test
  void saysWhichAccuraciesTheValidationSamplesCannotTellApart() {
    // At 88 % and 4,000 samples the 95 % margin of a difference is 1.42 percentage points.
    Comparison comparison =
        comparison(
            1,
            run("a", row(1, 0.3, 0.1, 0.880)),
            run("near", row(1, 0.3, 0.2, 0.867)),
            run("far", row(1, 0.3, 0.3, 0.864)));
    Conclusion finding = found(comparison, Kind.INDISTINGUISHABLE);
    assertEquals(List.of("a", "near"), finding.runs());
    assertTrue(finding.sentence().contains("4,000 validation samples cannot tell"));
    assertTrue(finding.sentence().contains("about 1.5 percentage points"), finding.sentence());
  }

  @Test
  void saysThatOneSeedIsOneDraw() {
    assertTrue(found(SampleRuns.six(), Kind.ONE_SEED).sentence().contains("share one seed (42)"));
    assertTrue(
        found(SampleRuns.one(), Kind.ONE_SEED).sentence().contains("One seed (42) is one draw"));
  }

  @Test
  void aComparisonWithoutRunsHasOneSentence() {
    assertEquals(1, Conclusion.of(comparison(1)).size());
  }

  @Test
  void aSentenceNamesFourRunsAtMost() {
    EpochRecord row = row(1, 0.3, 0.4, 0.8);
    assertTrue(
        found(
                comparison(
                    1,
                    run("a", row),
                    run("b", row),
                    run("c", row),
                    run("d", row),
                    run("e", row),
                    run("f", row)),
                Kind.IDENTICAL)
            .sentence()
            .startsWith("“a”, “b”, “c”, “d” and 2 others have"));
  }

  private static Conclusion found(Comparison comparison, Kind kind) {
    return found(comparison).get(kind);
  }

  private static Map<Kind, Conclusion> found(Comparison comparison) {
    return Conclusion.of(comparison).stream().collect(toMap(Conclusion::kind, Function.identity()));
  }
}
