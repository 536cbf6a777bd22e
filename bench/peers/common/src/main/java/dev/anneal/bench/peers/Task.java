package dev.anneal.bench.peers;

import java.util.List;

/**
 * A perceptron to train: relu between the layers; the loss is the cross-entropy, of a softmax or,
 * where there is one output, of a sigmoid.
 *
 * @param title what its row is called
 * @param sizes features, units of each layer
 * @param batch samples of a step
 * @param optimizer the rule
 * @param learningRate of the rule
 */
public record Task(
    String title, List<Integer> sizes, int batch, Optimizer optimizer, float learningRate) {
  /** The rule of the updates; Adam with 0.9, 0.999 and 1e-8. */
  public enum Optimizer {
    /** Plain gradient descent. */
    SGD,
    /** Adam. */
    ADAM
  }

  /** The perceptron for Fashion-MNIST, plain gradient descent. */
  public static final Task SGD =
      new Task("step 784-512-200-10 sgd", List.of(784, 512, 200, 10), 64, Optimizer.SGD, 0.01f);

  /** The same with Adam. */
  public static final Task ADAM =
      new Task("step 784-512-200-10 adam", List.of(784, 512, 200, 10), 64, Optimizer.ADAM, 0.0001f);

  /** The perceptron for Ionosphere. */
  public static final Task SMALL =
      new Task("step 34-34-1 sgd", List.of(34, 34, 1), 28, Optimizer.SGD, 0.01f);

  /** The same as a whole process. */
  static final Task IONOSPHERE =
      new Task("process ionosphere", List.of(34, 34, 1), 28, Optimizer.SGD, 0.1f);

  /** Numbers of a sample. */
  public int features() {
    return sizes.getFirst();
  }

  /** Numbers that the last layer gives. */
  public int outputs() {
    return sizes.getLast();
  }

  /** How many layers have weights. */
  public int layers() {
    return sizes.size() - 1;
  }

  /** Whether the one output is the probability of label 1. */
  public boolean binary() {
    return outputs() == 1;
  }

  /** What a label may be: from 0 to one less. */
  int classes() {
    return binary() ? 2 : outputs();
  }

  /**
   * Labels as the loss wants them, row-major: 0 or 1 where there is one output, otherwise a 1 in
   * the place of the label.
   */
  public float[] targets(int[] labels) {
    float[] targets = new float[labels.length * outputs()];
    for (int row = 0; row < labels.length; row++) {
      if (binary()) {
        targets[row] = labels[row];
      } else {
        targets[row * outputs() + labels[row]] = 1;
      }
    }
    return targets;
  }
}
