package dev.anneal.nn.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The usual measures of predicted classes, defined as in scikit-learn. They treat two classes as
 * any number of them: none is the positive one.
 */
public enum ClassMeasure implements Measure {
  /**
   * The mean over classes of the part of their samples that is predicted right. Classes without
   * samples are left out.
   */
  BALANCED_ACCURACY(true) {
    @Override
    public double of(Predictions predictions) {
      Counts counts = new Counts(predictions);
      return mean(
          counts.labels.length,
          type -> (double) counts.right[type] / counts.labels[type]); // NaN without samples
    }
  },
  /**
   * The mean over classes of the harmonic mean of precision and recall, {@code 2 right / (labels +
   * predicted)} ({@code f1_score} with {@code average="macro"}). A class that is only in the labels
   * or only predicted counts 0, one that is in neither is left out.
   */
  F1(true) {
    @Override
    public double of(Predictions predictions) {
      Counts counts = new Counts(predictions);
      return mean(
          counts.labels.length,
          type -> 2.0 * counts.right[type] / (counts.labels[type] + counts.predicted[type]));
    }
  },
  /**
   * The area under the receiver operating characteristic: the probability that of a sample of a
   * class and one of another the first is given the higher probability of that class, where equal
   * ones count half (Hanley and McNeil, 1982). Of several classes the mean over each against the
   * rest. Classes without samples, or with all of them, are left out.
   */
  AUC(true) {
    @Override
    public double of(Predictions predictions) {
      return predictions.classes() == 2
          ? area(predictions, 1)
          : mean(predictions.classes(), type -> area(predictions, type));
    }
  },
  /** The mean of minus the logarithm of the label's probability, in nats, without weights. */
  LOG_LOSS(false) {
    @Override
    public double of(Predictions predictions) {
      double sum = 0;
      for (int sample = 0; sample < predictions.size(); sample++) {
        double odds = predictions.logOdds(sample, predictions.label(sample));
        sum += Math.max(0, -odds) + Math.log1p(Math.exp(-Math.abs(odds)));
      }
      return sum / predictions.size();
    }
  };

  private final boolean moreIsBetter;

  ClassMeasure(boolean moreIsBetter) {
    this.moreIsBetter = moreIsBetter;
  }

  @Override
  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  @Override
  public boolean takes(int classes) {
    return classes > 0;
  }

  @Override
  public String quantity() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Samples of each class: in the labels, predicted, and both. */
  private static final class Counts {
    private final int[] labels;
    private final int[] predicted;
    private final int[] right;

    Counts(Predictions predictions) {
      labels = new int[predictions.classes()];
      predicted = new int[predictions.classes()];
      right = new int[predictions.classes()];
      for (int sample = 0; sample < predictions.size(); sample++) {
        int label = predictions.label(sample);
        int guess = predictions.predicted(sample);
        labels[label]++;
        predicted[guess]++;
        if (label == guess) {
          right[label]++;
        }
      }
    }
  }

  /** The mean over the classes that have a value; NaN where none has. */
  private static double mean(int classes, IntToDoubleFunction value) {
    return IntStream.range(0, classes)
        .mapToDouble(value)
        .filter(each -> !Double.isNaN(each))
        .average()
        .orElse(Double.NaN);
  }

  /** Of a class against the rest, from the Mann-Whitney statistic. */
  private static double area(Predictions predictions, int type) {
    double[] own = odds(predictions, type, true);
    double[] rest = odds(predictions, type, false);
    if (own.length == 0 || rest.length == 0 || isNan(own) || isNan(rest)) {
      return Double.NaN;
    }
    double wins = 0;
    int below = 0;
    int upTo = 0;
    for (double each : own) {
      while (below < rest.length && rest[below] < each) {
        below++;
      }
      while (upTo < rest.length && rest[upTo] <= each) {
        upTo++;
      }
      wins += (below + upTo) / 2.0;
    }
    return wins / own.length / rest.length;
  }

  /** Whether there is one in sorted numbers: it comes last. */
  private static boolean isNan(double[] sorted) {
    return Double.isNaN(sorted[sorted.length - 1]);
  }

  private static double[] odds(Predictions predictions, int type, boolean own) {
    double[] odds =
        IntStream.range(0, predictions.size())
            .filter(sample -> (predictions.label(sample) == type) == own)
            .mapToDouble(sample -> predictions.logOdds(sample, type))
            .toArray();
    Arrays.sort(odds);
    return odds;
  }
}
