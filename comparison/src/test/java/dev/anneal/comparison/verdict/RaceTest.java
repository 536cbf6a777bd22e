package dev.anneal.comparison.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaceTest {
  private static double[][] drawn(long seed, double... means) {
    var random = new SplittableRandom(seed);
    double[][] values = new double[means.length][8];
    for (int s = 0; s < 8; s++) {
      for (int i = 0; i < means.length; i++) {
        values[i][s] = means[i] + random.nextGaussian();
      }
    }
    return values;
  }

  /** With two contenders it is the paired t test. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void ofTwoOneIsOutWhereThePairedTestSaysSo(long seed) {
    double[][] values = drawn(seed, 0, 1);
    double p =
        TTest.withDefaults()
            .with(AlternativeHypothesis.TWO_SIDED)
            .pairedTest(values[1], values[0])
            .getPValue();
    for (double level : new double[] {p * 0.999, p * 1.001}) {
      Race race = new Race(2, 0, 0);
      race.look(values, 8, level, 0);
      assertEquals(p < level, race.members().size() == 1, "seed " + seed);
    }
  }

  /** The variance of folds of the same samples is larger (Nadeau and Bengio). */
  @Test
  void foldsThatOverlapCountForLess() {
    double[][] values = drawn(1, 0, 1.2);
    double[] differences = new double[8];
    Arrays.setAll(differences, s -> values[1][s] - values[0][s]);
    double mean = DoubleStream.of(differences).average().orElseThrow();
    double variance =
        DoubleStream.of(differences).map(each -> (each - mean) * (each - mean)).sum() / 7;
    Lead lead = new Race(2, 0, 0.25).lead(values, 8, 0.05, 0, 1);
    double reach = 2.364624252; // the 97.5 % point of t with 7 degrees of freedom
    assertEquals(mean - reach * Math.sqrt(variance * (1.0 / 8 + 0.25)), lead.low(), 1e-8);
    assertEquals(mean, lead.mean(), 1e-12);
  }

  @Test
  void theLeadLeavesOutZeroWhereOneIsOut() {
    double[][] values = drawn(3, 0, 4, 5);
    Race race = new Race(3, 0, 0);
    assertEquals(Standing.BEST, race.look(values, 8, 0.05, 0));
    Lead lead = race.lead(values, 8, 0.05, 0, 1);
    assertTrue(lead.low() > 0, lead::toString);
    assertEquals(8, lead.ahead());
  }

  @Test
  void theSameNumbersAreIdentical() {
    double[][] values = {{1, 2, 3}, {1, 2, 3}};
    assertEquals(Standing.IDENTICAL, new Race(2, 0, 0).look(values, 3, 0.05, 0.1));
    double[][] third = {{1, 2, 3}, {9, 9.1, 9.2}, {1, 2, 3}};
    Race race = new Race(3, 0, 0);
    assertEquals(Standing.IDENTICAL, race.look(third, 3, 0.05, 0.1));
    assertEquals(List.of(0, 2), race.members());
  }

  @Test
  void aNumberThatIsNoneChangesNothingBetweenTheOthers() {
    double[][] values = {{1, 1.1, 1.2}, {Double.NaN, 5, 5}, {9, 9.2, 9.1}};
    Race race = new Race(3, 0, 0);
    race.look(values, 3, 0.05, 0);
    assertEquals(List.of(0, 1), race.members());
  }

  @Test
  void oneSeedTellsNothing() {
    Race race = new Race(2, 0, 0);
    assertEquals(Standing.OPEN, race.look(new double[][] {{0}, {100}}, 1, 0.05, 0));
    assertEquals(List.of(0, 1), race.members());
  }

  @Test
  void theOrderOfContendersAndOfSeedsDoesNotMatter() {
    for (int seed = 0; seed < 50; seed++) {
      double[][] values = drawn(seed, 0, 1, 2);
      double[][] turned = {values[2], values[0], values[1]};
      double[][] other = new double[3][];
      for (int i = 0; i < 3; i++) {
        double[] row = turned[i];
        other[i] = new double[8];
        Arrays.setAll(other[i], s -> row[7 - s]);
      }
      Race one = new Race(3, 0, 0);
      Race two = new Race(3, 0, 0);
      assertEquals(one.look(values, 8, 0.05, 0.3), two.look(other, 8, 0.05, 0.3));
      assertEquals(one.members(), two.members().stream().map(i -> (i + 2) % 3).sorted().toList());
    }
  }

  /** Figures of Cohen's tables of power, for a one-sided test at 2.5 %. */
  @ParameterizedTest
  @CsvSource({"0.5, 34", "1, 10", "2, 5"})
  void aSmallerGapTakesMoreSeeds(double gap, int seeds) {
    assertEquals(seeds, SeedsNeeded.seeds(gap, 0.025), 1);
  }

  @Test
  void theDeviationOfFewSeedsIsPoorlyKnown() {
    SeedsNeeded needed = SeedsNeeded.of(1, 1, 4, 0.025);
    assertTrue(needed.few() < needed.likely() && needed.likely() < needed.many(), needed::toString);
    assertEquals(SeedsNeeded.MOST, SeedsNeeded.of(0, 1, 4, 0.025).likely());
  }

  /** The figures of Clopper and Pearson that tables print. */
  @ParameterizedTest
  @CsvSource({"1, 5, 0.0051, 0.7164", "0, 5, 0, 0.5218", "0, 20, 0, 0.1684", "5, 5, 0.4782, 1"})
  void aShareOfFewIsPoorlyKnown(int count, int of, double low, double high) {
    Proportion share = Proportion.of(count, of);
    assertEquals(low, share.low(), 5e-5);
    assertEquals(high, share.high(), 5e-5);
  }

  @Test
  void theLooksSpendFivePercentInAll() {
    for (int most : new int[] {1, 2, 3, 4, 5, 8, 9, 12, 20, 21, 100}) {
      Rounds rounds = Rounds.upTo(most);
      double spent = 0;
      for (int i = 0; i < rounds.ends().size(); i++) {
        assertTrue(rounds.level(i) > 0);
        spent += rounds.level(i);
      }
      assertEquals(Rounds.ERROR, spent, 1e-15);
      assertEquals(most, rounds.most());
    }
    assertEquals(List.of(3, 5, 8), Rounds.upTo(8).ends());
    assertThrows(InputException.class, () -> new Rounds(List.of(3, 3)));
  }
}
