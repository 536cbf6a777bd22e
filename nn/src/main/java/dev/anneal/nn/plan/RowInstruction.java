package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.Reducer;
import dev.anneal.nn.graph.Node;

/** A fold of each row to one number. */
final class RowInstruction implements Instruction {
  private final Reducer fold;
  private final Node operand;
  private final Buffer from;
  private final Buffer to;
  private final float[] lanes = new float[Reducer.LANES];

  RowInstruction(Node node, Reducer fold, Plan.Setting setting) {
    this.fold = fold;
    operand = node.operands().getFirst();
    from = setting.buffer(operand);
    to = setting.buffer(node);
  }

  @Override
  public void run(int batch, Progress progress) {
    int rows = operand.shape().rows(batch);
    for (int row = 0; row < rows; row++) {
      to.array()[to.row(row)] =
          fold.of(from.array(), from.row(row), operand.shape().columns(), lanes);
    }
  }
}
