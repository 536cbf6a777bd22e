package dev.anneal.api.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RecurrenceProperties {
  /**
   * A recurrence whose state depends on every tick, on the order of them and on the run's shape.
   */
  private static final class Mixing implements Recurrence {
    final int seed;
    final int size;
    long begun;
    long ticks;

    Mixing(int seed, int size) {
      this.seed = seed;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void begin(double[] state) {
      begun++;
      for (int i = 0; i < size; i++) {
        state[i] = seed + i;
      }
    }

    @Override
    public void next(double[] state, long tick, Progress run) {
      ticks++;
      for (int i = 0; i < size; i++) {
        state[i] = (state[i] * 31 + tick + run.totalIterations()) % 1_000_003;
      }
    }
  }

  /** The state from the definition, with nothing remembered. */
  private static double[] state(int seed, int size, long ticks, long total) {
    double[] state = new double[size];
    for (int i = 0; i < size; i++) {
      double value = seed + i;
      for (long tick = 0; tick < ticks; tick++) {
        value = (value * 31 + tick + total) % 1_000_003;
      }
      state[i] = value;
    }
    return state;
  }

  @Property(tries = 300)
  void theStateDependsOnFoldPlaceAndTicksAlone(
      @ForAll @IntRange(min = 1, max = 40) int recurrences, @ForAll Random random) {
    List<Mixing> all = new ArrayList<>();
    for (int i = 0; i < recurrences; i++) {
      all.add(new Mixing(random.nextInt(1000), 1 + random.nextInt(3)));
    }
    Cursor cursor = new Cursor(10, 500, MetricHistory.NONE);
    for (int read = 0; read < 200; read++) {
      Mixing recurrence = all.get(random.nextInt(recurrences));
      long ticks = random.nextInt(60);
      if (random.nextBoolean()) {
        assertArrayEquals(
            state(recurrence.seed, recurrence.size, ticks, 500), cursor.fold(recurrence, ticks));
      } else {
        long start = random.nextInt(5) * 40L;
        long length = 100 + random.nextInt(2);
        cursor.read(
            part -> {
              assertArrayEquals(
                  state(recurrence.seed, recurrence.size, ticks, length),
                  part.fold(recurrence, ticks));
              return 0;
            },
            start,
            length);
      }
    }
  }

  @Example
  void aRunThatMovesOnComputesEachTickOnce() {
    Mixing recurrence = new Mixing(7, 2);
    Cursor cursor = new Cursor(10, 500, MetricHistory.NONE);
    for (int tick = 0; tick <= 100; tick++) {
      cursor.fold(recurrence, tick);
      cursor.fold(recurrence, tick);
    }
    assertEquals(100, recurrence.ticks);
    assertEquals(1, recurrence.begun);
    cursor.fold(recurrence, 99);
    assertEquals(199, recurrence.ticks);
    assertEquals(2, recurrence.begun);
  }

  @Example
  void sixteenFoldsAreRememberedAtOnce() {
    List<Mixing> recurrences = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      recurrences.add(new Mixing(i, 1));
    }
    Cursor cursor = new Cursor(10, 500, MetricHistory.NONE);
    for (int round = 1; round <= 3; round++) {
      for (Mixing recurrence : recurrences.subList(0, 16)) {
        cursor.fold(recurrence, 10 * round);
      }
    }
    assertTrue(recurrences.subList(0, 16).stream().allMatch(recurrence -> recurrence.begun == 1));
    cursor.fold(recurrences.get(16), 1); // drops the first
    cursor.fold(recurrences.get(1), 40);
    assertEquals(1, recurrences.get(1).begun);
    cursor.fold(recurrences.get(0), 1);
    assertEquals(2, recurrences.get(0).begun);
  }

  @Example
  void foldsThatAreMerelyEqualAreNotTheSame() {
    record Equal(double[] firsts, int[] next) implements Recurrence {
      @Override
      public int size() {
        return 1;
      }

      @Override
      public void begin(double[] state) {
        state[0] = firsts[next[0]++];
      }

      @Override
      public void next(double[] state, long tick, Progress run) {
        state[0]++;
      }
    }
    double[] firsts = {10, 20};
    int[] next = {0};
    Recurrence one = new Equal(firsts, next);
    Recurrence other = new Equal(firsts, next);
    assertEquals(one, other);
    Cursor cursor = new Cursor(1, 9, MetricHistory.NONE);
    assertEquals(13, cursor.fold(one, 3)[0]);
    assertEquals(24, cursor.fold(other, 4)[0]);
    assertEquals(15, cursor.fold(one, 5)[0]);
  }

  /** Reads so many other recurrences that its own memo makes room while it is at work. */
  @Example
  void aFoldMayReadMoreFoldsThanAreRemembered() {
    List<Mixing> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(new Mixing(i, 1));
    }
    Recurrence sum =
        new Recurrence() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public void begin(double[] state) {
            state[0] = 0;
          }

          @Override
          public void next(double[] state, long tick, Progress run) {
            for (Mixing other : others) {
              state[0] += run.fold(other, tick)[0];
            }
          }
        };
    double expected = 0;
    for (int tick = 0; tick < 5; tick++) {
      for (int i = 0; i < 20; i++) {
        expected += state(i, 1, tick, 500)[0];
      }
    }
    Cursor cursor = new Cursor(10, 500, MetricHistory.NONE);
    assertEquals(expected, cursor.fold(sum, 5)[0]);
    assertEquals(expected, cursor.fold(sum, 5)[0]);
  }

  @Example
  void aRepetitionBeginsAnew() {
    Mixing recurrence = new Mixing(3, 1);
    Schedule folding = p -> p.fold(recurrence, p.iteration())[0];
    Schedule repeated = folding.repeat(Duration.iterations(7));
    Cursor cursor = new Cursor(10, 500, MetricHistory.NONE);
    Random random = new Random(1);
    for (int read = 0; read < 1000; read++) {
      int at = random.nextInt(500);
      assertEquals(state(3, 1, at % 7, 7)[0], repeated.at(cursor.moveTo(at)));
    }
  }

  @Example
  void memosArePerCursor() {
    Mixing recurrence = new Mixing(3, 1);
    double[] one = new Cursor(1, 5, MetricHistory.NONE).fold(recurrence, 2);
    double[] other = new Cursor(1, 5, MetricHistory.NONE).fold(recurrence, 2);
    assertNotSame(one, other);
    assertArrayEquals(one, other);
  }
}
