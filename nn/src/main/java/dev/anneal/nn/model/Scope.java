package dev.anneal.nn.model;

import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a layer writes its computation with. */
public final class Scope {
  private final Graph graph;
  private final String name;
  private final boolean training;
  private final Map<String, Integer> count = new HashMap<>();
  private final List<Model.LayerInfo> layers;
  private final Map<String, Schedule> schedules;

  /** The parts that were begun anywhere in the model. */
  private final Set<String> parts;

  /** Whether the weights were made when this part was used before. */
  private final boolean again;

  /**
   * A scope.
   *
   * @param graph makes nodes
   * @param name the layer's name in its model, such as {@code dense_1}; empty for the model itself
   * @param training whether the model trains; false when it is evaluated
   */
  public Scope(Graph graph, String name, boolean training) {
    this.graph = graph;
    this.name = name;
    this.training = training;
    layers = new ArrayList<>();
    schedules = new LinkedHashMap<>();
    parts = new HashSet<>();
    again = false;
  }

  private Scope(Scope outer, String name, List<Model.LayerInfo> layers, boolean again) {
    graph = outer.graph;
    this.name = name;
    training = outer.training;
    this.layers = layers;
    schedules = outer.schedules;
    parts = outer.parts;
    this.again = again;
  }

  /**
   * Makes nodes.
   *
   * @return the graph
   */
  public Graph graph() {
    return graph;
  }

  /**
   * Whether the model trains.
   *
   * @return false when it is evaluated
   */
  public boolean training() {
    return training;
  }

  /**
   * New weights of this layer.
   *
   * @param suffix distinguishes them from the layer's other weights, such as {@code kernel}
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param initializer where they start
   * @return [rows x columns]
   */
  public Node weights(String suffix, int rows, int columns, Initializer initializer) {
    return weights(new Parameter(within(suffix), rows, columns, initializer));
  }

  /**
   * New state of this layer: numbers that are not trained, and are saved with the weights.
   *
   * @param suffix distinguishes it from the layer's weights, such as {@code running_mean}
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param initializer where they start
   * @return [rows x columns]; {@link Graph#assign} says what becomes of them
   */
  public Node state(String suffix, int rows, int columns, Initializer initializer) {
    return weights(new Parameter(within(suffix), rows, columns, initializer, false));
  }

  private Node weights(Parameter parameter) {
    if (!again) {
      return graph.weights(parameter);
    }
    if (!graph.parameters().contains(parameter)) {
      throw new IllegalArgumentException(
          "%s was another when %s was used before".formatted(parameter, name));
    }
    return graph.read(parameter);
  }

  /**
   * Random zeros while the model trains: each number is 0 with probability {@code rate}, the others
   * are scaled by {@code 1 / (1 - rate)}. The rate is a hyper-parameter of this layer.
   *
   * @param input any
   * @param rate a probability, in [0, 1) at each update
   * @return the input, with zeros if the model trains
   */
  public Node dropout(Node input, Schedule rate) {
    if (!training || rate.equals(new Constant(0))) {
      return input;
    }
    if (!(rate instanceof Constant)) {
      schedules.put(within("rate"), rate);
    }
    return graph.multiply(input, graph.dropout(input.shape(), rate));
  }

  /**
   * What a layer within this one computes. Its weights are named after both: {@code
   * residual_1.dense_2.kernel}.
   *
   * @param layer the layer
   * @param input [batch x columns]
   * @return its output
   */
  public Node apply(Layer layer, Node input) {
    String inner = within(layer.kind() + "_" + count.merge(layer.kind(), 1, Integer::sum));
    int before = graph.parameters().size();
    Node output = layer.forward(new Scope(this, inner, new ArrayList<>(), again), input);
    List<Parameter> all = graph.parameters();
    layers.add(
        new Model.LayerInfo(inner, output.shape().columns(), all.subList(before, all.size())));
    return output;
  }

  /**
   * A part of the model that may be used several times, each time with the same weights: layers
   * that are applied in it the second time must be those of the first.
   *
   * <pre>{@code
   * Node discriminate(Scope scope, Node input) {
   *   Scope part = scope.part("discriminator");
   *   return part.apply(new Dense(1), part.apply(Activation.RELU, part.apply(new Dense(64), input)));
   * }
   * }</pre>
   *
   * @param part its name; its weights are named after it
   * @return a scope for its layers
   */
  public Scope part(String part) {
    String inner = within(part);
    boolean repeated = again || !parts.add(inner);
    return new Scope(this, inner, repeated ? new ArrayList<>() : layers, repeated);
  }

  /** The schedules that the layers read, by name. */
  Map<String, Schedule> schedules() {
    return Collections.unmodifiableMap(schedules);
  }

  /** The layers that were applied here, in order. */
  List<Model.LayerInfo> layerInfos() {
    return List.copyOf(layers);
  }

  private String within(String inner) {
    return name.isEmpty() ? inner : name + "." + inner;
  }
}
