package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Always predicting the same, and what is best on the training samples: the shares of the classes,
 * or the mean, which is 0 of standardized quantities. What a model is worth is measured against it.
 */
public final class ConstantPrediction {
  private final PreparedRun run;
  private final double[] shares;

  /**
   * Of a run.
   *
   * @param run whose training samples it knows
   */
  public ConstantPrediction(PreparedRun run) {
    this.run = run;
    Samples samples = run.data().training();
    shares = new double[samples.classes()];
    if (samples.classes() > 0) {
      for (int i = 0; i < samples.size(); i++) {
        shares[samples.label(i)] += 1.0 / samples.size();
      }
    }
  }

  /**
   * Its loss.
   *
   * @param samples of the run's data
   * @return the mean; nothing for losses other than cross-entropy and the squared error
   */
  public OptionalDouble loss(Samples samples) {
    return switch (run.loss()) {
      case CrossEntropy _ -> {
        double sum = 0;
        for (int i = 0; i < samples.size(); i++) {
          sum -= Math.log(Math.max(Double.MIN_NORMAL, shares[samples.label(i)]));
        }
        yield OptionalDouble.of(sum / samples.size());
      }
      case Regression loss
          when loss == Regression.MEAN_SQUARED_ERROR && run.data().pipeline().isPresent() -> {
        double sum = 0;
        float[] label = new float[1];
        for (int i = 0; i < samples.size(); i++) {
          samples.target(i, label, 0);
          sum += (double) label[0] * label[0];
        }
        yield OptionalDouble.of(sum / samples.size());
      }
      default -> OptionalDouble.empty();
    };
  }

  /**
   * The share of the largest class.
   *
   * @return in the training samples; 0 where there are no classes
   */
  public double share() {
    return Arrays.stream(shares).max().orElse(0);
  }

  /**
   * How often it is right.
   *
   * @param samples of the run's data, with classes
   * @return the part of them that is of the class that trains most
   */
  public double accuracy(Samples samples) {
    int largest = 0;
    for (int i = 1; i < shares.length; i++) {
      largest = shares[i] > shares[largest] ? i : largest;
    }
    int right = 0;
    for (int i = 0; i < samples.size(); i++) {
      right += samples.label(i) == largest ? 1 : 0;
    }
    return right / (double) samples.size();
  }
}
