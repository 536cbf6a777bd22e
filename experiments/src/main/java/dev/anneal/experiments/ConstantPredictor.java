package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Who always predicts the same, whatever is best on the training samples: the shares of the
 * classes, or the mean, which is 0 of standardized quantities.
 */
final class ConstantPredictor {
  private final PreparedRun run;
  private final double[] shares;

  ConstantPredictor(PreparedRun run) {
    this.run = run;
    Samples samples = run.data().training();
    shares = new double[samples.classes()];
    if (samples.classes() > 0) {
      for (int i = 0; i < samples.size(); i++) {
        shares[samples.label(i)] += 1.0 / samples.size();
      }
    }
  }

  /** Its mean loss on some samples; nothing where the loss of the run is none that it knows. */
  OptionalDouble loss(Samples samples) {
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

  /** Its accuracy on the training samples; 0 where there are no classes. */
  double accuracy() {
    return Arrays.stream(shares).max().orElse(0);
  }
}
