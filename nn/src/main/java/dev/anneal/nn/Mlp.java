package dev.anneal.nn;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.layer.Flatten;
import dev.anneal.nn.loss.CrossEntropy;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A reference multi-layer perceptron for classification, written as the sizes of its layers: {@code
 * 784-512-200-10}. One output means two classes and a sigmoid, several mean that many classes and a
 * softmax.
 *
 * @param sizes numbers of a sample, then the units of each layer; at least two, each at least 1
 * @param hidden the activation of all layers but the last
 * @param kernel where the weights start; biases start at 0
 * @param dropout the rate of the dropout after each hidden layer, in [0, 1) at each update
 */
public record Mlp(List<Integer> sizes, Activation hidden, Initializer kernel, Schedule dropout)
    implements Architecture {
  /** Checks and copies. */
  public Mlp {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw notSizes(print(sizes));
    }
    Dropout.check(dropout);
  }

  /**
   * Reads sizes such as {@code 784-512-200-10}: relu, Glorot uniform, no dropout.
   *
   * @param text whole numbers joined by hyphens
   * @return the perceptron
   * @throws InputException if it is anything else
   */
  public static Mlp parse(String text) {
    try {
      List<Integer> sizes =
          Arrays.stream(text.strip().split("-", -1)).map(Integer::valueOf).toList();
      return new Mlp(sizes, Activation.RELU, Initializer.GLOROT_UNIFORM, Dropout.constant(0));
    } catch (NumberFormatException e) {
      throw notSizes(text);
    }
  }

  private static InputException notSizes(String text) {
    return new InputException(
        "\"%s\" is no model; write the sizes of its layers, features first: 784-512-200-10, or layers: dense(64), relu"
            .formatted(Messages.brief(text)));
  }

  /**
   * The same with another hidden activation.
   *
   * @param activation the activation
   * @return a copy
   */
  public Mlp withHidden(Activation activation) {
    return new Mlp(sizes, activation, kernel, dropout);
  }

  /**
   * The same with weights that start elsewhere.
   *
   * @param initializer where the weights start
   * @return a copy
   */
  public Mlp withKernel(Initializer initializer) {
    return new Mlp(sizes, hidden, initializer, dropout);
  }

  /**
   * The same with dropout after each hidden layer.
   *
   * @param rate its rate, in [0, 1)
   * @return a copy
   */
  public Mlp withDropout(double rate) {
    return withDropout(Dropout.constant(rate));
  }

  /**
   * The same with dropout after each hidden layer.
   *
   * @param rate its rate, in [0, 1) at each update
   * @return a copy
   */
  public Mlp withDropout(Schedule rate) {
    return new Mlp(sizes, hidden, kernel, rate);
  }

  /**
   * Numbers of a sample.
   *
   * @return at least 1
   */
  public int features() {
    return sizes.getFirst();
  }

  /**
   * The number of classes it tells apart.
   *
   * @return 2 for one output, else the number of outputs
   */
  public int classes() {
    return Math.max(2, sizes.getLast());
  }

  /**
   * The loss that fits its last layer.
   *
   * @return cross-entropy, binary for one output
   */
  public Loss loss() {
    return sizes.getLast() == 1 ? CrossEntropy.BINARY : CrossEntropy.SPARSE_CATEGORICAL;
  }

  /**
   * The chain of layers.
   *
   * @return the model
   */
  public Sequential model() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Flatten());
    for (int i = 1; i < sizes.size(); i++) {
      layers.add(new Dense(sizes.get(i), kernel, Initializer.ZEROS));
      if (i < sizes.size() - 1) {
        layers.add(hidden);
        if (!dropout.equals(new Constant(0))) {
          layers.add(new Dropout(dropout));
        }
      }
    }
    layers.add(sizes.getLast() == 1 ? Activation.SIGMOID : Activation.SOFTMAX);
    return new Sequential(features(), layers);
  }

  @Override
  public Model model(int features, int classes) {
    return model();
  }

  @Override
  public Loss loss(int classes) {
    return loss();
  }

  @Override
  public String print() {
    return print(sizes);
  }

  @Override
  public String toString() {
    return print();
  }

  private static String print(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
