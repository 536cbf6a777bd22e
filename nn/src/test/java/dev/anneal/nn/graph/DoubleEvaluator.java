package dev.anneal.nn.graph;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.random.RandomStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes a program in double precision, node by node and straight from the definitions: the
 * oracle of gradients and of plans. It shares no code with the engine.
 */
public final class DoubleEvaluator {
  private final Program program;
  private final double[] features;
  private final double[] labels;
  private final RandomStream dropout;
  private final Map<Node, double[]> values = new HashMap<>();
  private double nearestKink = Double.POSITIVE_INFINITY;

  /** Weights of each parameter, row-major. A test changes them between evaluations. */
  public final Map<Parameter, double[]> weights;

  public DoubleEvaluator(
      Program program,
      Map<Parameter, double[]> weights,
      double[] features,
      double[] labels,
      RandomStream dropout) {
    this.program = program;
    this.weights = weights;
    this.features = features;
    this.labels = labels;
    this.dropout = dropout;
  }

  /** The mean loss of the batch at iteration 0. */
  public double loss() {
    compute(Graphs.ancestors(List.of(program.loss())));
    double sum = 0;
    for (double each : values.get(program.loss())) {
      sum += each;
    }
    return sum / labels.length;
  }

  /**
   * How near the sides of a comparison came in the last {@link #loss}: where they cross, the loss
   * has no derivative.
   */
  public double nearestKink() {
    return nearestKink;
  }

  /** What the program derived as the gradient of the mean loss. */
  public double[] gradient(Parameter parameter) {
    compute(program.nodes());
    Node node = program.gradients().get(parameter);
    return node == null ? new double[parameter.size()] : values.get(node);
  }

  /** The value of any node of the program. */
  public double[] value(Node node) {
    compute(program.nodes());
    return values.get(node);
  }

  private void compute(List<Node> nodes) {
    values.clear();
    nearestKink = Double.POSITIVE_INFINITY;
    nodes.forEach(node -> values.put(node, compute(node)));
  }

  private int rows(Node node) {
    return node.shape().rows(labels.length);
  }

  private double[] compute(Node node) {
    int rows = rows(node);
    int columns = node.shape().columns();
    double[] result = new double[rows * columns];
    return switch (node.op()) {
      case Op.Features _ -> features;
      case Op.Labels _ -> labels;
      case Op.InverseBatch _ -> new double[] {1.0 / labels.length};
      case Op.Weights(Parameter parameter) -> weights.get(parameter);
      case Op.Product(boolean left, boolean right) -> {
        product(node, left, right, result);
        yield result;
      }
      case Op.Elementwise(Lane value) -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = lane(value, node.operands(), i / columns, i % columns);
        }
        yield result;
      }
      case Op.RowSum _ -> {
        double[] of = operand(node);
        int width = of.length / rows;
        for (int i = 0; i < of.length; i++) {
          result[i / width] += of[i];
        }
        yield result;
      }
      case Op.ColumnSum _ -> {
        double[] of = operand(node);
        for (int i = 0; i < of.length; i++) {
          result[i % columns] += of[i];
        }
        yield result;
      }
      case Op.RowMax _ -> {
        double[] of = operand(node);
        int width = of.length / rows;
        Arrays.fill(result, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < of.length; i++) {
          result[i / width] = Math.max(result[i / width], of[i]);
        }
        yield result;
      }
      case Op.OneHot _ -> {
        for (int row = 0; row < rows; row++) {
          result[row * columns + (int) operand(node)[row]] = 1;
        }
        yield result;
      }
      case Op.Dropout(double rate, int stream) -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = dropout.child(stream).uniform(0, i) < rate ? 0 : 1 / (1 - rate);
        }
        yield result;
      }
    };
  }

  private double[] operand(Node node) {
    return values.get(node.operands().getFirst());
  }

  private void product(Node node, boolean transposeLeft, boolean transposeRight, double[] c) {
    Node left = node.operands().get(0);
    Node right = node.operands().get(1);
    double[] a = values.get(left);
    double[] b = values.get(right);
    int columns = node.shape().columns();
    int depth = a.length / rows(node);
    for (int i = 0; i < c.length; i++) {
      for (int k = 0; k < depth; k++) {
        int row = i / columns;
        int column = i % columns;
        c[i] +=
            a[transposeLeft ? k * left.shape().columns() + row : row * depth + k]
                * b[transposeRight ? column * depth + k : k * columns + column];
      }
    }
  }

  private double lane(Lane lane, List<Node> operands, int row, int column) {
    return switch (lane) {
      case Lane.Element(int i) -> {
        Node operand = operands.get(i);
        int width = operand.shape().columns();
        yield values
            .get(operand)[(rows(operand) == 1 ? 0 : row) * width + (width == 1 ? 0 : column)];
      }
      case Lane.Constant(double value) -> value;
      case Lane.Uniform _ -> throw new AssertionError("programs have none");
      case Lane.Fma(Lane a, Lane b, Lane c) ->
          lane(a, operands, row, column) * lane(b, operands, row, column)
              + lane(c, operands, row, column);
      case Lane.IfLess(Lane a, Lane b, Lane then, Lane otherwise) -> {
        double left = lane(a, operands, row, column);
        double right = lane(b, operands, row, column);
        kink(left - right);
        yield lane(left < right ? then : otherwise, operands, row, column);
      }
      case Lane.Unary(Lane.Function1 function, Lane of) ->
          unary(function, lane(of, operands, row, column));
      case Lane.Binary(Lane.Function2 function, Lane left, Lane right) ->
          binary(function, lane(left, operands, row, column), lane(right, operands, row, column));
    };
  }

  private void kink(double distance) {
    nearestKink = Math.min(nearestKink, Math.abs(distance));
  }

  private double unary(Lane.Function1 function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABS -> {
        kink(x);
        yield Math.abs(x);
      }
      case SQRT -> Math.sqrt(x);
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
      case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    };
  }

  private double binary(Lane.Function2 function, double x, double y) {
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MAX -> {
        kink(x - y);
        yield Math.max(x, y);
      }
      case MIN -> {
        kink(x - y);
        yield Math.min(x, y);
      }
      case POWER -> throw new AssertionError("power is for uniforms only");
    };
  }
}
