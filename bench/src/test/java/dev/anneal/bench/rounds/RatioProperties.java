package dev.anneal.bench.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.TTest;

class RatioProperties {
  /** An interval is what a test of the same level does not refuse: at its ends p is the level. */
  @Property
  void endsWhereThePairedTestBeginsToRefuse(
      @ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = 0.5, max = 2) Double> anneal,
      @ForAll @Size(12) List<@DoubleRange(min = 0.5, max = 2) Double> peer) {
    double[] first = array(anneal);
    double[] second = Arrays.copyOf(array(peer), first.length);
    double[] times = new double[first.length];
    Arrays.setAll(times, i -> first[i] / second[i]);
    Ratio ratio = Ratio.of(times);
    Assume.that(ratio.reach() > 1.0001);
    for (double end : new double[] {ratio.low(), ratio.high()}) {
      double p =
          TTest.withDefaults()
              .with(AlternativeHypothesis.TWO_SIDED)
              .withMu(Math.log(end))
              .pairedTest(logs(first), logs(second))
              .getPValue();
      assertEquals(0.05, p, 1e-6);
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] logs(double... values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }

  @Property
  void exchangedProgramsTurnItUpsideDown(
      @ForAll @Size(min = 2, max = 9) List<@DoubleRange(min = 0.5, max = 2) Double> times) {
    Ratio ratio = Ratio.of(array(times));
    Ratio inverse = Ratio.of(times.stream().mapToDouble(each -> 1 / each).toArray());
    assertEquals(ratio.times(), 1 / inverse.times(), 1e-9 * ratio.times());
    assertEquals(ratio.low(), 1 / inverse.high(), 1e-9 * ratio.low());
    assertEquals(ratio.high(), 1 / inverse.low(), 1e-9 * ratio.high());
  }

  /** By hand: logarithms 0, ln 2, 2 ln 2 have the mean and the deviation ln 2. */
  @Example
  void knownNumbers() {
    Ratio ratio = Ratio.of(1, 2, 4);
    double reach = Math.exp(4.302652729911275 * Math.log(2) / Math.sqrt(3)); // t of 2 degrees
    assertEquals(2, ratio.times(), 1e-12);
    assertEquals(2 / reach, ratio.low(), 1e-9);
    assertEquals(2 * reach, ratio.high(), 1e-9);
  }

  @Example
  void roundsThatAgreeLeaveNoRoom() {
    assertEquals("1.50 (1.50-1.50)", Ratio.of(1.5, 1.5, 1.5).shown());
  }

  @Example
  void oneRoundHasNoInterval() {
    assertThrows(IllegalArgumentException.class, () -> Ratio.of(1.5));
  }
}
