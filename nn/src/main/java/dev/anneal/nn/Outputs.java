package dev.anneal.nn;

import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.model.Loss;
import java.util.Optional;

/**
 * The end of a network, as labels want it.
 *
 * @param classes how many there are; 0 if labels are real numbers
 */
record Outputs(int classes) {
  /** One for two classes and for real numbers, else one for each class. */
  int count() {
    return classes == 2 || classes == 0 ? 1 : classes;
  }

  /** What makes probabilities of them, for classes. */
  Optional<Activation> activation() {
    return classes == 0
        ? Optional.empty()
        : Optional.of(count() == 1 ? Activation.SIGMOID : Activation.SOFTMAX);
  }

  Loss loss() {
    return switch (classes) {
      case 0 -> Regression.MEAN_SQUARED_ERROR;
      case 2 -> CrossEntropy.BINARY;
      default -> CrossEntropy.SPARSE_CATEGORICAL;
    };
  }

  /** Whose outputs they are, for messages. */
  String owner() {
    return classes == 0 ? "real numbers" : classes + " classes";
  }
}
