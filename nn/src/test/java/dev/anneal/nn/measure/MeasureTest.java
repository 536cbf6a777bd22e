package dev.anneal.nn.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {
  /** Scores such as 0.8 are rounded to single precision. */
  private static final double ROUNDING = 1e-6;

  /** Scores that are so far apart that classes are all that counts. */
  private static Predictions classes(int classes, int[] labels, int[] predicted) {
    float[] scores = new float[labels.length * classes];
    float[] own = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      scores[i * classes + predicted[i]] = 10;
      own[i] = labels[i];
    }
    return new Predictions(classes, classes, 1, scores, own);
  }

  private static Predictions binary(float[] scores, int... labels) {
    float[] own = new float[labels.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = labels[i];
    }
    return new Predictions(2, 1, 1, scores, own);
  }

  private static Predictions numbers(float[] predicted, float[] targets) {
    return new Predictions(0, 1, 1, predicted, targets);
  }

  /**
   * What scikit-learn 1.9.1 gives for the same labels and the softmax of the same scores: {@code
   * balanced_accuracy_score}, {@code f1_score(average="macro", zero_division=0)}, {@code
   * roc_auc_score(multi_class="ovr", average="macro")}, {@code log_loss}.
   */
  @ParameterizedTest
  @CsvSource({
    "BALANCED_ACCURACY, 0.4166666666666667",
    "F1, 0.38888888888888884",
    "AUC, 0.6953703703703704",
    "LOG_LOSS, 1.1653015594372622",
  })
  void severalClassesAreMeasuredAsScikitLearnDoes(ClassMeasure measure, double expected) {
    float[] scores = {
      0.8f, 0.6f, -0.5f, -1, -0.9f, -2, 0.9f, 2.7f, -1, -0.4f, 1, 0.7f, 1, -1.9f, -0.1f, 2.2f,
      -2.7f, -0.9f, -3.8f, -1.8f, -3.7f, -0.5f, -1.7f, 0.5f, 0.3f, 0.4f, -5, -1.1f, 0.7f, 0.2f,
      -3.1f, -1, -1.2f, -1.6f, 2.1f, -0.8f
    };
    float[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2};
    assertEquals(expected, measure.of(new Predictions(3, 3, 1, scores, labels)), ROUNDING);
  }

  /** Likewise of two classes, with ties: {@code roc_auc_score} and the others of the sigmoid. */
  @ParameterizedTest
  @CsvSource({
    "BALANCED_ACCURACY, 0.6",
    "F1, 0.6",
    "AUC, 0.66",
    "LOG_LOSS, 0.6323930982786246",
  })
  void twoClassesAreMeasuredAsScikitLearnDoes(ClassMeasure measure, double expected) {
    float[] scores = {-2, -1, -1, -0.5f, 0, 0.3f, 0.3f, 0.3f, 1, 2};
    Predictions one = binary(scores, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1);
    assertEquals(expected, measure.of(one), ROUNDING);
    float[] two = new float[20]; // the same with an output for each class
    float[] labels = new float[10];
    for (int i = 0; i < 10; i++) {
      two[2 * i] = 1;
      two[2 * i + 1] = 1 + scores[i];
      labels[i] = one.label(i);
    }
    assertEquals(expected, measure.of(new Predictions(2, 2, 1, two, labels)), ROUNDING);
  }

  /** Likewise: {@code root_mean_squared_error}, {@code mean_absolute_error}, {@code r2_score}. */
  @Test
  void numbersAreMeasuredAsScikitLearnDoes() {
    float[] targets = {1.5f, -2, 0.25f, 3, -1, 0.5f, 2, 2.25f};
    float[] predicted = {1, -1.5f, 0.5f, 2.5f, -2, 0.5f, 2.5f, 4};
    Predictions two = new Predictions(0, 2, 2, predicted, targets);
    assertEquals(0.7843646522044219, NumberMeasure.rmse(1).of(two), 1e-12);
    assertEquals(0.625, NumberMeasure.mae(1).of(two), 1e-12);
    assertEquals(0.7355276331445578, NumberMeasure.r2().of(two), 1e-12);
    Predictions one = numbers(new float[] {1, 0.5f, -2, 2.5f}, new float[] {1.5f, 0.25f, -1, 2});
    assertEquals(0.625, NumberMeasure.rmse(1).of(one), 1e-12);
    assertEquals(0.5625, NumberMeasure.mae(1).of(one), 1e-12);
    assertEquals(0.7118155619596542, NumberMeasure.r2().of(one), 1e-12);
  }

  /** Class 0: half; class 1: two of three. Class 2 is predicted only, class 3 is in neither. */
  @Test
  void classesWithoutSamplesAreLeftOutOrCountNothing() {
    Predictions predictions = classes(4, new int[] {0, 0, 1, 1, 1}, new int[] {0, 2, 1, 1, 2});
    assertEquals((1 / 2.0 + 2 / 3.0) / 2, ClassMeasure.BALANCED_ACCURACY.of(predictions), 1e-12);
    assertEquals((2 / 3.0 + 4 / 5.0 + 0) / 3, ClassMeasure.F1.of(predictions), 1e-12);
  }

  /** The pairs of 2 with 1, 2 and 3: won, tied, lost; those of 4 are all won. */
  @Test
  void aucCountsPairsAndTiesHalf() {
    Predictions predictions = binary(new float[] {1, 2, 3, 2, 4}, 0, 0, 0, 1, 1);
    assertEquals(4.5 / 6, ClassMeasure.AUC.of(predictions), 1e-12);
  }

  @Test
  void aucNeedsSamplesOfAClassAndOfOthers() {
    assertTrue(Double.isNaN(ClassMeasure.AUC.of(binary(new float[] {1, 2}, 1, 1))));
    assertTrue(Double.isNaN(ClassMeasure.AUC.of(binary(new float[] {1, Float.NaN}, 0, 1))));
    float[] scores = {3, 0, 0, 0, 2, 0, 1, 0, 0};
    Predictions third = new Predictions(3, 3, 1, scores, new float[] {0, 1, 0});
    assertEquals(1, ClassMeasure.AUC.of(third), 0); // no sample is of the third class
  }

  /** As probabilities in double precision both would be 1. */
  @Test
  void whatIsNearlyCertainIsStillOrdered() {
    Predictions certain = binary(new float[] {50, 60}, 0, 1);
    assertEquals(1, ClassMeasure.AUC.of(certain), 0);
    assertEquals(25, ClassMeasure.LOG_LOSS.of(certain), 1e-12);
    assertEquals(1000, ClassMeasure.LOG_LOSS.of(binary(new float[] {-1000}, 1)), 0);
  }

  @Test
  void whereAllTargetsAreEqualR2IsOneOrNothing() {
    float[] same = {0.1f, 0.1f, 0.1f};
    assertEquals(1, NumberMeasure.r2().of(numbers(same, same)), 0);
    assertEquals(0, NumberMeasure.r2().of(numbers(new float[] {0.1f, 0.1f, 0.2f}, same)), 0);
    assertTrue(Double.isNaN(NumberMeasure.r2().of(numbers(new float[] {1}, new float[] {1}))));
  }

  @Test
  void anErrorIsInTheUnitOfTheTarget() {
    Predictions predictions = numbers(new float[] {0, 3}, new float[] {4, 0});
    assertEquals(2.5 * Math.sqrt(12.5), NumberMeasure.rmse(2.5).of(predictions), 1e-12);
    assertEquals(2.5 * 3.5, NumberMeasure.mae(2.5).of(predictions), 1e-12);
    assertEquals(
        "a unit must be in (0, inf), not 0.0",
        assertThrows(InputException.class, () -> NumberMeasure.mae(0)).getMessage());
  }

  @Test
  void measuresSayWhatTheyAreOf() {
    assertEquals(
        "balanced_accuracy, f1, auc, log_loss, rmse, mae, r2",
        String.join(
            ", ",
            Stream.concat(
                    Arrays.stream(ClassMeasure.values()),
                    Stream.of(NumberMeasure.rmse(1), NumberMeasure.mae(1), NumberMeasure.r2()))
                .map(Measure::quantity)
                .toList()));
    assertTrue(ClassMeasure.F1.takes(2));
    assertFalse(ClassMeasure.F1.takes(0));
    assertTrue(NumberMeasure.r2().takes(0));
    assertFalse(NumberMeasure.r2().takes(3));
  }

  @Test
  void predictionsAndLabelsBelongTogether() {
    assertEquals(
        "5 scores in rows of 2 are not for 2 labels in rows of 1",
        assertThrows(
                InputException.class, () -> new Predictions(2, 2, 1, new float[5], new float[2]))
            .getMessage());
  }
}
