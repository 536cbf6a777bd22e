package dev.anneal.nn.measure;

import dev.anneal.api.InputException;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The usual measures of predicted numbers, defined as in scikit-learn. Of several numbers a sample
 * they are means over these.
 *
 * @param formula what is measured
 * @param unit what errors are multiplied by, more than 0: where a model is trained on standardized
 *     targets, their standard deviation makes errors ones in the target's own unit
 */
public record NumberMeasure(Formula formula, double unit) implements Measure {
  /** What is measured. */
  public enum Formula {
    /** The square root of the mean of the squared errors. */
    RMSE,
    /** The mean of the errors' magnitudes. */
    MAE,
    /**
     * The coefficient of determination, {@code 1 - squared errors / squared distances from the
     * mean}: 1 is perfect, 0 as good as always predicting the mean. Where all targets are equal it
     * is 1 without errors, else 0; NaN of fewer than two samples.
     */
    R2
  }

  /** Checks the unit. */
  public NumberMeasure {
    if (!(unit > 0 && unit < Double.POSITIVE_INFINITY)) {
      throw new InputException("a unit must be in (0, inf), not " + unit);
    }
  }

  /**
   * The root of the mean squared error.
   *
   * @param unit what errors are multiplied by
   * @return the measure {@code rmse}
   */
  public static NumberMeasure rmse(double unit) {
    return new NumberMeasure(Formula.RMSE, unit);
  }

  /**
   * The mean absolute error.
   *
   * @param unit what errors are multiplied by
   * @return the measure {@code mae}
   */
  public static NumberMeasure mae(double unit) {
    return new NumberMeasure(Formula.MAE, unit);
  }

  /**
   * The coefficient of determination, which has no unit.
   *
   * @return the measure {@code r2}
   */
  public static NumberMeasure r2() {
    return new NumberMeasure(Formula.R2, 1);
  }

  @Override
  public String quantity() {
    return formula.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean moreIsBetter() {
    return formula == Formula.R2;
  }

  @Override
  public boolean takes(int classes) {
    return classes == 0;
  }

  @Override
  public double of(Predictions predictions) {
    return IntStream.range(0, predictions.targets())
        .mapToDouble(column -> of(predictions, column))
        .average()
        .orElseThrow();
  }

  private double of(Predictions predictions, int column) {
    int size = predictions.size();
    double sum = 0;
    double magnitudes = 0;
    double squares = 0;
    for (int sample = 0; sample < size; sample++) {
      double target = predictions.target(sample, column);
      double error = predictions.score(sample, column) - target;
      sum += target;
      magnitudes += Math.abs(error);
      squares += error * error;
    }
    return switch (formula) {
      case RMSE -> unit * Math.sqrt(squares / size);
      case MAE -> unit * magnitudes / size;
      case R2 ->
          size < 2 ? Double.NaN : determination(squares, spread(predictions, column, sum / size));
    };
  }

  private static double spread(Predictions predictions, int column, double mean) {
    double spread = 0;
    for (int sample = 0; sample < predictions.size(); sample++) {
      double distance = predictions.target(sample, column) - mean;
      spread += distance * distance;
    }
    return spread;
  }

  private static double determination(double squares, double spread) {
    return spread > 0 ? 1 - squares / spread : squares > 0 ? 0 : 1;
  }
}
