package dev.anneal.nn.graph;

import dev.anneal.api.Messages;
import java.util.List;
import java.util.Locale;

/**
 * A symbolic matrix: what a layer computes with. Nodes are made by a {@link Graph}; equal ones are
 * the same object.
 */
public final class Node {
  private final int id;
  private final Op op;
  private final List<Node> operands;
  private final Shape shape;

  Node(int id, Op op, List<Node> operands, Shape shape) {
    this.id = id;
    this.op = op;
    this.operands = List.copyOf(operands);
    this.shape = shape;
  }

  /**
   * The position in the order of creation; operands come before.
   *
   * @return at least 0
   */
  public int id() {
    return id;
  }

  /**
   * What the node computes.
   *
   * @return the operation
   */
  public Op op() {
    return op;
  }

  /**
   * What it computes from.
   *
   * @return the operands in order
   */
  public List<Node> operands() {
    return operands;
  }

  /**
   * The shape of its value.
   *
   * @return the shape
   */
  public Shape shape() {
    return shape;
  }

  /**
   * The node as an operand, for people.
   *
   * @return such as {@code dense_1.kernel [34 x 8]} or {@code product [batch x 8]}
   */
  String asOperand() {
    String name =
        op instanceof Op.Weights(Parameter parameter)
            ? parameter.name()
            : op.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return name + " " + shape;
  }

  static String asOperands(List<Node> operands) {
    return Messages.list(operands.stream().map(Node::asOperand).toList(), "and");
  }

  @Override
  public String toString() {
    return "%" + id + " = " + op + operands.stream().map(n -> "%" + n.id).toList() + " " + shape;
  }
}
