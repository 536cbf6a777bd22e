package dev.anneal.nn.graph;

import dev.anneal.core.lane.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An elementwise formula with its operands told apart: those that have a number for each column of
 * the result, and those that have one number for a whole row, which the formula reads as uniforms.
 *
 * @param value the formula; {@code Element(i)} belongs to {@code elements}, {@code Uniform(i)} to
 *     {@code uniforms}
 * @param elements operands with as many columns as the result
 * @param uniforms operands with one column where the result has more, or a scalar where it has more
 *     rows
 */
public record Broadcast(Lane value, List<Node> elements, List<Node> uniforms) {
  /**
   * Tells operands apart.
   *
   * @param value a formula of {@link Op.Elementwise}
   * @param shape the shape of its result
   * @param operands its operands
   * @return the formula over elements and uniforms
   */
  public static Broadcast of(Lane value, Shape shape, List<Node> operands) {
    List<Node> elements = new ArrayList<>();
    List<Node> uniforms = new ArrayList<>();
    List<Lane> replacements = new ArrayList<>();
    for (Node operand : operands) {
      boolean uniform =
          operand.shape().columns() != shape.columns()
              || (operand.shape().equals(Shape.SCALAR) && !shape.equals(Shape.SCALAR));
      List<Node> list = uniform ? uniforms : elements;
      replacements.add(uniform ? new Lane.Uniform(list.size()) : new Lane.Element(list.size()));
      list.add(operand);
    }
    Lane replaced =
        Lanes.replace(
            value,
            lane ->
                lane instanceof Lane.Element(int i)
                    ? Optional.of(replacements.get(i))
                    : Optional.empty());
    return new Broadcast(replaced, List.copyOf(elements), List.copyOf(uniforms));
  }
}
