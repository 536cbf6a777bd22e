package dev.anneal.nn.measure;

import dev.anneal.api.InputException;

/**
 * What a model predicts for a set of samples, with their labels. Labels are classes, which it gives
 * scores to, or one or more real numbers, which it predicts. Scores are logits: one number for two
 * classes, that of the second, or one for each class.
 */
public final class Predictions {
  private final int classes;
  private final int outputs;
  private final int targets;
  private final float[] scores;
  private final float[] labels;

  /**
   * Predictions for samples.
   *
   * @param classes how many there are; 0 where labels are real numbers
   * @param outputs columns of a prediction, at least 1
   * @param targets numbers of a label, at least 1; 1 where labels are classes
   * @param scores a row of outputs for each sample, one after the other; not copied
   * @param labels a row of targets for each sample, likewise
   * @throws InputException if there are not as many rows of both
   */
  public Predictions(int classes, int outputs, int targets, float[] scores, float[] labels) {
    if (outputs < 1
        || targets < 1
        || scores.length % outputs != 0
        || labels.length % targets != 0
        || scores.length / outputs != labels.length / targets) {
      throw new InputException(
          "%d scores in rows of %d are not for %d labels in rows of %d"
              .formatted(scores.length, outputs, labels.length, targets));
    }
    this.classes = classes;
    this.outputs = outputs;
    this.targets = targets;
    this.scores = scores;
    this.labels = labels;
  }

  /**
   * The number of samples.
   *
   * @return at least 0
   */
  public int size() {
    return labels.length / targets;
  }

  /**
   * The number of classes.
   *
   * @return 0 where labels are real numbers
   */
  public int classes() {
    return classes;
  }

  /**
   * Numbers of a prediction.
   *
   * @return at least 1
   */
  public int outputs() {
    return outputs;
  }

  /**
   * Numbers of a label.
   *
   * @return at least 1
   */
  public int targets() {
    return targets;
  }

  /**
   * A number of a prediction.
   *
   * @param sample from 0
   * @param column from 0 to {@link #outputs} - 1
   * @return a logit where labels are classes, else what is predicted
   */
  public double score(int sample, int column) {
    return scores[sample * outputs + column];
  }

  /**
   * A number of a label.
   *
   * @param sample from 0
   * @param column from 0 to {@link #targets} - 1
   * @return a real number
   */
  public double target(int sample, int column) {
    return labels[sample * targets + column];
  }

  /**
   * The class that a sample is of.
   *
   * @param sample from 0
   * @return from 0 to {@link #classes} - 1
   */
  public int label(int sample) {
    return (int) labels[sample * targets];
  }

  /**
   * The class that a sample is predicted to be of.
   *
   * @param sample from 0
   * @return the first of the most probable ones; of one output the second class where it is
   *     positive
   */
  public int predicted(int sample) {
    if (outputs == 1) {
      return score(sample, 0) > 0 ? 1 : 0;
    }
    int best = 0;
    for (int column = 1; column < outputs; column++) {
      if (score(sample, column) > score(sample, best)) {
        best = column;
      }
    }
    return best;
  }

  /**
   * How likely a class is, as the logarithm of its odds, {@code log(p / (1 - p))}: it orders
   * samples as the probability does, and does not round to a bound where that is nearly 0 or 1.
   *
   * @param sample from 0
   * @param type a class
   * @return any number
   */
  public double logOdds(int sample, int type) {
    if (outputs == 1) {
      return type == 1 ? score(sample, 0) : -score(sample, 0);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int other = 0; other < outputs; other++) {
      if (other != type) {
        largest = Math.max(largest, score(sample, other));
      }
    }
    double sum = 0;
    for (int other = 0; other < outputs; other++) {
      if (other != type) {
        sum += Math.exp(score(sample, other) - largest);
      }
    }
    return score(sample, type) - largest - Math.log(sum);
  }

  /**
   * The probability of a class.
   *
   * @param sample from 0
   * @param type a class
   * @return from 0 to 1
   */
  public double probability(int sample, int type) {
    return 1 / (1 + Math.exp(-logOdds(sample, type)));
  }
}
