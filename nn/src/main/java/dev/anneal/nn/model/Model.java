package dev.anneal.nn.model;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A model: a computation on the features of the batch, made of layers and nodes in any way. A chain
 * of layers is a {@link Sequential}; anything else is written out with {@link #of}:
 *
 * <pre>{@code
 * Model.of(20, (scope, features) -> {
 *   Graph graph = scope.graph();
 *   Node image = scope.apply(new Dense(64), graph.slice(features, 0, 16));
 *   Node rest = scope.apply(new Dense(8), graph.slice(features, 16, 20));
 *   return scope.apply(new Dense(3), graph.concatenate(image, rest));
 * });
 * }</pre>
 *
 * <p>Several inputs are columns of the features, several outputs columns of the output.
 */
public interface Model {
  /**
   * The number of features of a sample.
   *
   * @return at least 1
   */
  int features();

  /**
   * How the features of a sample belong together.
   *
   * @return extents whose product is {@link #features}: of an image its rows, columns and channels
   */
  default List<Integer> shape() {
    return List.of(features());
  }

  /**
   * Describes the computation. It is traced anew for training and for evaluation, and must make the
   * same weights in both.
   *
   * @param scope applies layers
   * @param features [batch x features]
   * @return [batch x outputs]
   */
  Node forward(Scope scope, Node features);

  /**
   * A model of any computation.
   *
   * @param features numbers of a sample, at least 1
   * @param forward see {@link #forward}
   * @return the model
   */
  static Model of(int features, BiFunction<Scope, Node, Node> forward) {
    return new FunctionalModel(features, forward);
  }

  /**
   * A layer of a model, with its name and weights.
   *
   * @param name its name, such as {@code dense_1}
   * @param shape how the numbers of its output belong together
   * @param parameters its weights
   */
  record LayerInfo(String name, List<Integer> shape, List<Parameter> parameters) {
    /**
     * How many weights the layer has.
     *
     * @return at least 0
     */
    public int size() {
      return parameters.stream().mapToInt(Parameter::size).sum();
    }
  }

  /**
   * The layers with their names and weights.
   *
   * @return one for each layer that the model applied, in order
   */
  default List<LayerInfo> layerInfos() {
    return TracedModel.of(this, false).scope().layerInfos();
  }

  /**
   * All weights.
   *
   * @return the parameters in the order of the layers
   */
  default List<Parameter> parameters() {
    return TracedModel.of(this, false).graph().parameters();
  }

  /**
   * The schedules that layers read in training, without constants.
   *
   * @return schedules by name, such as {@code dropout_1.rate}
   */
  default Map<String, Schedule> schedules() {
    return TracedModel.of(this, true).scope().schedules();
  }

  /**
   * The number of outputs of the model for a sample.
   *
   * @return at least 1
   */
  default int outputs() {
    return TracedModel.of(this, false).output().shape().columns();
  }

  /**
   * Makes sure that the model can be trained on some samples.
   *
   * @param samples the samples
   * @param loss what is minimized
   * @throws InputException if they have other features or other labels than model and loss take, or
   *     weights that the loss does not read
   */
  default void check(Samples samples, Loss loss) {
    if (samples.features() != features()) {
      throw new InputException(
          "the model takes %d numbers a sample, but the data has %d"
              .formatted(features(), samples.features()));
    }
    if (samples.weighted() && !loss.weighted()) {
      throw new InputException(
          "the samples have weights, which %s does not read".formatted(loss.kind()));
    }
    int classes = loss.classes(outputs());
    int labels = loss.labels(outputs());
    if (labels == 0 && samples.targets() == 1) {
      return;
    }
    if ((classes == 0) != (samples.classes() == 0) || samples.targets() != labels) {
      throw new InputException(
          "%s takes %s for labels, but the data has %s"
              .formatted(
                  loss.kind(), kind(classes, labels), kind(samples.classes(), samples.targets())));
    }
    if (samples.classes() != classes) {
      throw new InputException(
          "the model tells %d classes apart, but the data has %d: end it in %s"
              .formatted(
                  classes, samples.classes(), samples.classes() == 2 ? "1" : samples.classes()));
    }
  }

  private static String kind(int classes, int labels) {
    return classes > 0 ? "classes" : labels == 1 ? "one number" : labels + " numbers";
  }

  /**
   * The computation of a training step: prediction, loss, and the gradient of every parameter.
   *
   * @param loss what to minimize
   * @return the program
   */
  default Program training(Loss loss) {
    return TracedModel.of(this, true).program(loss);
  }

  /**
   * The computation of an evaluation: prediction and loss.
   *
   * @param loss what to measure
   * @return the program
   */
  default Program evaluation(Loss loss) {
    return TracedModel.of(this, false).program(loss);
  }

  /**
   * A table of the layers, the shapes of their outputs and their weights.
   *
   * @return lines of text
   */
  default String summary() {
    StringBuilder text =
        new StringBuilder("%-14s %10s %12s%n".formatted("layer", "outputs", "weights"));
    int total = 0;
    for (LayerInfo layer : layerInfos()) {
      String outputs = layer.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
      text.append("%-14s %10s %,12d%n".formatted(layer.name(), outputs, layer.size()));
      total += layer.size();
    }
    return text.append("%-14s %10s %,12d  (%,d bytes)".formatted("total", "", total, 4L * total))
        .toString();
  }
}
