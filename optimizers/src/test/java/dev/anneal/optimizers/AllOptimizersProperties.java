package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Constant;
import dev.anneal.core.kernel.Width;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every optimizer. */
class AllOptimizersProperties {
  /** More than two vectors of the widest kind, and a rest. */
  private static final int WEIGHTS = 39;

  /** Of a matrix of as many. */
  private static final int COLUMNS = 3;

  private static final Catalogue CATALOGUE = Catalogue.load();

  @Provide
  Arbitrary<String> specifications() {
    return Arbitraries.of(Variants.ALL);
  }

  /** Numbers of every size from 1e-6 to 1e3 and both signs, and a 0 now and then. */
  private static float[] numbers(Random random) {
    float[] numbers = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      double size = Math.pow(10, random.nextDouble(-6, 3));
      numbers[i] = random.nextInt(10) == 0 ? 0 : (float) (random.nextBoolean() ? size : -size);
    }
    return numbers;
  }

  private static Floats start(String text, Width width, Random random) {
    return new Floats(CATALOGUE.optimizer(text), width, numbers(random));
  }

  @Property(tries = 200)
  void allWidthsComputeTheSameBits(
      @ForAll("specifications") String text, @ForAll long seed, @ForAll Width width) {
    Random random = new Random(seed);
    Random same = new Random(seed);
    Floats scalar = start(text, Width.SCALAR, random);
    Floats vector = start(text, width, same);
    for (int step = 0; step < 12; step++) {
      scalar.step(numbers(random));
      vector.step(numbers(same));
      Floats.State expected = scalar.state();
      assertArrayEquals(expected.weights(), vector.weights());
      expected
          .kept()
          .arrays()
          .forEach((name, numbers) ->
              assertArrayEquals(numbers, vector.state().kept().arrays().get(name), name));
      assertEquals(expected.kept().scalars(), vector.state().kept().scalars());
    }
  }

  @Property(tries = 200)
  void numbersStayFinite(@ForAll("specifications") String text, @ForAll long seed) {
    Random random = new Random(seed);
    Floats run = start(text, Width.SCALAR, random);
    for (int step = 0; step < 30; step++) {
      for (float w : run.step(numbers(random))) {
        assertTrue(Float.isFinite(w), text);
      }
    }
  }

  /** With an input that is always 0, and a unit that is dead. */
  @Property(tries = 200)
  void numbersOfAMatrixStayFinite(@ForAll("specifications") String text, @ForAll long seed) {
    Random random = new Random(seed);
    Floats run =
        new Floats(CATALOGUE.optimizer(text), Width.SCALAR, WEIGHTS / COLUMNS, numbers(random));
    for (int step = 0; step < 30; step++) {
      float[] gradient = numbers(random);
      for (int i = 0; i < WEIGHTS; i++) {
        gradient[i] = i < COLUMNS || i % COLUMNS == 0 ? 0 : gradient[i];
      }
      for (float w : run.step(gradient)) {
        assertTrue(Float.isFinite(w), text);
      }
    }
  }

  @Property(tries = 200)
  void withoutARateNothingMoves(@ForAll("specifications") String text, @ForAll long seed) {
    Random random = new Random(seed);
    Optimizer still = CATALOGUE.optimizer(text).withLearningRate(new Constant(0));
    float[] weights = numbers(random);
    Floats run = new Floats(still, Width.SCALAR, weights);
    for (int step = 0; step < 10; step++) {
      assertArrayEquals(weights, run.step(numbers(random)));
    }
  }

  @Property(tries = 200)
  void aRateOfNextToNothingMayBeFollowedByAnother(
      @ForAll("specifications") String text,
      @ForAll long seed,
      @ForAll @IntRange(max = 320) int power) {
    Random random = new Random(seed);
    double small = power == 320 ? 0 : Math.pow(10, -power);
    Optimizer optimizer =
        CATALOGUE
            .optimizer(text)
            .withLearningRate(progress -> progress.iteration() < 3 ? small : 0.01);
    Floats run = new Floats(optimizer, Width.SCALAR, numbers(random));
    for (int step = 0; step < 10; step++) {
      for (float w : run.step(numbers(random))) {
        assertTrue(Float.isFinite(w), text);
      }
    }
  }

  /** But for those whose Javadoc says otherwise. */
  @Property(tries = 200)
  void withoutGradientNothingMoves(@ForAll("specifications") String text, @ForAll long seed) {
    if (text.contains("weight_decay=")
        || text.matches(".*(adamw|yogi|ftrl|fromage|noise|muon|soap|sophia).*")) {
      return;
    }
    float[] weights = numbers(new Random(seed));
    Floats run = new Floats(CATALOGUE.optimizer(text), Width.SCALAR, weights);
    for (int step = 0; step < 10; step++) {
      assertArrayEquals(weights, run.step(new float[WEIGHTS]));
    }
  }

  /** An update that stops for good would pass most of the other tests. */
  @Property(tries = 200)
  void aGradientMovesEveryWeight(@ForAll("specifications") String text, @ForAll long seed) {
    Random random = new Random(seed);
    float[] weights = new float[WEIGHTS];
    float[] gradient = new float[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      weights[i] = random.nextFloat(-1, 1);
      gradient[i] = random.nextFloat(0.1f, 1);
    }
    Floats run = new Floats(CATALOGUE.optimizer(text), Width.SCALAR, weights);
    run.step(gradient);
    run.step(gradient);
    for (int i = 0; i < WEIGHTS; i++) {
      assertNotEquals(weights[i], run.weights()[i]);
    }
  }

  @Property(tries = 200)
  void whatIsKeptIsAllThatItTakesToGoOn(
      @ForAll("specifications") String text,
      @ForAll long seed,
      @ForAll @IntRange(max = 20) int before) {
    Random random = new Random(seed);
    Floats whole = start(text, Width.preferred(), random);
    for (int step = 0; step < before; step++) {
      whole.step(numbers(random));
    }
    Floats resumed = start(text, Width.preferred(), new Random(0));
    resumed.restore(whole.state());
    for (int step = 0; step < 10; step++) {
      float[] gradient = numbers(random);
      assertArrayEquals(whole.step(gradient), resumed.step(gradient));
    }
    assertEquals(whole.state().kept().scalars(), resumed.state().kept().scalars());
  }

  @Property(tries = 100)
  void hyperparametersAndSlotsHaveNamesOfTheirOwn(@ForAll("specifications") String text) {
    Optimizer optimizer = CATALOGUE.optimizer(text);
    List<String> names = optimizer.hyperparameters().stream().map(each -> each.name()).toList();
    assertEquals(Optimizer.LEARNING_RATE, names.getFirst());
    assertEquals(names.stream().distinct().toList(), names);
    List<String> slots = Doubles.slots(optimizer);
    assertEquals(slots.stream().distinct().toList(), slots);
  }
}
