package dev.anneal.bench.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static final double BOUND = 1.05;
  private static final Rounds NONE = new Rounds(List.of());

  @ParameterizedTest
  @CsvSource({
    "1.051, 1.2, SLOWER",
    "1.05, 1.2, OPEN",
    "0.99, 1.06, OPEN",
    "0.94, 1.01, OPEN",
    "0.5, 2, OPEN",
    "0.96, 1.05, ALIKE",
    "1.01, 1.04, ALIKE",
    "0.9, 0.96, OPEN",
    "0.9, 0.952, FASTER",
  })
  void theWholeIntervalDecides(double low, double high, Verdict verdict) {
    assertEquals(verdict, Verdict.of(new Ratio(Math.sqrt(low * high), low, high), BOUND));
  }

  /** Rows a, b, ... of which the new version takes so many times as long, within some noise. */
  private static Rounds rounds(long seed, double noise, double... longer) {
    var random = new SplittableRandom(seed);
    List<Round> rounds = new ArrayList<>();
    for (int round = 1; round <= 4; round++) {
      List<String> lines = new ArrayList<>();
      for (int row = 0; row < longer.length; row++) {
        for (String version : List.of("old", "new")) {
          double seconds =
              (version.equals("new") ? longer[row] : 1) * Math.exp(noise * random.nextGaussian());
          lines.add(version + "|" + (char) ('a' + row) + "|1|" + seconds + "|s");
        }
      }
      rounds.add(Told.round(round, lines.toArray(String[]::new)));
    }
    return new Rounds(rounds);
  }

  private static List<String> names(List<Comparison> rows) {
    return rows.stream().map(row -> row.row().what()).toList();
  }

  @Test
  void whatIsSlowerBothTimesIsSlower() {
    Judgement judgement =
        new Judgement(rounds(1, 0.01, 1, 1.2, 0.8), rounds(2, 0.01, 1, 1.2, 0.8), BOUND);
    assertEquals(List.of("a", "b", "c"), names(judgement.rows()));
    assertEquals(
        List.of(Verdict.ALIKE, Verdict.SLOWER, Verdict.FASTER),
        judgement.rows().stream().map(judgement::verdict).toList());
    assertEquals(List.of("b"), names(judgement.suspects()));
    assertEquals(List.of("b"), names(judgement.slower()));
  }

  @Test
  void whatIsSlowerOnceIsNot() {
    Judgement judgement = new Judgement(rounds(1, 0.01, 1, 1.2), rounds(2, 0.01, 1, 1), BOUND);
    assertEquals(List.of("b"), names(judgement.retried()));
    assertEquals(List.of(), judgement.slower());
  }

  @Test
  void whatWasNotSuspectedIsNot() {
    Judgement judgement = new Judgement(rounds(1, 0.01, 1, 1), rounds(2, 0.01, 1, 1.2), BOUND);
    assertEquals(List.of(), judgement.slower());
  }

  @Test
  void theWorstThreeAreMeasuredAgain() {
    Judgement judgement = new Judgement(rounds(1, 0.01, 1.1, 1.3, 1.2, 1, 1.4), NONE, BOUND);
    assertEquals(List.of("e", "b", "c"), names(judgement.suspects()));
  }

  /**
   * As many rows as the gate has, of one version with itself. Where values differ by a third, which
   * they do on no quiet machine, each of three suspects errs in a fortieth of all cases.
   */
  @ParameterizedTest
  @CsvSource({"0.01, 0", "0.05, 0", "0.3, 8"})
  void aVersionIsHardlyEverSlowerThanItself(double noise, int mostOfHundred) {
    double[] same = new double[26];
    Arrays.fill(same, 1);
    int wrong = 0;
    for (long seed = 0; seed < 100; seed++) {
      Judgement judgement =
          new Judgement(rounds(seed, noise, same), rounds(seed + 1000, noise, same), BOUND);
      wrong += judgement.slower().isEmpty() ? 0 : 1;
    }
    assertTrue(wrong <= mostOfHundred, wrong + " of 100");
  }

  @Test
  void aRowThatOneVersionLacksIsNotCompared() {
    Judgement judgement =
        new Judgement(
            Told.rounds(3, "old|gone|1|1|s", "old|kept|1|1|s", "new|kept|1|1|s", "new|born|2|1|s"),
            NONE,
            BOUND);
    assertEquals(List.of("kept"), names(judgement.rows()));
    assertEquals(List.of(new Row("gone", 1, "s"), new Row("born", 2, "s")), judgement.alone());
  }

  @Test
  void ofRatesTheSmallerOneIsSlower() {
    Judgement judgement =
        new Judgement(
            Told.rounds(3, "old|step|1|1000|samples/s", "new|step|1|800|samples/s"), NONE, BOUND);
    assertEquals("1.25 (1.25-1.25)", judgement.suspects().getFirst().shown());
  }
}
