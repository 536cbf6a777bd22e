package dev.anneal.comparison.verdict;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a race is wrong, and how often it finds what there is, in simulated comparisons. */
class CalibrationTest {
  private static final int RACES = 2000;

  /** 5 % and 3.3 standard errors of 2,000 races. */
  private static final double MOST_LOST = 0.066;

  /** The rows of a validation set of which accuracies are whole numbers. */
  private static final int ROWS = 200;

  /** Differences of two contenders have a standard deviation of about 1. */
  private static final double HALF = Math.sqrt(0.5);

  /** What one number of a contender looks like; contender 0 is the best. */
  private enum Noise {
    NORMAL {
      @Override
      double draw(RandomGenerator random, int contender) {
        return HALF * random.nextGaussian();
      }
    },
    HEAVY_TAILED {
      @Override
      double draw(RandomGenerator random, int contender) {
        double square = 0;
        for (int i = 0; i < 3; i++) {
          double each = random.nextGaussian();
          square += each * each;
        }
        return HALF * random.nextGaussian() / Math.sqrt(square / 3);
      }
    },
    ANOTHER_IS_WILD {
      @Override
      double draw(RandomGenerator random, int contender) {
        return (contender == 1 ? 5 : 1) * HALF * random.nextGaussian();
      }
    },
    THE_BEST_IS_WILD {
      @Override
      double draw(RandomGenerator random, int contender) {
        return (contender == 0 ? 3 : 1) * HALF * random.nextGaussian();
      }
    },
    THE_BEST_IS_NARROW {
      @Override
      double draw(RandomGenerator random, int contender) {
        return (contender == 0 ? 0.1 : 1) * HALF * random.nextGaussian();
      }
    },
    /** Accuracies, which are whole rows: many are equal. */
    TIES_IN_ROWS {
      @Override
      double draw(RandomGenerator random, int contender) {
        return Math.rint(HALF * random.nextGaussian()) / ROWS;
      }

      @Override
      double least() {
        return 1.0 / ROWS / ROWS / 6;
      }
    };

    abstract double draw(RandomGenerator random, int contender);

    double least() {
      return 0;
    }
  }

  /** How a race ended, and after how many seeds. */
  private record End(Race race, Standing standing, int seeds) {}

  private static End race(
      Noise noise, int contenders, double gap, double alike, RandomGenerator random) {
    Rounds rounds = Rounds.upTo(20);
    double[][] values = new double[contenders][rounds.most()];
    for (int i = 0; i < contenders; i++) {
      for (int s = 0; s < rounds.most(); s++) {
        values[i][s] = (i == 0 ? 0 : gap) + noise.draw(random, i);
      }
    }
    Race race = new Race(contenders, noise.least(), 0);
    Standing standing = Standing.OPEN;
    int seeds = 0;
    for (int i = 0; i < rounds.ends().size() && standing == Standing.OPEN; i++) {
      seeds = rounds.ends().get(i);
      standing = race.look(values, seeds, rounds.level(i), alike);
    }
    return new End(race, standing, seeds);
  }

  private static List<End> races(Noise noise, int contenders, double gap, double alike) {
    var random = new SplittableRandom(31L * noise.ordinal() + contenders);
    return IntStream.range(0, RACES)
        .mapToObj(_ -> race(noise, contenders, gap, alike, random.split()))
        .toList();
  }

  private static double share(List<End> ends, java.util.function.Predicate<End> what) {
    return ends.stream().filter(what).count() / (double) ends.size();
  }

  @ParameterizedTest
  @EnumSource
  void theBestOfEqualOnesIsSeldomLost(Noise noise) {
    for (int contenders : new int[] {2, 3, 6}) {
      double lost = share(races(noise, contenders, 0, 0), end -> !end.race().members().contains(0));
      assertTrue(lost <= MOST_LOST, "%s, %d contenders: %s".formatted(noise, contenders, lost));
    }
  }

  /** Whichever it is. */
  @ParameterizedTest
  @EnumSource
  void ofEqualOnesAWinnerIsSeldomNamed(Noise noise) {
    for (int contenders : new int[] {2, 3, 6}) {
      double named = share(races(noise, contenders, 0, 0), end -> end.race().members().size() == 1);
      assertTrue(named <= MOST_LOST, "%s, %d contenders: %s".formatted(noise, contenders, named));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NORMAL, 2, 2, 0.99",
    "NORMAL, 6, 2, 0.97",
    "NORMAL, 2, 1, 0.95",
    "NORMAL, 6, 1, 0.68"
  })
  void aClearlyBestOneIsFound(Noise noise, int contenders, double gap, double least) {
    double found =
        share(
            races(noise, contenders, gap, 0),
            end -> end.standing() == Standing.BEST && end.race().members().equals(List.of(0)));
    assertTrue(found >= least, () -> "found in " + found);
  }

  @Test
  void contendersThatDifferByWhatCountsAreSeldomCalledAlike() {
    double wrong = share(races(Noise.NORMAL, 2, 1, 1), end -> end.standing() == Standing.ALIKE);
    assertTrue(wrong <= 0.035, () -> "called alike in " + wrong);
    double right = share(races(Noise.NORMAL, 2, 0, 1.4), end -> end.standing() == Standing.ALIKE);
    assertTrue(right >= 0.9, () -> "called alike in " + right);
  }

  /** Equal on all data, right on different rows: seeds alone see a difference in one of five. */
  @Test
  void onNewRowsRowsCountToo() {
    var random = new SplittableRandom(7);
    int wrong = 0;
    int bySeedsAlone = 0;
    int tries = 1000;
    for (int each = 0; each < tries; each++) {
      double[][] differences = new double[8][150];
      double[] rows = new double[150];
      for (int r = 0; r < rows.length; r++) {
        rows[r] = random.nextGaussian();
      }
      double[][] means = new double[2][8];
      for (int s = 0; s < 8; s++) {
        double seed = 0.1 * random.nextGaussian();
        for (int r = 0; r < rows.length; r++) {
          differences[s][r] = rows[r] + seed + random.nextGaussian();
          means[1][s] += differences[s][r] / rows.length;
        }
      }
      NewRows all = NewRows.of(differences);
      wrong += all.low() > 0 || all.high() < 0 ? 1 : 0;
      Race race = new Race(2, 0, 0);
      bySeedsAlone += race.look(means, 8, Rounds.ERROR, 0) == Standing.BEST ? 1 : 0;
    }
    assertTrue(wrong <= 0.066 * tries, "wrong in " + wrong);
    assertTrue(bySeedsAlone > 0.15 * tries, "by seeds alone in " + bySeedsAlone);
  }
}
