package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.measure.Predictions;

/** How a model does on each single sample. */
public final class RowScores {
  private RowScores() {}

  /**
   * The loss of each sample.
   *
   * @param model that was trained
   * @param samples with labels of its target
   * @return minus the logarithm of the probability of the label; of a quantity the squared error,
   *     in units of the target as it was trained on
   */
  public static double[] losses(TrainedModel model, Samples samples) {
    Predictions predictions = ModelScores.predictions(model.predictor(), samples);
    double[] losses = new double[predictions.size()];
    for (int i = 0; i < losses.length; i++) {
      if (predictions.classes() > 0) {
        double odds = predictions.logOdds(i, predictions.label(i));
        losses[i] = Math.max(0, -odds) + Math.log1p(Math.exp(-Math.abs(odds)));
      } else {
        double error = predictions.score(i, 0) - predictions.target(i, 0);
        losses[i] = error * error;
      }
    }
    return losses;
  }

  /**
   * Which samples are taken for another class.
   *
   * @param model that was trained
   * @param samples with classes
   * @return 1 where it is wrong, else 0
   */
  public static double[] mistakes(TrainedModel model, Samples samples) {
    Predictions predictions = ModelScores.predictions(model.predictor(), samples);
    double[] mistakes = new double[predictions.size()];
    for (int i = 0; i < mistakes.length; i++) {
      mistakes[i] = predictions.predicted(i) == predictions.label(i) ? 0 : 1;
    }
    return mistakes;
  }
}
