package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.nn.graph.Node;
import java.util.Arrays;
import java.util.List;

/** The sum of each column: rows are added in ascending order. */
final class ColumnSumInstruction implements Instruction {
  private static final KernelSpec ADD =
      new KernelSpec(
          2,
          0,
          List.of(
              new KernelSpec.Output(0, new Expression.Operand(0).plus(new Expression.Operand(1)))));
  private static final float[] NOTHING = {};

  private final Node operand;
  private final Buffer from;
  private final Buffer to;
  private final FloatKernel add;
  private final float[][] arrays = new float[2][];
  private final int[] offsets = new int[2];

  ColumnSumInstruction(Node node, Plan.Setting setting) {
    operand = node.operands().getFirst();
    from = setting.buffer(operand);
    to = setting.buffer(node);
    add = Kernels.compile(ADD, setting.width());
  }

  @Override
  public void run(int batch, Progress progress) {
    int columns = operand.shape().columns();
    arrays[0] = to.array();
    arrays[1] = from.array();
    offsets[0] = to.row(0);
    Arrays.fill(to.array(), to.row(0), to.row(0) + columns, 0);
    for (int row = 0; row < operand.shape().rows(batch); row++) {
      offsets[1] = from.row(row);
      add.run(arrays, offsets, NOTHING, columns);
    }
  }
}
