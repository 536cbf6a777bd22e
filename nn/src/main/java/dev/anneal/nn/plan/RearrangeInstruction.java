package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Node;

/**
 * The elements of a matrix of fixed size in other places: transposed, or row after row in rows of
 * another length.
 */
final class RearrangeInstruction implements Instruction {
  private final boolean transpose;
  private final int rows;
  private final int columns;
  private final int operandColumns;
  private final Buffer from;
  private final Buffer to;
  private final Workers workers;
  private final Workers.Task task = this::row;

  private RearrangeInstruction(boolean transpose, Node node, Plan.Setting setting) {
    Node operand = node.operands().getFirst();
    this.transpose = transpose;
    rows = node.shape().rows();
    columns = node.shape().columns();
    operandColumns = operand.shape().columns();
    from = setting.buffer(operand);
    to = setting.buffer(node);
    workers = setting.workers();
  }

  static RearrangeInstruction transpose(Node node, Plan.Setting setting) {
    return new RearrangeInstruction(true, node, setting);
  }

  static RearrangeInstruction reshape(Node node, Plan.Setting setting) {
    return new RearrangeInstruction(false, node, setting);
  }

  @Override
  public void run(int batch, Progress progress) {
    workers.run(rows, task);
  }

  private void row(int row, int worker) {
    int target = to.row(row);
    for (int column = 0; column < columns; column++) {
      int position = row * columns + column;
      int sourceRow = transpose ? column : position / operandColumns;
      int sourceColumn = transpose ? row : position % operandColumns;
      to.array()[target + column] = from.array()[from.row(sourceRow) + sourceColumn];
    }
  }
}
