package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.nn.graph.Node;

/** A reduction of each row to one number. */
record RowInstruction(Reduction reduction, Node operand, Buffer from, Buffer to)
    implements Instruction {
  /** Reduces {@code n} numbers from an index on. */
  @FunctionalInterface
  interface Reduction {
    float of(float[] array, int offset, int n);
  }

  static RowInstruction of(Node node, Reduction reduction, Plan.Setting setting) {
    Node operand = node.operands().getFirst();
    return new RowInstruction(reduction, operand, setting.buffer(operand), setting.buffer(node));
  }

  @Override
  public void run(int batch, Progress progress) {
    int rows = operand.shape().rows(batch);
    for (int row = 0; row < rows; row++) {
      to.array()[to.row(row)] =
          reduction.of(from.array(), from.row(row), operand.shape().columns());
    }
  }
}
