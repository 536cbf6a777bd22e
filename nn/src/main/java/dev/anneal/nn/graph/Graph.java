package dev.anneal.nn.graph;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the nodes of one computation. Nothing is computed here: a graph is written once,
 * differentiated and compiled. Asking for a node that exists already gives that node.
 */
public final class Graph {
  private static final Expression X = new Expression.Operand(0);
  private static final Expression Y = new Expression.Operand(1);

  private record Key(Op op, List<Integer> operands, Shape shape) {}

  private final Map<Key, Node> nodes = new HashMap<>();
  private final Map<Node, Node> logits = new HashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final Map<Parameter, Node> assignments = new LinkedHashMap<>();
  private int randoms;

  /** Makes an empty graph. */
  public Graph() {}

  /**
   * The features of the batch.
   *
   * @param columns numbers of a sample
   * @return [batch x columns]
   */
  public Node features(int columns) {
    return features(List.of(columns));
  }

  /**
   * The features of the batch.
   *
   * @param axes of a sample
   * @return [batch x axes]
   */
  public Node features(List<Integer> axes) {
    return withAxes(node(new Op.Features(), Shape.batch(Shape.batch(axes).columns())), axes);
  }

  /**
   * The same numbers as rows of other axes.
   *
   * @param of any
   * @param axes extents of a row, whose product is as before
   * @return [rows x axes]
   */
  public Node withAxes(Node of, List<Integer> axes) {
    Shape shape = new Shape(of.shape().rows(), axes);
    if (shape.columns() != of.shape().columns()) {
      throw new IllegalArgumentException(
          "%s has %d numbers in a row, and %s would have %d"
              .formatted(of.asOperand(), of.shape().columns(), shape, shape.columns()));
    }
    Node first = of.op() instanceof Op.Shaped ? of.operands().getFirst() : of;
    return first.shape().equals(shape) ? first : node(new Op.Shaped(), shape, first);
  }

  /**
   * The sum along an axis of each row.
   *
   * @param of any
   * @param axis which, from 0; that of the rows does not count
   * @return the same with an extent of 1 there
   */
  public Node axisSum(Node of, int axis) {
    List<Integer> axes = new ArrayList<>(of.shape().axes());
    if (axis < 0 || axis >= axes.size()) {
      throw new IllegalArgumentException(
          "%s has %d axes in a row: there is none of number %d"
              .formatted(of.asOperand(), axes.size(), axis));
    }
    int inner = product(axes.subList(axis + 1, axes.size()));
    int length = axes.set(axis, 1);
    Shape shape = new Shape(of.shape().rows(), axes);
    return length == 1 ? of : node(new Op.AxisSum(length, inner), shape, of);
  }

