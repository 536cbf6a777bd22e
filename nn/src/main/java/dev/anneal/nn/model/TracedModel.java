package dev.anneal.nn.model;

import dev.anneal.api.InputException;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.graph.Shape;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** A model written out as nodes. */
public record TracedModel(Scope scope, Node output) {
  public static TracedModel of(Model model, boolean training) {
    return of(model, training ? Mode.TRAINING : Mode.EVALUATION, Parameter::trained);
  }

  /**
   * Writes a model out.
   *
   * @param mode what for
   * @param trained which weights are not frozen
   */
  public static TracedModel of(Model model, Mode mode, Predicate<Parameter> trained) {
    Graph graph = new Graph();
    Scope scope = Scope.of(graph, mode, trained);
    Node output = model.forward(scope, graph.features(model.shape()));
    if (output.shape().rows() != Shape.BATCH) {
      throw new InputException(
          "the model gives %s; it must give a row for each sample".formatted(output.shape()));
    }
    return new TracedModel(scope, graph.withAxes(output, List.of(output.shape().columns())));
  }

  Graph graph() {
    return scope.graph();
  }

  /** The computation of a step; with gradients of all that is trained if the model trains. */
  public Program program(Loss loss) {
    return program(loss, scope.learns() ? graph().parameters() : List.of());
  }

  /** All weights. */
  List<Parameter> parameters() {
    return graph().parameters();
  }

  /** Whether it is another where other weights are frozen. */
  boolean dependsOnFrozen() {
    return scope.dependsOnFrozen();
  }

  /** The states that follow the batches. */
  public List<Parameter> followed() {
    return scope.followed();
  }

  private Node described(Loss loss, Node labels) {
    String where =
        "loss %s, on %s and labels %s: ".formatted(loss.kind(), output.shape(), labels.shape());
    try {
      Node each = loss.forward(graph(), output, labels);
      if (each == null) {
        throw new WiringException(where + "forward gives null");
      }
      return each;
    } catch (WiringException | InputException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WiringException(where + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new WiringException(where + e, e);
    }
  }

  /** The computation of the output alone, and of what becomes of the states. */
  public Program prediction() {
    return program(new Unmeasured(), List.of());
  }

  /** A loss for what is only predicted. */
  private record Unmeasured() implements Loss {
    @Override
    public Node forward(Graph graph, Node output, Node labels) {
      return graph.slice(output, 0, 1);
    }

    @Override
    public int classes(int outputs) {
      return 0;
    }

    @Override
    public int labels(int outputs) {
      return 0;
    }

    @Override
    public String kind() {
      return "unmeasured";
    }
  }

  /** The computation of a step, with gradients of some parameters. */
  public Program program(Loss loss, Collection<Parameter> trained) {
    int read = Math.max(1, loss.labels(output.shape().columns()));
    Node labels = graph().labels(loss.weighted() ? read + 1 : read);
    Node each = described(loss, labels);
    if (!each.shape().equals(Shape.batch(1))) {
      throw new InputException(
          "%s gives %s; a loss is one number for each sample, [batch x 1]"
              .formatted(loss.kind(), each.shape()));
    }
    return Program.of(graph(), output, each, List.copyOf(trained));
  }
}
