package dev.anneal.experiments.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.experiments.range.Suggestion.None;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RangeResultTest {
  private static final int STEPS = 100;
  private static final Ladder LADDER = new Ladder(Ladder.Spacing.EXPONENTIAL, 1e-6, 10, STEPS);

  /** Falls from a step to another, then rises at once. */
  private static RangeCurve falling(int from, int to) {
    return new RangeCurve(
        1,
        LADDER,
        OptionalDouble.empty(),
        IntStream.range(0, STEPS)
            .mapToDouble(i -> i > to ? 1e6 : -Math.clamp(i - from, 0, STEPS))
            .toArray());
  }

  private static RangeCurve flat() {
    return new RangeCurve(1, LADDER, OptionalDouble.empty(), new double[STEPS]);
  }

  private static RangeResult result(RangeCurve... curves) {
    return new RangeResult(
        "learning_rate", List.of("base"), List.of(), LADDER, Arrays.asList(curves));
  }

  @Test
  void theSuggestionIsTheGeometricMeanOfTwoRulesOverTheSeeds() {
    RangeCurve one = falling(45, 65);
    RangeCurve two = falling(47, 67);
    Consensus consensus = result(one, two).consensus();
    List<Double> values =
        List.of(
            LADDER.at(65) / 10,
            LADDER.at(67) / 10,
            SuggestionRule.VALLEY.of(one).value().orElseThrow(),
            SuggestionRule.VALLEY.of(two).value().orElseThrow());
    assertEquals(values, consensus.values());
    double product = values.stream().mapToDouble(value -> value).reduce(1, (a, b) -> a * b);
    assertEquals(
        Math.sqrt(Math.sqrt(product)), consensus.suggestion().value().orElseThrow(), 1e-12);
    assertEquals(OptionalDouble.of(LADDER.at(65) / 10), consensus.least());
  }

  @Test
  void rulesThatAreFarApartSuggestNothing() {
    Consensus consensus = result(falling(12, 95), falling(12, 94)).consensus();
    assertTrue(
        consensus.suggestion().reason().startsWith("minimum/10 and valley do not agree: they"),
        consensus::toString);
    assertEquals(4, consensus.values().size());
  }

  @Test
  void moreThanHalfOfTheSeedsMustHaveIt() {
    RangeCurve good = falling(45, 65);
    assertEquals(
        SuggestionRule.VALLEY.of(good).value(),
        OptionalDouble.of(result(good, flat()).by(SuggestionRule.VALLEY).values().getFirst()));
    assertTrue(result(good, flat()).consensus().suggestion().value().isPresent());
    assertEquals(
        new None(
            "minimum/10: of 2 of 3 seeds there is none; of the first of these: the loss does not"
                + " fall"),
        result(good, flat(), flat()).consensus().suggestion());
    assertEquals(
        new None("minimum/10: the loss does not fall"), result(flat()).consensus().suggestion());
  }

  @Test
  void aMinimumAtTheTopSuggestsNothing() {
    RangeResult result = result(falling(45, STEPS));
    assertEquals(
        new None("minimum/10: the loss still falls at the top of the ladder: climb higher (--to)"),
        result.consensus().suggestion());
    assertTrue(result.by(SuggestionRule.VALLEY).suggestion().value().isPresent());
  }

  @Test
  void aRangeIsToldInWords() {
    Consensus consensus =
        Consensus.of(List.of(new Suggestion.Value(0.01), new Suggestion.Value(0.04)));
    assertEquals(0.02, consensus.suggestion().value().orElseThrow(), 1e-15);
    assertEquals("0.01 to 0.04, 4.0 times apart", consensus.range());
    assertEquals("", Consensus.of(List.of(new None("a"))).range());
  }
}
