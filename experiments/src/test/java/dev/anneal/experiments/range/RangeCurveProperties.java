package dev.anneal.experiments.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.experiments.range.RangeCurve.End;
import dev.anneal.experiments.range.Suggestion.None;
import dev.anneal.experiments.range.Suggestion.Value;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RangeCurveProperties {
  private static final int STEPS = 100;
  private static final Ladder LADDER = new Ladder(Ladder.Spacing.EXPONENTIAL, 1e-6, 10, STEPS);
  private static final double BETA = 0.95;

  private static RangeCurve curve(double... losses) {
    return new RangeCurve(1, LADDER, OptionalDouble.empty(), losses);
  }

  private static RangeCurve curve(IntToDoubleFunction loss) {
    return curve(IntStream.range(0, STEPS).mapToDouble(loss).toArray());
  }

  /** A loss that stands, falls from step 40 to 70, and rises steeply; with noise. */
  private static double[] valley(long seed, double noise) {
    Random random = new Random(seed);
    return IntStream.range(0, STEPS)
        .mapToDouble(i ->
            2
                - 1.5 * Math.clamp((i - 40) / 30.0, 0, 1)
                + (i > 75 ? 0.2 * (i - 75) : 0)
                + noise * random.nextGaussian())
        .toArray();
  }

  private static List<Suggestion> suggestions(RangeCurve curve) {
    return Arrays.stream(SuggestionRule.values()).map(rule -> rule.of(curve)).toList();
  }

  /** The curve as it stands when its climb is over, or at its end. */
  private static RangeCurve climbed(OptionalDouble constant, double... losses) {
    for (int size = 0; size < losses.length; size++) {
      RangeCurve soFar = new RangeCurve(1, LADDER, constant, Arrays.copyOf(losses, size));
      if (soFar.end().isPresent()) {
        return soFar;
      }
    }
    return new RangeCurve(1, LADDER, constant, losses);
  }

  @Property
  void smoothedAConstantIsTheConstant(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double value,
      @ForAll @IntRange(min = 1, max = STEPS) int size) {
    double[] losses = new double[size];
    Arrays.fill(losses, value);
    RangeCurve curve = curve(losses);
    for (int i = 0; i < size; i++) {
      assertEquals(value, curve.smoothed(i));
    }
  }

  /** By its definition: a running mean from 0, over what it has of the weight 1. */
  @Property(tries = 50)
  void smoothedLossesAreCorrectedRunningMeans(@ForAll long seed) {
    double[] losses = valley(seed, 0.3);
    RangeCurve curve = curve(losses);
    double mean = 0;
    for (int i = 0; i < STEPS; i++) {
      mean = BETA * mean + (1 - BETA) * losses[i];
      assertEquals(mean / (1 - Math.pow(BETA, i + 1)), curve.smoothed(i), 1e-12);
      assertEquals(losses[i], curve.loss(i));
      assertEquals(LADDER.at(i), curve.rate(i));
    }
  }

  @Property(tries = 200)
  void suggestionsAreTheSameForLossesPlusAConstantAndTimesANumber(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 0.5) double noise,
      @ForAll @DoubleRange(min = -100, max = 100) double more,
      @ForAll @DoubleRange(min = 0.01, max = 100) double times) {
    double[] losses = valley(seed, noise + 1e-3);
    RangeCurve given = curve(losses);
    RangeCurve other = curve(Arrays.stream(losses).map(loss -> times * loss + more).toArray());
    for (SuggestionRule rule : SuggestionRule.values()) {
      assertEquals(rule.of(given).value(), rule.of(other).value(), rule::toString);
    }
  }

  /** The mean of all up to a step, each with 0.95 of the weight of the next. */
  private static double weightedMean(IntToDoubleFunction loss, int step) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i <= step; i++) {
      double weight = Math.pow(BETA, step - i);
      sum += weight * loss.applyAsDouble(i);
      weights += weight;
    }
    return sum / weights;
  }

  /**
   * A running mean has it later than the losses themselves, by at most the mean age of 19 steps.
   */
  @Property(tries = 200)
  void aParabolaHasATenthOfItsMinimum(@ForAll @DoubleRange(min = 30, max = 70) double at) {
    IntToDoubleFunction parabola = i -> (i - at) * (i - at) / 100 - 7;
    int least =
        IntStream.range(10, STEPS)
            .boxed()
            .min(Comparator.comparingDouble(i -> weightedMean(parabola, i)))
            .orElseThrow();
    assertTrue(at <= least && least <= at + 20, "at " + least);
    assertEquals(
        new Value(LADDER.at(least) / 10), SuggestionRule.MINIMUM_OVER_TEN.of(curve(parabola)));
  }

  /** One curve in 300 falls by chance, so that of several seeds not even two do. */
  @Property(tries = 500)
  void flatNoiseSuggestsNothing(@ForAll long seed) {
    Random random = new Random(seed);
    List<RangeCurve> curves =
        Stream.generate(() -> curve(i -> 2 + random.nextGaussian())).limit(5).toList();
    RangeResult result =
        new RangeResult("learning_rate", List.of("base"), List.of(), LADDER, curves);
    assertEquals(OptionalDouble.empty(), result.consensus().suggestion().value());
    for (SuggestionRule rule : SuggestionRule.values()) {
      assertEquals(OptionalDouble.empty(), result.by(rule).suggestion().value());
    }
  }

  @Example
  void flatNoiseFallsByChanceOnceInHundredsOfCurves() {
    Random random = new Random(5);
    long falls =
        Stream.generate(() -> curve(i -> -3 + random.nextGaussian()))
            .limit(3000)
            .filter(curve -> SuggestionRule.VALLEY.of(curve).value().isPresent())
            .count();
    assertTrue(falls <= 20, "of 3000: " + falls);
  }

  @Property(tries = 500)
  void flatNoiseIsClimbedToTheTop(@ForAll long seed) {
    Random random = new Random(seed);
    double[] losses = IntStream.range(0, STEPS).mapToDouble(i -> random.nextGaussian()).toArray();
    assertEquals(STEPS, climbed(OptionalDouble.empty(), losses).size());
  }

  @Property(tries = 200)
  void lossesThatEndInNoNumbersGiveNumbersOrReasons(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = STEPS - 1) int finite,
      @ForAll @DoubleRange(min = 0, max = 2) double noise) {
    double[] losses = valley(seed, noise);
    Arrays.fill(losses, finite, STEPS, finite % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);
    RangeCurve curve = curve(losses);
    assertEquals(finite, curve.size());
    assertEquals(Optional.of(End.NOT_FINITE), curve.end());
    for (Suggestion suggestion : suggestions(curve)) {
      switch (suggestion) {
        case Value(double number) -> assertTrue(number > 0 && number <= 10);
        case None(String reason) -> assertFalse(reason.isBlank() || reason.contains("NaN"));
      }
    }
  }

  @Property(tries = 100)
  void aValleyIsSuggestedWithin(@ForAll long seed) {
    RangeCurve curve = curve(valley(seed, 0.02));
    double fallsAt = LADDER.at(40);
    double risesAt = LADDER.at(75);
    double valley = SuggestionRule.VALLEY.of(curve).value().orElseThrow();
    double steepest = SuggestionRule.STEEPEST_DESCENT.of(curve).value().orElseThrow();
    double slide = SuggestionRule.SLIDE.of(curve).value().orElseThrow();
    assertTrue(fallsAt < valley && valley < risesAt, "valley " + valley);
    assertTrue(fallsAt < steepest && steepest < risesAt, "steepest " + steepest);
    assertTrue(slide <= risesAt * 3, "slide " + slide);
  }

  /** Up and down do not count: only the steps that go on falling. */
  @Example
  void aValleyMayHaveGaps() {
    RangeCurve smooth = curve(i -> -i);
    RangeCurve waves = curve(i -> -i + 4 * Math.sin(i));
    double step = Math.log(LADDER.at(1) / LADDER.at(0));
    double apart =
        Math.log(
            SuggestionRule.VALLEY.of(smooth).value().orElseThrow()
                / SuggestionRule.VALLEY.of(waves).value().orElseThrow());
    assertTrue(Math.abs(apart) <= 3 * step, "apart " + apart / step);
  }

  @Example
  void theSteepestDescentIsByTheLogarithmOfTheRate() {
    // From step 30 to 60 it falls evenly a step, then half as fast: a fall over the rate itself
    // would
    // be steepest at the low end.
    RangeCurve curve = curve(i -> -Math.clamp(i - 30, 0, 30) - Math.clamp(i - 60, 0, 30) / 2.0);
    double at = SuggestionRule.STEEPEST_DESCENT.of(curve).value().orElseThrow();
    assertTrue(LADDER.at(50) < at && at <= LADDER.at(61), "at " + at);
  }

  @Example
  void aLossThatFallsToTheTopHasNoMinimum() {
    assertEquals(
        new None("the loss still falls at the top of the ladder: climb higher (--to)"),
        SuggestionRule.MINIMUM_OVER_TEN.of(curve(i -> -i)));
  }

  @Example
  void aLossThatNeverFallsSuggestsNothing() {
    assertEquals(new None("the loss does not fall"), SuggestionRule.VALLEY.of(curve(i -> i)));
    assertEquals(new None("the loss does not fall"), SuggestionRule.SLIDE.of(curve(_ -> 0.7)));
  }

  @Example
  void aClimbThatIsOverAtItsStartSuggestsNothing() {
    assertEquals(
        new None(
            "training went astray within 4 steps, at the start of the ladder: begin lower"
                + " (--from)"),
        SuggestionRule.MINIMUM_OVER_TEN.of(curve(1, 2, 1e30, Double.NaN)));
  }

  @Property(tries = 50)
  void aRiseEndsTheClimb(@ForAll long seed) {
    double[] losses = valley(seed, 0.05);
    for (int i = 76; i < STEPS; i++) {
      losses[i] = Math.exp(i - 75);
    }
    RangeCurve climbed = climbed(OptionalDouble.empty(), losses);
    assertEquals(Optional.of(End.ROSE), climbed.end());
    double least = climbed.smoothed(climbed.atMinimum());
    double last = climbed.smoothed(climbed.size() - 1);
    assertTrue(last > least + 3 * climbed.fall());
    assertTrue(climbed.smoothed(climbed.size() - 2) <= least + 3 * climbed.fall());
  }

  /** A network whose units are all dead predicts the same for every sample: it does not diverge. */
  @Property(tries = 50)
  void comingBackToTheLossOfAConstantEndsTheClimb(@ForAll long seed) {
    Random random = new Random(seed);
    double[] losses =
        IntStream.range(0, STEPS)
            .mapToDouble(i -> (i < 20 || i > 45 ? 2 : 0.5) + 0.05 * random.nextGaussian())
            .toArray();
    RangeCurve dead = climbed(OptionalDouble.of(1.8), losses);
    assertEquals(Optional.of(End.CONSTANT), dead.end());
    assertTrue(dead.smoothed(dead.size() - 1) >= 1.8);
    assertTrue(dead.smoothed(dead.size() - 2) < 1.8);
    assertEquals(Optional.of(End.TOP), climbed(OptionalDouble.empty(), losses).end());
  }

  /** It starts there, as a network does whose first weights are small. */
  @Property(tries = 50)
  void stayingAtTheLossOfAConstantDoesNot(@ForAll long seed) {
    double[] losses = valley(seed, 0.05);
    Arrays.fill(losses, 76, STEPS, 0.5);
    assertEquals(STEPS, climbed(OptionalDouble.of(2.0), losses).size());
  }
}
