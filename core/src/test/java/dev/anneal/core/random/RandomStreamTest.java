package dev.anneal.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.parallel.Allocations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statistics are of fixed keys, so none of these tests fails by chance. */
class RandomStreamTest {
  private static final int MANY = 1_000_000;

  private final RandomStream random = new RandomStream(42);

  /** The three lines "philox2x64 10" of kat_vectors in Random123: counter, key, result. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0000000000000000, 0000000000000000, ca00a0459843d731, 66c24222c9a845b5",
    "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, 65b021d60cd8310f, 4d02f3222f86df20",
    "243f6a8885a308d3, 13198a2e03707344, a4093822299f31d0, 0a5e742c2997341c, b0f883d38000de5d"
  })
  void philoxIsThatOfRandom123(
      String counter0, String counter1, String key, String first, String second) {
    assertEquals(
        word(first), RandomStream.philox(word(key), word(counter0), word(counter1), false));
    assertEquals(
        word(second), RandomStream.philox(word(key), word(counter0), word(counter1), true));
  }

  private static long word(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  /** The index is the first word of the counter, the round the second. */
  @Test
  void bitsAreThoseOfTheCounter() {
    RandomStream stream = new RandomStream(word("a4093822299f31d0"));
    assertEquals(
        word("0a5e742c2997341c"), stream.bits(word("13198a2e03707344"), word("243f6a8885a308d3")));
  }

  @Test
  void uniformsAreUniform() {
    double[] draws = LongStream.range(0, MANY).mapToDouble(i -> random.uniform(3, i)).toArray();
    assertTrue(Arrays.stream(draws).allMatch(u -> u >= 0 && u < 1 && u * 0x1p53 % 1 == 0));
    // Four standard deviations of each estimate.
    assertEquals(1 / 2.0, moment(draws, 1), 4 * Math.sqrt(1 / 12.0 / MANY));
    assertEquals(1 / 3.0, moment(draws, 2), 4 * Math.sqrt((1 / 5.0 - 1 / 9.0) / MANY));
    int[] bins = new int[100];
    Arrays.stream(draws).forEach(u -> bins[(int) (u * 100)]++);
    assertTrue(chiSquared(bins, MANY / 100.0) < 160, "99 degrees of freedom: 1 in 10,000");
    double lagged =
        IntStream.range(1, MANY)
            .mapToDouble(i -> (draws[i] - 0.5) * (draws[i - 1] - 0.5))
            .average()
            .orElseThrow();
    assertEquals(0, lagged, 4 / 12.0 / Math.sqrt(MANY));
  }

  @Test
  void normalsAreNormal() {
    double[] draws = LongStream.range(0, MANY).mapToDouble(i -> random.normal(5, i)).toArray();
    assertTrue(Arrays.stream(draws).allMatch(Double::isFinite));
    // The variances of x, x^2, x^3 and x^4 are 1, 2, 15 and 96.
    assertEquals(0, moment(draws, 1), 4 * Math.sqrt(1.0 / MANY));
    assertEquals(1, moment(draws, 2), 4 * Math.sqrt(2.0 / MANY));
    assertEquals(0, moment(draws, 3), 4 * Math.sqrt(15.0 / MANY));
    assertEquals(3, moment(draws, 4), 4 * Math.sqrt(96.0 / MANY));
    assertTail(draws, 1, 0.3173105);
    assertTail(draws, 2, 0.0455003);
    assertTail(draws, 3, 0.0026998);
    assertTail(draws, 4, 0.0000633);
  }

  private static void assertTail(double[] draws, double beyond, double probability) {
    double part = Arrays.stream(draws).filter(x -> Math.abs(x) > beyond).count() / (double) MANY;
    assertEquals(probability, part, 4 * Math.sqrt(probability / MANY), "beyond " + beyond);
  }

  private static double moment(double[] draws, int power) {
    return Arrays.stream(draws).map(x -> Math.pow(x, power)).average().orElseThrow();
  }

  private static double chiSquared(int[] counts, double expected) {
    return Arrays.stream(counts)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }

  @Test
  void permutationsArePermutations() {
    for (int size = 0; size < 300; size++) {
      int[] order = new int[size];
      Arrays.fill(order, -7); // what the array held does not matter
      random.permute(size, order);
      assertArrayEquals(
          IntStream.range(0, size).toArray(), Arrays.stream(order).sorted().toArray());
    }
  }

  @Test
  void allOrdersOfFourAreEquallyLikely() {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    int[] order = new int[4];
    int draws = 240_000;
    for (int round = 0; round < draws; round++) {
      random.permute(round, order);
      counts.merge(Arrays.stream(order).boxed().toList(), 1, Integer::sum);
    }
    assertEquals(24, counts.size());
    int[] all = counts.values().stream().mapToInt(Integer::intValue).toArray();
    assertTrue(chiSquared(all, draws / 24.0) < 53, "23 degrees of freedom: 1 in 3,000");
  }

  @Test
  void childrenDifferFromEachOtherAndTheirParent() {
    Set<Long> keys = new HashSet<>(List.of(random.key()));
    for (int label = 0; label < 1000; label++) {
      assertTrue(keys.add(random.child(label).key()));
      assertTrue(keys.add(random.child(label).child(0).key()));
    }
    double products = 0;
    RandomStream one = random.child(1);
    RandomStream two = random.child(2);
    for (int i = 0; i < MANY; i++) {
      products += (one.uniform(0, i) - 0.5) * (two.uniform(0, i) - 0.5);
    }
    assertEquals(0, products / MANY, 4 / 12.0 / Math.sqrt(MANY));
  }

  /** Once the JIT has compiled them. */
  @Test
  void normalNumbersAllocateNothing() {
    Allocations allocations = new Allocations();
    long least = Long.MAX_VALUE;
    double sum = 0;
    for (int round = 0; round < 100 && least > 0; round++) {
      long before = allocations.bytes();
      for (int i = 0; i < MANY; i++) {
        sum += random.normal(round, i);
      }
      least = Math.min(least, allocations.bytes() - before);
    }
    assertEquals(0, least);
    assertTrue(Double.isFinite(sum));
  }

  /** A number depends on key, round and index alone, and on each of them. */
  @Test
  void theOrderOfAskingDoesNotMatter() {
    int n = 1000;
    long[] forwards = LongStream.range(0, n).map(i -> random.bits(7, i)).toArray();
    for (int i = n - 1; i >= 0; i--) {
      random.normal(i, 7);
      assertEquals(forwards[i], new RandomStream(42).bits(7, i));
    }
    assertEquals(n, Arrays.stream(forwards).distinct().count());
    assertNotEquals(random.bits(7, 0), random.bits(8, 0));
    assertNotEquals(random.bits(7, 0), new RandomStream(43).bits(7, 0));
  }
}
