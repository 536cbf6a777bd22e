package dev.anneal.nn.model;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.window.Geometry;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a layer writes its computation with. */
public final class Scope {
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_-]*");

  private final Trace trace;
  private final String name;
  private final Map<String, Integer> count = new HashMap<>();
  private final List<Model.LayerInfo> layers;

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
    this(
        new Trace(graph, training ? Mode.TRAINING : Mode.EVALUATION, Parameter::trained),
        name,
        new ArrayList<>(),
        false);
  }

  private Scope(Trace trace, String name, List<Model.LayerInfo> layers, boolean again) {
    this.trace = trace;
    this.name = name;
    this.layers = layers;
    this.again = again;
  }

  /**
   * The scope of a whole model.
   *
   * @param graph makes nodes
   * @param mode what for
   * @param trained which weights are not frozen
   */
  static Scope of(Graph graph, Mode mode, Predicate<Parameter> trained) {
    return new Scope(new Trace(graph, mode, trained), "", new ArrayList<>(), false);
  }

  /**
   * What all scopes of a model have in common.
   *
   * @param schedules that layers read
   * @param parts that were begun anywhere in the model
   * @param followed states that follow the batches
   * @param frozen whether a layer has asked what is frozen
   */
  private record Trace(
      Graph graph,
      Mode mode,
      Predicate<Parameter> trained,
      Map<String, Schedule> schedules,
      Set<String> parts,
      List<Parameter> followed,
      AtomicBoolean frozen) {
    Trace(Graph graph, Mode mode, Predicate<Parameter> trained) {
      this(
          graph,
          mode,
          trained,
          new LinkedHashMap<>(),
          new HashSet<>(),
          new ArrayList<>(),
          new AtomicBoolean());
    }
  }

  /**
   * Makes nodes.
   *
   * @return the graph
   */
  public Graph graph() {
    return trace.graph;
  }

  /**
   * Whether the model trains, or is computed as if it did to make running values.
   *
   * @return false when it is evaluated
   */
  public boolean training() {
    return trace.mode != Mode.EVALUATION;
  }

  /**
   * Whether weights are frozen.
   *
   * @param weights what {@link #weights(String, int, int, Initializer)} gave
   * @return whether they are in no group that is trained now
   */
  public boolean frozen(Node weights) {
    trace.frozen.set(true);
    return weights.op() instanceof Op.Weights(Parameter parameter)
        && !trace.trained.test(parameter);
  }

  /**
   * Lets a state follow what each batch has: {@code state = momentum state + (1 - momentum) batch}.
   * Where the model is evaluated with other weights than those that are trained, such as averages,
   * the state is made for these: it is then the mean of what the batches of all training samples
   * have with them.
   *
   * @param state what {@link #state} gave
   * @param batch of the same shape
   * @param momentum the part that is kept, in [0, 1)
   */
  public void follow(Node state, Node batch, double momentum) {
    Node next = batch;
    if (trace.mode == Mode.TRAINING) {
      Expression kept = new Expression.Operand(0).times(momentum);
      next =
          graph()
              .elementwise(kept.plus(new Expression.Operand(1).times(1 - momentum)), state, batch);
    }
    graph().assign(state, next);
    if (state.op() instanceof Op.Weights(Parameter parameter)) {
      trace.followed.add(parameter);
    }
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
   * New weights of a convolution.
   *
   * @param suffix distinguishes them from the layer's other weights
   * @param geometry of images and window
   * @param initializer where they start
   * @return a row for each number of a patch, a column for each filter
   */
  public Node filters(String suffix, Geometry geometry, Initializer initializer) {
    int taps = geometry.window().height() * geometry.window().width();
    return weights(
        new Parameter(
            within(suffix), geometry.patch(), geometry.filters(), taps, initializer, true));
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
      return graph().weights(parameter);
    }
    if (!graph().parameters().contains(parameter)) {
      throw new IllegalArgumentException(
          "%s is [%d x %d] here, but was another when %s was used before"
              .formatted(parameter.name(), parameter.rows(), parameter.columns(), name));
    }
    return graph().read(parameter);
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
    if (trace.mode != Mode.TRAINING || rate.equals(new Constant(0))) {
      return input;
    }
    if (!(rate instanceof Constant)) {
      trace.schedules.put(within("rate"), rate);
    }
    return graph().multiply(input, graph().dropout(input.shape(), rate));
  }

  /**
   * What a layer within this one computes. Its weights are named after both: {@code
   * residual_1.dense_2.kernel}.
   *
   * @param layer the layer
   * @param input [batch x columns]
   * @return its output
   * @throws IllegalArgumentException if what it computes does not fit together, or it fails or has
   *     no kind; the message names the layer and the operands
   * @throws InputException if something in it refuses its parameters; the message names the layer
   */
  public Node apply(Layer layer, Node input) {
    String kind = layer.kind();
    if (kind == null || !KIND.matcher(kind).matches()) {
      throw new WiringException(
          "%s: its kind, from which its weights are named, is \"%s\"; it must be one word in lower case"
              .formatted(layer.getClass().getName(), kind));
    }
    String inner = within(kind + "_" + count.merge(kind, 1, Integer::sum));
    int before = graph().parameters().size();
    Node output = described(layer, inner, input);
    List<Parameter> all = graph().parameters();
    layers.add(new Model.LayerInfo(inner, output.shape().axes(), all.subList(before, all.size())));
    return output;
  }

  private Node described(Layer layer, String inner, Node input) {
    String where = "layer %s, on %s: ".formatted(inner, input.shape());
    try {
      Node output = layer.forward(new Scope(trace, inner, new ArrayList<>(), again), input);
      if (output == null) {
        throw new WiringException(where + "forward gives null");
      }
      if (input.shape().rows() == Shape.BATCH && output.shape().rows() != Shape.BATCH) {
        throw new WiringException(
            "%sforward gives %s, which has no row for each sample"
                .formatted(where, output.shape()));
      }
      return output;
    } catch (WiringException e) {
      throw e; // a layer within this one has said it
    } catch (InputException e) {
      String message = String.valueOf(e.getMessage());
      throw message.contains(inner) ? e : new InputException(where + message, e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WiringException(where + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new WiringException(where + e, e);
    }
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
    boolean repeated = again || !trace.parts.add(inner);
    return new Scope(trace, inner, repeated ? new ArrayList<>() : layers, repeated);
  }

  /** The schedules that the layers read, by name. */
  Map<String, Schedule> schedules() {
    return Collections.unmodifiableMap(trace.schedules);
  }

  /** The states that follow the batches. */
  List<Parameter> followed() {
    return List.copyOf(trace.followed);
  }

  /** Whether a layer has asked what is frozen. */
  boolean dependsOnFrozen() {
    return trace.frozen.get();
  }

  /** Whether there is a gradient of all that is trained. */
  boolean learns() {
    return trace.mode == Mode.TRAINING;
  }

  /** The layers that were applied here, in order. */
  List<Model.LayerInfo> layerInfos() {
    return List.copyOf(layers);
  }

  private String within(String inner) {
    return name.isEmpty() ? inner : name + "." + inner;
  }
}
