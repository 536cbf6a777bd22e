package dev.anneal.nn;

import dev.anneal.core.InputException;
import dev.anneal.core.data.Samples;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that is a chain of layers.
 *
 * @param features numbers of a sample, at least 1
 * @param layers from the first to the last, at least one
 */
public record Sequential(int features, List<Layer> layers) {
  /** Checks and copies. */
  public Sequential {
    layers = List.copyOf(layers);
    if (features < 1 || layers.isEmpty()) {
      throw new InputException("a model needs at least one feature and one layer");
    }
  }

  /**
   * A chain of layers.
   *
   * @param features numbers of a sample, at least 1
   * @param layers from the first to the last, at least one
   * @return the model
   */
  public static Sequential of(int features, Layer... layers) {
    return new Sequential(features, List.of(layers));
  }

  /**
   * A layer as it stands in its model.
   *
   * @param name its name, such as {@code dense_1}
   * @param outputs columns of its output
   * @param parameters its weights
   */
  public record Placed(String name, int outputs, List<Parameter> parameters) {
    /**
     * How many weights the layer has.
     *
     * @return at least 0
     */
    public int size() {
      return parameters.stream().mapToInt(Parameter::size).sum();
    }
  }

  /** A graph of the model, its output, and its layers by name. */
  private record Traced(Graph graph, Node output, List<Placed> placed) {}

  private Traced trace(boolean training) {
    Graph graph = new Graph();
    Node node = graph.features(features);
    List<Placed> placed = new ArrayList<>();
    Map<String, Integer> count = new HashMap<>();
    for (Layer layer : layers) {
      String name = layer.kind() + "_" + count.merge(layer.kind(), 1, Integer::sum);
      int before = graph.parameters().size();
      node = layer.forward(new Scope(graph, name, training), node);
      List<Parameter> all = graph.parameters();
      placed.add(new Placed(name, node.shape().columns(), all.subList(before, all.size())));
    }
    return new Traced(graph, node, placed);
  }

  /**
   * The layers with their names and weights.
   *
   * @return one for each layer, in order
   */
  public List<Placed> placed() {
    return trace(false).placed;
  }

  /**
   * All weights.
   *
   * @return the parameters in the order of the layers
   */
  public List<Parameter> parameters() {
    return trace(false).graph.parameters();
  }

  /**
   * How many numbers the model predicts for a sample.
   *
   * @return at least 1
   */
  public int outputs() {
    return placed().getLast().outputs();
  }

  /**
   * Makes sure that the model can be trained on some samples.
   *
   * @param samples the samples
   * @throws InputException if they have other features or other classes than the model
   */
  public void check(Samples samples) {
    if (samples.features() != features) {
      throw new InputException(
          "the model takes %d numbers a sample, but the data has %d"
              .formatted(features, samples.features()));
    }
    int classes = Math.max(2, outputs());
    if (samples.classes() != classes) {
      throw new InputException(
          "the model tells %d classes apart, but the data has %d: end it in %s"
              .formatted(
                  classes, samples.classes(), samples.classes() == 2 ? "1" : samples.classes()));
    }
  }

  /**
   * The computation of a training step: prediction, loss, and the gradient of every parameter.
   *
   * @param loss what to minimize
   * @return the program
   */
  public Program training(Loss loss) {
    return program(trace(true), loss, true);
  }

  /**
   * The computation of an evaluation: prediction and loss.
   *
   * @param loss what to measure
   * @return the program
   */
  public Program evaluation(Loss loss) {
    return program(trace(false), loss, false);
  }

  private static Program program(Traced traced, Loss loss, boolean gradients) {
    Graph graph = traced.graph;
    Node each = loss.forward(graph, traced.output, graph.labels());
    return Program.of(graph, traced.output, each, gradients ? graph.parameters() : List.of());
  }

  /**
   * A table of the layers, their output columns and their weights.
   *
   * @return lines of text
   */
  public String summary() {
    StringBuilder text =
        new StringBuilder("%-14s %10s %12s%n".formatted("layer", "outputs", "weights"));
    int total = 0;
    for (Placed layer : placed()) {
      text.append("%-14s %10d %,12d%n".formatted(layer.name(), layer.outputs(), layer.size()));
      total += layer.size();
    }
    return text.append("%-14s %10s %,12d  (%,d bytes)".formatted("total", "", total, 4L * total))
        .toString();
  }
}
