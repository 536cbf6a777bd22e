package dev.anneal.nn.graph;

import dev.anneal.core.lane.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the nodes of one computation. Nothing is computed here: a graph is written once,
 * differentiated and compiled. Asking for a node that exists already gives that node.
 */
public final class Graph {
  private static final Lane X = new Lane.Element(0);
  private static final Lane Y = new Lane.Element(1);

  private record Key(Op op, List<Integer> operands, Shape shape) {}

  private final Map<Key, Node> nodes = new HashMap<>();
  private final Map<Node, Node> logits = new HashMap<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private int dropouts;

  /** Makes an empty graph. */
  public Graph() {}

  /**
   * The features of the batch.
   *
   * @param columns numbers of a sample
   * @return [batch x columns]
   */
  public Node features(int columns) {
    return node(new Op.Features(), Shape.batch(columns));
  }

  /**
   * The labels of the batch.
   *
   * @return [batch x 1]
   */
  public Node labels() {
    return node(new Op.Labels(), Shape.batch(1));
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
    return node(new Op.Weights(parameter), new Shape(parameter.rows(), parameter.columns()));
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
    return product(left, false, right, false);
  }

  Node product(Node left, boolean transposeLeft, Node right, boolean transposeRight) {
    int rows = transposeLeft ? left.shape().columns() : left.shape().rows();
    int inner = transposeLeft ? left.shape().rows() : left.shape().columns();
    int otherInner = transposeRight ? right.shape().columns() : right.shape().rows();
    int columns = transposeRight ? right.shape().rows() : right.shape().columns();
    if (inner != otherInner) {
      throw new IllegalArgumentException("no product of " + left.shape() + " and " + right.shape());
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
  public Node elementwise(Lane value, Node... operands) {
    Shape shape = Arrays.stream(operands).map(Node::shape).reduce(Shape::broadcast).orElseThrow();
    return elementwise(value, shape, List.of(operands));
  }

  Node elementwise(Lane value, Shape shape, List<Node> operands) {
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
   * @param of a matrix
   * @return [1 x columns]
   */
  public Node columnSum(Node of) {
    return node(new Op.ColumnSum(), new Shape(1, of.shape().columns()), of);
  }

  /**
   * The largest of each row. It passes no gradient.
   *
   * @param of a matrix
   * @return [rows x 1]
   */
  public Node rowMax(Node of) {
    return node(new Op.RowMax(), new Shape(of.shape().rows(), 1), of);
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
    return node(new Op.Dropout(rate, dropouts++), shape);
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
    Node result = elementwise(X.over(Y), exponentials, rowSum(exponentials));
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
    return elementwise(X.log().plus(Y), rowSum(exponentials(of)), rowMax(of));
  }

  private Node exponentials(Node of) {
    return elementwise(X.minus(Y).exp(), of, rowMax(of));
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
