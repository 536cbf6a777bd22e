package dev.anneal.nn.graph;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An elementwise formula with its operands told apart: those that have a number for each column of
 * the result, and those that have one number for a whole row, which the formula reads as scalars.
 *
 * @param value the formula; {@code Operand(i)} belongs to {@code elements}, {@code Scalar(i)} to
 *     {@code scalars}
 * @param elements operands with as many columns as the result
 * @param scalars operands with one column where the result has more, or a scalar where it has more
 *     rows
 */
public record Broadcast(Expression value, List<Node> elements, List<Node> scalars) {
  /**
   * Tells operands apart.
   *
   * @param value a formula of {@link Op.Elementwise}
   * @param shape the shape of its result
   * @param operands its operands
   * @return the formula over elements and scalars
   */
  public static Broadcast of(Expression value, Shape shape, List<Node> operands) {
    List<Node> elements = new ArrayList<>();
    List<Node> scalars = new ArrayList<>();
    List<Expression> replacements = new ArrayList<>();
    for (Node operand : operands) {
      boolean scalar =
          operand.shape().columns() != shape.columns()
              || (operand.shape().equals(Shape.SCALAR) && !shape.equals(Shape.SCALAR));
      List<Node> list = scalar ? scalars : elements;
      replacements.add(
          scalar ? new Expression.Scalar(list.size()) : new Expression.Operand(list.size()));
      list.add(operand);
    }
    Expression replaced =
        ExpressionGraph.replace(
            value,
            expression ->
                expression instanceof Expression.Operand(int i)
                    ? Optional.of(replacements.get(i))
                    : Optional.empty());
    return new Broadcast(replaced, List.copyOf(elements), List.copyOf(scalars));
  }
}