  private static int product(List<Integer> extents) {
    return extents.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * The convolution of images with filters.
   *
   * @param images [batch x height x width x channels]
   * @param weights a row for each number of a patch, a column for each filter
   * @param geometry of both
   * @return [batch x rows x columns x filters]
   */
  public Node convolution(Node images, Node weights, Geometry geometry) {
    requireMatrix(weights, geometry.patch(), geometry.filters());
    return withAxes(
        convolution(geometry, Direction.FORWARD, sized(images, geometry.inputs()), weights),
        List.of(geometry.down(), geometry.across(), geometry.filters()));
  }

  /**
   * What a convolution passes back to its images; as a layer of its own it is also known as a
   * transposed convolution.
   *
   * @param results [batch x rows x columns x filters], as {@link #convolution} gives them
   * @param weights as it takes them
   * @param geometry of both
   * @return [batch x height x width x channels]
   */
  public Node transposedConvolution(Node results, Node weights, Geometry geometry) {
    requireMatrix(weights, geometry.patch(), geometry.filters());
    return withAxes(
        convolution(geometry, Direction.TO_IMAGES, sized(results, geometry.outputs()), weights),
        List.of(geometry.height(), geometry.width(), geometry.channels()));
  }

  private static void requireMatrix(Node weights, int rows, int columns) {
    if (!weights.shape().equals(new Shape(rows, columns))) {
      throw new IllegalArgumentException(
          "the convolution takes weights of [%d x %d], not %s"
              .formatted(rows, columns, weights.asOperand()));
    }
  }

  private Node sized(Node of, int columns) {
    if (of.shape().columns() != columns) {
      throw new IllegalArgumentException(
          "images of %d numbers were expected, not %s".formatted(columns, of.asOperand()));
    }
    return withAxes(of, List.of(columns));
  }

  Node convolution(Geometry geometry, Direction direction, Node left, Node right) {
    Shape shape =
        switch (direction) {
          case FORWARD -> new Shape(left.shape().rows(), geometry.outputs());
          case TO_IMAGES -> new Shape(left.shape().rows(), geometry.inputs());
          case TO_WEIGHTS -> new Shape(geometry.patch(), geometry.filters());
        };
    return node(new Op.Convolution(geometry, direction), shape, left, right);
  }

  /**
   * The largest number, or the mean, of what a window sees, channel by channel. Padding is not
   * seen.
   *
   * @param images [batch x height x width x channels]
   * @param geometry of images and window; as many filters as channels
   * @param kind which of the two
   * @return [batch x rows x columns x channels]
   */
  public Node pool(Node images, Geometry geometry, Op.PoolKind kind) {
    Window window = geometry.window();
    if (geometry.filters() != geometry.channels()
        || window.spread() > 1
        || Math.max(window.top(), window.bottom()) >= window.height()
        || Math.max(window.left(), window.right()) >= window.width()) {
      throw new IllegalArgumentException(
          "a pool has a filter for each channel, no dilation, and less padding than its size: not "
              + geometry);
    }
    Node flat = sized(images, geometry.inputs());
    Shape shape = new Shape(flat.shape().rows(), geometry.outputs());
    return withAxes(
        node(new Op.Pool(geometry, kind), shape, flat),
        List.of(geometry.down(), geometry.across(), geometry.channels()));
  }

  Node unpool(Geometry geometry, Op.PoolKind kind, Node images, Node gradient) {
    return node(new Op.Unpool(geometry, kind), images.shape(), images, gradient);
  }

  /**
   * The labels of the batch.
   *
   * @return [batch x 1]
   */
  public Node labels() {
    return labels(1);
  }

  /**
   * The labels of the batch, where they are rows of numbers.
   *
   * @param columns numbers of a label
   * @return [batch x columns]
   */
  public Node labels(int columns) {
    return node(new Op.Labels(), Shape.batch(columns));
  }

  /**
   * One over the number of samples in the batch.
   *
   * @return a scalar
   */
  public Node inverseBatch() {
    return node(new Op.InverseBatch(), Shape.SCALAR);
  }

  /**
   * A matrix of fixed numbers.
   *
   * @param rows how many rows
   * @param columns how many columns
   * @param values row after row
   * @return [rows x columns]
   */
  public Node constant(int rows, int columns, List<Double> values) {
    Shape shape = new Shape(rows, columns);
    if (values.size() != rows * columns) {
      throw new IllegalArgumentException(values.size() + " numbers for a matrix " + shape);
    }
    return node(new Op.Constant(values), shape);
  }

  /**
   * New weights.
   *
   * @param parameter their name, size and start
   * @return [rows x columns]
   */
  public Node weights(Parameter parameter) {
    if (parameters.stream().anyMatch(p -> p.name().equals(parameter.name()))) {
      throw new IllegalArgumentException("two parameters are named " + parameter.name());
    }
    parameters.add(parameter);
    return read(parameter);
  }

  /**
   * Weights that were made before.
   *
   * @param parameter one of {@link #parameters}
   * @return [rows x columns]
   */
  public Node read(Parameter parameter) {
    return node(new Op.Weights(parameter), new Shape(parameter.rows(), parameter.columns()));
  }

  /**
   * Replaces the numbers of a parameter that is not trained, at the end of a step: whatever reads
   * them in this step sees the old ones.
   *
   * @param state what {@link #weights} gave for it
   * @param value of the same shape
   */
  public void assign(Node state, Node value) {
    if (!(state.op() instanceof Op.Weights(Parameter parameter)) || parameter.trained()) {
      throw new IllegalArgumentException(
          state.asOperand() + " is not a parameter without training");
    }
    if (!state.shape().equals(value.shape())) {
      throw new IllegalArgumentException(
          "%s is %s and cannot become %s"
              .formatted(parameter.name(), state.shape(), value.shape()));
    }
    assignments.put(parameter, value);
  }

  /** What becomes of parameters that are not trained. */
  Map<Parameter, Node> assignments() {
    return assignments;
  }

  /**
   * All weights, in the order in which they were made.
   *
   * @return the parameters
   */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /**
   * The matrix product.
   *
   * @param left a matrix
   * @param right a matrix with as many rows as the left has columns
   * @return {@code left right}
   */
  public Node product(Node left, Node right) {
    boolean leftIsTransposed = left.op() instanceof Op.Transpose;
    boolean rightIsTransposed = right.op() instanceof Op.Transpose;
    return product(
        leftIsTransposed ? left.operands().getFirst() : left,
        leftIsTransposed,
        rightIsTransposed ? right.operands().getFirst() : right,
        rightIsTransposed);
  }

  Node product(Node left, boolean transposeLeft, Node right, boolean transposeRight) {
    int rows = transposeLeft ? left.shape().columns() : left.shape().rows();
    int inner = transposeLeft ? left.shape().rows() : left.shape().columns();
    int otherInner = transposeRight ? right.shape().columns() : right.shape().rows();
    int columns = transposeRight ? right.shape().rows() : right.shape().columns();
    if (inner != otherInner) {
      throw new IllegalArgumentException(
          "no product of %s%s and %s%s: %d columns, but %d rows"
              .formatted(
                  transposeLeft ? "the transposed " : "",
                  left.asOperand(),
                  transposeRight ? "the transposed " : "",
                  right.asOperand(),
                  inner,
                  otherInner));
    }
    return node(
        new Op.Product(transposeLeft, transposeRight), new Shape(rows, columns), left, right);
  }

  /**
   * A formula for each element.
   *
   * @param value the formula; {@code Element(i)} is the element of operand i
   * @param operands matrices that broadcast to a common shape
   * @return a matrix of that shape
   */
  public Node elementwise(Expression value, Node... operands) {
    List<Node> all = List.of(operands);
    Shape shape = Shape.SCALAR;
    for (Node operand : all) {
      if (!shape.fits(operand.shape())) {
        throw new IllegalArgumentException(
            "%s do not fit together element by element".formatted(Node.asOperands(all)));
      }
      shape = shape.broadcast(operand.shape());
    }
    Shape full = shape;
    return elementwise(value, shape, all.stream().map(operand -> expanded(operand, full)).toList());
  }

  /**
   * An operand that has all numbers of a row of the result, or one for all of them: what lies
   * between is repeated, axis by axis.
   */
  private Node expanded(Node operand, Shape shape) {
    int columns = operand.shape().columns();
    if (columns == 1 || columns == shape.columns()) {
      return operand;
    }
    List<Integer> axes = operand.shape().axes(shape.axes().size());
    Node node = withAxes(operand, axes);
    for (int axis = axes.size() - 1; axis >= 0; axis--) {
      int length = shape.axes().get(axis);
      if (axes.get(axis) != length) {
        axes.set(axis, length);
        int inner = product(axes.subList(axis + 1, axes.size()));
        node = node(new Op.Expand(length, inner), new Shape(operand.shape().rows(), axes), node);
      }
    }
    return node;
  }

  /** The same along an axis that has been folded. */
  Node expand(Node of, int length, int inner) {
    return node(
        new Op.Expand(length, inner),
        new Shape(of.shape().rows(), Math.multiplyExact(of.shape().columns(), length)),
        of);
  }

  /** The sum over repetitions. */
  Node fold(Node of, int length, int inner) {
    return node(
        new Op.AxisSum(length, inner),
        new Shape(of.shape().rows(), of.shape().columns() / length),
        of);
  }

  Node elementwise(Expression value, Shape shape, List<Node> operands) {
    return Elementwise.simplified(this, value, shape, operands);
  }

  /**
   * The sum.
   *
   * @param left a matrix
   * @param right a matrix that fits it element by element
   * @return {@code left + right}
   */
  public Node add(Node left, Node right) {
    return elementwise(X.plus(Y), left, right);
  }

  /**
   * The product element by element.
   *
   * @param left a matrix
   * @param right a matrix that fits it element by element
   * @return {@code left * right}
   */
  public Node multiply(Node left, Node right) {
    return elementwise(X.times(Y), left, right);
  }

  /**
   * The sum of each row.
   *
   * @param of a matrix
   * @return [rows x 1]
   */
  public Node rowSum(Node of) {
    return node(new Op.RowSum(), new Shape(of.shape().rows(), 1), of);
  }

  /**
   * The sum of each column.
   *
   * @param of any
   * @return the same with one row
   */
  public Node columnSum(Node of) {
    return node(new Op.ColumnSum(), new Shape(1, of.shape().axes()), of);
  }

  /**
   * The mean of each row.
   *
   * @param of a matrix
   * @return [rows x 1]
   */
  public Node rowMean(Node of) {
    return elementwise(X.times(1.0 / of.shape().columns()), rowSum(of));
  }

  /**
   * The mean of each column: over the samples of the batch, where the rows are samples.
   *
   * @param of a matrix
   * @return [1 x columns]
   */
  public Node columnMean(Node of) {
    Node sum = columnSum(of);
    return of.shape().rows() == Shape.BATCH
        ? multiply(sum, inverseBatch())
        : elementwise(X.times(1.0 / of.shape().rows()), sum);
  }

  /**
   * The largest of each row. Its gradient goes to the first place where the largest stands.
   *
   * @param of a matrix
   * @return [rows x 1]
   */
  public Node rowMax(Node of) {
    return rowMax(of, true);
  }

  private Node rowMax(Node of, boolean differentiable) {
    return node(new Op.RowMax(differentiable), new Shape(of.shape().rows(), 1), of);
  }

  /**
   * The column in which the first of a row's largest stands. It passes no gradient.
   *
   * @param of a matrix
   * @return [rows x 1], whole numbers
   */
  public Node rowArgMax(Node of) {
    return node(new Op.RowArgMax(), new Shape(of.shape().rows(), 1), of);
  }

  /**
   * Some columns. Those that were put together by {@link #concatenate} are found again as they
   * were.
   *
   * @param of a matrix
   * @param from the first column
   * @param to the column after the last, more than {@code from}
   * @return [rows x (to - from)]
   */
  public Node slice(Node of, int from, int to) {
    if (from < 0 || from >= to || to > of.shape().columns()) {
      throw new IllegalArgumentException(
          "no columns %d to %d (excluded) of %s".formatted(from, to, of.shape()));
    }
    if (to - from == of.shape().columns()) {
      return of;
    }
    if (of.op() instanceof Op.Concatenate) {
      int start = 0;
      for (Node part : of.operands()) {
        int end = start + part.shape().columns();
        if (from >= start && to <= end) {
          return slice(part, from - start, to - start);
        }
        start = end;
      }
    }
    return node(new Op.Slice(from), new Shape(of.shape().rows(), to - from), of);
  }

  /**
   * The columns of some matrices, side by side.
   *
   * @param parts at least one; all with as many rows
   * @return [rows x all columns]
   */
  public Node concatenate(Node... parts) {
    if (parts.length == 1) {
      return parts[0];
    }
    int columns = 0;
    for (Node part : parts) {
      if (part.shape().rows() != parts[0].shape().rows()) {
        throw new IllegalArgumentException(
            parts[0].shape() + " and " + part.shape() + " have not as many rows");
      }
      columns += part.shape().columns();
    }
    return node(new Op.Concatenate(), new Shape(parts[0].shape().rows(), columns), parts);
  }

  /** Zeros. */
  Node zeros(Shape shape) {
    return elementwise(Expressions.ZERO, shape, List.of());
  }

  /**
   * Rows become columns. In a {@link #product} that costs nothing.
   *
   * @param of a matrix whose rows are not the samples of the batch, such as weights
   * @return [columns x rows]
   */
  public Node transpose(Node of) {
    requireFixedRows("be transposed", of);
    return of.op() instanceof Op.Transpose
        ? of.operands().getFirst()
        : node(new Op.Transpose(), new Shape(of.shape().columns(), of.shape().rows()), of);
  }

  /**
   * The same numbers, row after row, in rows of another length.
   *
   * @param of a matrix whose rows are not the samples of the batch, such as weights
   * @param columns the length of a row; divides the number of elements
   * @return [as many rows as that makes x columns]
   */
  public Node reshape(Node of, int columns) {
    requireFixedRows("be reshaped", of);
    int size = of.shape().rows() * of.shape().columns();
    if (columns < 1 || size % columns != 0) {
      throw new IllegalArgumentException(of.shape() + " does not divide into rows of " + columns);
    }
    if (columns == of.shape().columns()) {
      return of;
    }
    return node(new Op.Reshape(), new Shape(size / columns, columns), of);
  }

  private static void requireFixedRows(String what, Node of) {
    if (of.shape().rows() == Shape.BATCH) {
      throw new IllegalArgumentException("the samples of a batch cannot " + what);
    }
  }

  /**
   * Rows of a table, as an embedding looks them up. Equal choices share a row and its gradient.
   *
   * @param table [entries x columns]
   * @param indices [rows x choices], whole numbers from 0 to {@code entries - 1}
   * @return [rows x (choices * columns)]
   */
  public Node gather(Node table, Node indices) {
    requireFixedRows("be looked up in", table);
    int columns = Math.multiplyExact(table.shape().columns(), indices.shape().columns());
    return node(new Op.Gather(), new Shape(indices.shape().rows(), columns), table, indices);
  }

  /**
   * Adds rows up by number: what {@link #gather} does, the other way.
   *
   * @param parts [rows x (choices * columns)]
   * @param indices [rows x choices], whole numbers from 0 to {@code entries - 1}
   * @param entries how many rows the result has
   * @return [entries x columns]: the sum of the parts that each row was chosen for
   */
  public Node scatter(Node parts, Node indices, int entries) {
    int choices = indices.shape().columns();
    if (parts.shape().rows() != indices.shape().rows() || parts.shape().columns() % choices != 0) {
      throw new IllegalArgumentException(
          indices.shape() + " does not say where the parts of " + parts.shape() + " belong");
    }
    int columns = parts.shape().columns() / choices;
    return node(new Op.Scatter(), new Shape(entries, columns), parts, indices);
  }

  /**
   * Labels as rows of zeros and a one.
   *
   * @param labels [batch x 1], whole numbers from 0 to {@code classes - 1}
   * @param classes the number of columns
   * @return [batch x classes]
   */
  public Node oneHot(Node labels, int classes) {
    return node(new Op.OneHot(), new Shape(labels.shape().rows(), classes), labels);
  }

  /**
   * A random mask, drawn anew at each iteration.
   *
   * @param shape its shape
   * @param rate the probability of 0; the others are {@code 1 / (1 - rate)}
   * @return the mask
   */
  public Node dropout(Shape shape, double rate) {
    return dropout(shape, new Constant(rate));
  }

  /**
   * A random mask, drawn anew at each iteration.
   *
   * @param shape its shape
   * @param rate the probability of 0 at an iteration; the others are {@code 1 / (1 - rate)}
   * @return the mask
   */
  public Node dropout(Shape shape, Schedule rate) {
    return node(new Op.Dropout(rate, randoms++), shape);
  }

  /**
   * Random numbers from the standard normal distribution, drawn anew at each iteration.
   *
   * @param shape its shape
   * @return the numbers; no gradient goes through them
   */
  public Node normal(Shape shape) {
    return node(new Op.Normal(randoms++), shape);
  }

  /**
   * The softmax of each row, computed from differences to its largest element so that nothing
   * overflows.
   *
   * @param of logits
   * @return rows that sum to 1
   */
  public Node softmax(Node of) {
    Node exponentials = exponentials(of);
    Node result = elementwise(X.dividedBy(Y), exponentials, rowSum(exponentials));
    logits.put(result, of);
    return result;
  }

  /**
   * The logistic function.
   *
   * @param of logits
   * @return numbers between 0 and 1
   */
  public Node sigmoid(Node of) {
    Node result = elementwise(X.sigmoid(), of);
    logits.put(result, of);
    return result;
  }

  /**
   * {@code log(sum(e^x))} of each row, without overflow.
   *
   * @param of a matrix
   * @return [rows x 1]
   */
  public Node logSumExp(Node of) {
    return elementwise(X.log().plus(Y), rowSum(exponentials(of)), rowMax(of, false));
  }

  private Node exponentials(Node of) {
    return elementwise(X.minus(Y).exp(), of, rowMax(of, false));
  }

  /**
   * What a softmax or sigmoid was computed from: a loss on these is exact where one on
   * probabilities has lost digits.
   *
   * @param probabilities a node
   * @return its logits, if it is a result of {@link #softmax} or {@link #sigmoid}
   */
  public Optional<Node> logits(Node probabilities) {
    return Optional.ofNullable(logits.get(probabilities));
  }

  Node node(Op op, Shape shape, Node... operands) {
    return node(op, shape, List.of(operands));
  }

  Node node(Op op, Shape shape, List<Node> operands) {
    Key key = new Key(op, operands.stream().map(Node::id).toList(), shape);
    return nodes.computeIfAbsent(key, k -> new Node(nodes.size(), op, operands, shape));
  }
}
