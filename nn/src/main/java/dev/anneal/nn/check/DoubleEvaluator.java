package dev.anneal.nn.check;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Computes a program in double precision, node by node and straight from the definitions: the
 * oracle of gradients and of plans. It shares no code with the engine.
 */
public final class DoubleEvaluator {
  private final Program program;
  private final int batch;
  private final double[] features;
  private final double[] labels;
  private final RandomStream random;
  private final Map<Parameter, double[]> weights;
  private final Map<Node, double[]> values = new HashMap<>();
  private double nearestKink = Double.POSITIVE_INFINITY;

  /**
   * Binds a program to a batch. The arrays are read anew at each evaluation.
   *
   * @param program what to compute
   * @param batch samples in the batch
   * @param weights of each parameter, row after row
   * @param features sample after sample
   * @param labels sample after sample
   * @param random the stream that a plan draws from
   */
  public DoubleEvaluator(
      Program program,
      int batch,
      Map<Parameter, double[]> weights,
      double[] features,
      double[] labels,
      RandomStream random) {
    this.program = program;
    this.batch = batch;
    this.weights = weights;
    this.features = features;
    this.labels = labels;
    this.random = random;
  }

  /**
   * The mean loss of the batch at iteration 0.
   *
   * @return the loss
   */
  public double loss() {
    double sum = 0;
    for (double each : value(program.loss())) {
      sum += each;
    }
    return sum / batch;
  }

  /**
   * How near the sides of a comparison came in the last evaluation: where they cross, the loss has
   * no derivative.
   *
   * @return infinite if nothing was compared
   */
  public double nearestKink() {
    return nearestKink;
  }

  /**
   * What the program derived as the gradient of the mean loss.
   *
   * @param parameter any; one that the loss does not depend on has a gradient of 0
   * @return its gradient, row after row
   */
  public double[] gradient(Parameter parameter) {
    Node node = program.gradients().get(parameter);
    return node == null ? new double[parameter.size()] : value(node);
  }

  /**
   * The value of any node of the program.
   *
   * @param node the node
   * @return its elements, row after row
   */
  public double[] value(Node node) {
    values.clear();
    nearestKink = Double.POSITIVE_INFINITY;
    return evaluate(node);
  }

  private double[] evaluate(Node node) {
    double[] known = values.get(node);
    if (known == null) {
      node.operands().forEach(this::evaluate);
      known = compute(node);
      values.put(node, known);
    }
    return known;
  }

  private int rows(Node node) {
    return node.shape().rows(batch);
  }

