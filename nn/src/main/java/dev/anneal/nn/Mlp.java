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
import dev.anneal.nn.model.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reference multi-layer perceptron, written as the sizes of its layers: {@code 784-512-200-10}.
 * One output means two classes and a sigmoid, several mean that many classes and a softmax. For
 * data that are known, sizes may also be those of the hidden layers alone, {@code 512-200}, or
 * {@code linear} where there is none: see {@link #model(int, int)}.
 *
 * @param sizes numbers of a sample, then the units of each layer; or the units of each hidden
 *     layer, which may be none; each at least 1
 * @param hidden the activation of the hidden layers
 * @param kernel where the weights start; biases start at 0
 * @param dropout the rate of the dropout after each hidden layer, in [0, 1) at each update
 */
public record Mlp(List<Integer> sizes, Activation hidden, Initializer kernel, Schedule dropout)
    implements Architecture {
  private static final String LINEAR = "linear";

  /** Checks and copies. */
  public Mlp {
    sizes = List.copyOf(sizes);
    if (sizes.stream().anyMatch(size -> size < 1)) {
      throw notSizes(print(sizes));
    }
    Dropout.check(dropout);
  }

  /**
   * Reads sizes such as {@code 784-512-200-10}: relu, Glorot uniform, no dropout.
   *
   * @param text whole numbers joined by hyphens; or {@code linear}
   * @return the perceptron
   * @throws InputException if it is anything else
   */
  public static Mlp parse(String text) {
    try {
      List<Integer> sizes =
          isLinear(text)
              ? List.of()
              : Arrays.stream(text.strip().split("-", -1)).map(Integer::valueOf).toList();
      return new Mlp(sizes, Activation.RELU, Initializer.GLOROT_UNIFORM, Dropout.constant(0));
    } catch (NumberFormatException e) {
      throw notSizes(text);
    }
  }

  /** Whether a text says that there is no hidden layer. */
  static boolean isLinear(String text) {
    return text.strip().equals(LINEAR);
  }

  private static InputException notSizes(String text) {
    return new InputException(
        "\"%s\" is no model; write the sizes of its hidden layers, 512-200, or linear for none, or of all, features first, 784-512-200-10, or layers: dense(64), relu"
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
   * Numbers of a sample, where the sizes are those of all layers.
   *
   * @return at least 1
   */
  public int features() {
    return sizes.getFirst();
  }

  /**
   * The number of classes it tells apart, where the sizes are those of all layers.
   *
   * @return 2 for one output, else the number of outputs
   */
  public int classes() {
    return Math.max(2, sizes.getLast());
  }

  /**
   * The loss that fits its last layer, where the sizes are those of all layers.
   *
   * @return cross-entropy, binary for one output
   */
  public Loss loss() {
    return sizes.getLast() == 1 ? CrossEntropy.BINARY : CrossEntropy.SPARSE_CATEGORICAL;
  }

  /**
   * The chain of layers of a classifier, where the sizes are those of all layers.
   *
   * @return the model
   * @throws InputException if there are fewer than two, which cannot be those of all layers
   */
  public Sequential model() {
    if (sizes.size() < 2) {
      throw new InputException(
          "%s tells of hidden layers alone; the sizes of all layers are at least two"
              .formatted(this));
    }
    return chain(Optional.of(sizes.getLast() == 1 ? Activation.SIGMOID : Activation.SOFTMAX));
  }

  /**
   * The network for some data. Sizes that begin with the features and end with the outputs (one for
   * two classes and for real numbers) are those of all layers. Otherwise they are those of the
   * hidden layers, unless one end fits, so that the other is rather a mistake: with three sizes or
   * more, or where the last one fits.
   *
   * @param features numbers of a sample
   * @param classes how many there are; 0 for real numbers, which have no activation at the end
   * @return the model
   * @throws InputException if one end fits and the other does not
   */
  @Override
  public Sequential model(int features, int classes) {
    Outputs outputs = new Outputs(classes);
    boolean begins = sizes.size() > 1 && sizes.getFirst() == features;
    boolean ends = endsIn(classes);
    if (begins && ends) {
      return classes == 0 ? chain(Optional.empty()) : model();
    }
    if (ends || (begins && sizes.size() > 2)) {
      throw misfit(features, outputs, begins);
    }
    return new Mlp(whole(features, sizes, outputs), hidden, kernel, dropout)
        .chain(outputs.activation());
  }

  @Override
  public Sequential model(List<Integer> shape, int classes) {
    return model(shape.stream().reduce(1, Math::multiplyExact), classes);
  }

  private boolean endsIn(int classes) {
    return sizes.size() > 1 && (classes == 0 ? sizes.getLast() == 1 : classes() == classes);
  }

  private static List<Integer> whole(int features, List<Integer> hidden, Outputs outputs) {
    return Stream.of(List.of(features), hidden, List.of(outputs.count()))
        .flatMap(List::stream)
        .toList();
  }

  /** Of two sizes the first may be meant for a hidden layer. */
  private InputException misfit(int features, Outputs outputs, boolean begins) {
    List<Integer> alone = sizes.subList(sizes.size() == 2 ? 0 : 1, sizes.size() - 1);
    String wrong =
        begins
            ? "ends in %d, but %s take %d"
                .formatted(sizes.getLast(), outputs.owner(), outputs.count())
            : "begins with %d, but a sample has %d numbers".formatted(sizes.getFirst(), features);
    return new InputException(
        "the model %s %s: write the sizes of all layers, %s, or those of the hidden layers alone, %s"
            .formatted(this, wrong, print(whole(features, alone, outputs)), print(alone)));
  }

  private Sequential chain(Optional<Activation> end) {
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
    end.ifPresent(layers::add);
    return new Sequential(features(), layers);
  }

  /**
   * What to minimize. Two classes are told apart by one output, or by two where the sizes are those
   * of all layers and end so.
   *
   * @param classes how many there are; 0 for real numbers
   * @return the loss that fits the outputs of {@link #model(int, int)}
   */
  @Override
  public Loss loss(int classes) {
    return classes > 0 && endsIn(classes) ? loss() : new Outputs(classes).loss();
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
    return sizes.isEmpty()
        ? LINEAR
        : sizes.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
