package dev.anneal.nn.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MeasureProperties {
  /** Few different scores, so that there are ties; each number of classes from 2. */
  private static Predictions random(int classes, int size, long seed) {
    Random random = new Random(seed);
    float[] scores = new float[size * classes];
    float[] labels = new float[size];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(5) / 2f;
    }
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(classes);
    }
    return new Predictions(classes, classes, 1, scores, labels);
  }

  private static Predictions numbers(int size, long seed) {
    Random random = new Random(seed);
    float[] scores = new float[size];
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      scores[i] = random.nextInt(-20, 20) / 4f;
      labels[i] = random.nextInt(-20, 20) / 4f;
    }
    return new Predictions(0, 1, 1, scores, labels);
  }

  /** The definition: all pairs of a sample of the class and one of the rest. */
  private static double pairs(Predictions predictions, int type) {
    double won = 0;
    int all = 0;
    for (int own = 0; own < predictions.size(); own++) {
      for (int other = 0; other < predictions.size(); other++) {
        if (predictions.label(own) == type && predictions.label(other) != type) {
          double by = predictions.logOdds(own, type) - predictions.logOdds(other, type);
          won += by > 0 ? 1 : by == 0 ? 0.5 : 0;
          all++;
        }
      }
    }
    return won / all;
  }

  @Property(tries = 200)
  void aucIsTheProbabilityOfAPair(
      @ForAll @IntRange(min = 2, max = 4) int classes,
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll long seed) {
    Predictions predictions = random(classes, size, seed);
    double sum = 0;
    int of = 0;
    for (int type = classes == 2 ? 1 : 0; type < classes; type++) {
      double area = pairs(predictions, type);
      if (!Double.isNaN(area)) {
        sum += area;
        of++;
      }
    }
    assertEquals(of == 0 ? Double.NaN : sum / of, ClassMeasure.AUC.of(predictions), 1e-12);
  }

  @Property(tries = 100)
  void theOrderOfSamplesDoesNotMatter(
      @ForAll @IntRange(min = 2, max = 4) int classes,
      @ForAll @IntRange(min = 1, max = 30) int size,
      @ForAll long seed) {
    for (ClassMeasure measure : ClassMeasure.values()) {
      Predictions predictions = random(classes, size, seed);
      assertEquals(measure.of(predictions), measure.of(reversed(predictions)), 1e-12);
    }
  }

  private static Predictions reversed(Predictions predictions) {
    int size = predictions.size();
    int outputs = predictions.outputs();
    float[] scores = new float[size * outputs];
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      labels[i] = predictions.label(size - 1 - i);
      for (int column = 0; column < outputs; column++) {
        scores[i * outputs + column] = (float) predictions.score(size - 1 - i, column);
      }
    }
    return new Predictions(predictions.classes(), outputs, 1, scores, labels);
  }

  @Property(tries = 100)
  void probabilitiesAddUpToOne(@ForAll @IntRange(min = 2, max = 5) int classes, @ForAll long seed) {
    Predictions predictions = random(classes, 1, seed);
    double sum = 0;
    for (int type = 0; type < classes; type++) {
      sum += predictions.probability(0, type);
    }
    assertEquals(1, sum, 1e-12);
    assertEquals(
        -Math.log(predictions.probability(0, predictions.label(0))),
        ClassMeasure.LOG_LOSS.of(predictions),
        1e-12);
  }

  @Property(tries = 100)
  void r2IsNothingForTheMeanAndDoesNotDependOnScaleAndShift(
      @ForAll @IntRange(min = 2, max = 40) int size, @ForAll long seed) {
    Predictions predictions = numbers(size, seed);
    float[] targets = new float[size];
    float[] scaled = new float[size];
    float[] scores = new float[size];
    for (int i = 0; i < size; i++) {
      targets[i] = (float) predictions.target(i, 0);
      scaled[i] = 4 * targets[i] - 8;
      scores[i] = 4 * (float) predictions.score(i, 0) - 8;
    }
    Assume.that(spread(targets) > 0);
    double mean = average(targets);
    float[] means = new float[size];
    Arrays.fill(means, (float) mean);
    NumberMeasure r2 = NumberMeasure.r2();
    assertEquals(0, r2.of(new Predictions(0, 1, 1, means, targets)), 1e-9);
    double expected = r2.of(predictions);
    assertEquals(
        expected,
        r2.of(new Predictions(0, 1, 1, scores, scaled)),
        1e-12 * Math.max(1, Math.abs(expected)));
  }

  @Property(tries = 100)
  void aMeanMagnitudeIsAtMostTheRootOfTheMeanSquare(
      @ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
    Predictions predictions = numbers(size, seed);
    double mae = NumberMeasure.mae(3).of(predictions);
    double rmse = NumberMeasure.rmse(3).of(predictions);
    assertTrue(mae <= rmse * (1 + 1e-12), mae + " > " + rmse);
  }

  private static double average(float[] numbers) {
    double sum = 0;
    for (float each : numbers) {
      sum += each;
    }
    return sum / numbers.length;
  }

  private static double spread(float[] numbers) {
    double mean = average(numbers);
    double spread = 0;
    for (float each : numbers) {
      spread += (each - mean) * (each - mean);
    }
    return spread;
  }
}