  private double[] compute(Node node) {
    int rows = rows(node);
    int columns = node.shape().columns();
    double[] result = new double[rows * columns];
    return switch (node.op()) {
      case Op.Features _ -> features;
      case Op.Labels _ -> labels;
      case Op.InverseBatch _ -> new double[] {1.0 / batch};
      case Op.Constant(List<Double> all) -> all.stream().mapToDouble(Double::doubleValue).toArray();
      case Op.Weights(Parameter parameter) -> Objects.requireNonNull(weights.get(parameter));
      case Op.Product(boolean left, boolean right) -> {
        product(node, left, right, result);
        yield result;
      }
      case Op.Elementwise(Expression value) -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = new Element(node, i / columns, i % columns).of(value);
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
      case Op.RowMax(boolean differentiable) -> {
        for (int row = 0; row < rows; row++) {
          result[row] = largest(row(node, row), differentiable);
        }
        yield result;
      }
      case Op.RowArgMax _ -> {
        for (int row = 0; row < rows; row++) {
          double[] all = row(node, row);
          double largest = largest(all, true);
          while (all[(int) result[row]] != largest) {
            result[row]++;
          }
        }
        yield result;
      }
      case Op.Slice(int from) -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = row(node, i / columns)[from + i % columns];
        }
        yield result;
      }
      case Op.Concatenate _ -> {
        int from = 0;
        for (Node part : node.operands()) {
          double[] of = of(part);
          int width = part.shape().columns();
          for (int i = 0; i < of.length; i++) {
            result[i / width * columns + from + i % width] = of[i];
          }
          from += width;
        }
        yield result;
      }
      case Op.Shaped _ -> operand(node);
      case Op.Expand(int length, int inner) -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = operand(node)[i / (length * inner) * inner + i % inner];
        }
        yield result;
      }
      case Op.AxisSum(int length, int inner) -> {
        double[] of = operand(node);
        for (int i = 0; i < of.length; i++) {
          result[i / (length * inner) * inner + i % inner] += of[i];
        }
        yield result;
      }
      case Op.Convolution(Geometry geometry, Direction direction) -> {
        double[] left = operand(node);
        double[] right = of(node.operands().get(1));
        int images = rows(node.operands().getFirst());
        WindowWalk.over(
            geometry,
            images,
            (at, k, from) -> {
              int weight = k * geometry.filters() + at % geometry.filters();
              switch (direction) {
                case FORWARD -> result[at] += left[from] * right[weight];
                case TO_IMAGES -> result[from] += left[at] * right[weight];
                case TO_WEIGHTS -> result[weight] += left[from] * right[at];
              }
            });
        yield result;
      }
      case Op.Pool(Geometry geometry, Op.PoolKind kind) -> {
        double[] of = operand(node);
        List<List<Integer>> seen = WindowWalk.seen(geometry, rows);
        for (int i = 0; i < result.length; i++) {
          double[] numbers = seen.get(i).stream().mapToDouble(at -> of[at]).toArray();
          result[i] =
              kind == Op.PoolKind.MAX
                  ? largest(numbers, true)
                  : Arrays.stream(numbers).sum() / numbers.length;
        }
        yield result;
      }
      case Op.Unpool(Geometry geometry, Op.PoolKind kind) -> {
        double[] of = operand(node);
        double[] incoming = of(node.operands().get(1));
        List<List<Integer>> seen = WindowWalk.seen(geometry, rows);
        for (int i = 0; i < incoming.length; i++) {
          List<Integer> places = seen.get(i);
          if (kind == Op.PoolKind.MEAN) {
            for (int at : places) {
              result[at] += incoming[i] / places.size();
            }
          } else {
            int first = places.getFirst();
            for (int at : places) {
              first = of[at] > of[first] ? at : first;
            }
            result[first] += incoming[i];
          }
        }
        yield result;
      }
      case Op.Transpose _ -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = operand(node)[i % columns * rows + i / columns];
        }
        yield result;
      }
      case Op.Reshape _ -> operand(node);
      case Op.Gather _ -> {
        double[] indices = of(node.operands().get(1));
        int width = node.operands().getFirst().shape().columns();
        for (int i = 0; i < result.length; i++) {
          int from = (int) indices[i / width];
          result[i] = operand(node)[from * width + i % width];
        }
        yield result;
      }
      case Op.Scatter _ -> {
        double[] parts = operand(node);
        double[] indices = of(node.operands().get(1));
        for (int i = 0; i < parts.length; i++) {
          int to = (int) indices[i / columns];
          result[to * columns + i % columns] += parts[i];
        }
        yield result;
      }
      case Op.OneHot _ -> {
        for (int row = 0; row < rows; row++) {
          result[row * columns + (int) operand(node)[row]] = 1;
        }
        yield result;
      }
      case Op.Dropout(Schedule schedule, int stream) -> {
        double rate = schedule.at(Progress.at(0, 1, 1));
        for (int i = 0; i < result.length; i++) {
          result[i] = random.child(stream).uniform(0, i) < rate ? 0 : 1 / (1 - rate);
        }
        yield result;
      }
      case Op.Normal(int stream) -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = random.child(stream).normal(0, i);
        }
        yield result;
      }
    };
  }

  private double[] of(Node node) {
    return Objects.requireNonNull(values.get(node));
  }

  private double[] operand(Node node) {
    return of(node.operands().getFirst());
  }

  private double largest(double[] row, boolean matters) {
    double[] sorted = row.clone();
    Arrays.sort(sorted);
    double largest = sorted[sorted.length - 1];
    if (matters && sorted.length > 1) {
      kink(largest - sorted[sorted.length - 2]);
    }
    return largest;
  }

  /** A row of the operand. */
  private double[] row(Node node, int row) {
    int width = node.operands().getFirst().shape().columns();
    return Arrays.copyOfRange(operand(node), row * width, (row + 1) * width);
  }

  private void product(Node node, boolean transposeLeft, boolean transposeRight, double[] c) {
    Node left = node.operands().get(0);
    Node right = node.operands().get(1);
    double[] a = of(left);
    double[] b = of(right);
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

  /** An element of a formula's result. What is shared is computed once. */
  private final class Element {
    private final Node node;
    private final int row;
    private final int column;
    private final IdentityHashMap<Expression, Double> known = new IdentityHashMap<>();

    Element(Node node, int row, int column) {
      this.node = node;
      this.row = row;
      this.column = column;
    }

    double of(Expression expression) {
      Double value = known.get(expression);
      if (value == null) {
        value = compute(expression);
        known.put(expression, value);
      }
      return value;
    }

    private double compute(Expression expression) {
      return switch (expression) {
        case Expression.Operand(int i) -> {
          Node operand = node.operands().get(i);
          int width = operand.shape().columns();
          yield DoubleEvaluator.this
              .of(operand)[(rows(operand) == 1 ? 0 : row) * width + (width == 1 ? 0 : column)];
        }
        case Expression.Constant(double value) -> value;
        case Expression.Scalar _ -> throw new AssertionError("programs have none");
        case Expression.Fma(Expression a, Expression b, Expression c) -> of(a) * of(b) + of(c);
        case Expression.IfLess(
                Expression a,
                Expression b,
                Expression then,
                Expression otherwise) -> {
          kink(of(a) - of(b));
          yield of(of(a) < of(b) ? then : otherwise);
        }
        case Expression.Unary(Expression.UnaryFunction function, Expression x) ->
            unary(function, of(x));
        case Expression.Binary(
                Expression.BinaryFunction function,
                Expression left,
                Expression right) ->
            binary(function, of(left), of(right));
      };
    }
  }

  private void kink(double distance) {
    nearestKink = Math.min(nearestKink, Math.abs(distance));
  }

  private double unary(Expression.UnaryFunction function, double x) {
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

  private double binary(Expression.BinaryFunction function, double x, double y) {
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
      case POWER -> throw new AssertionError("power is for scalars only");
    };
  }
}
