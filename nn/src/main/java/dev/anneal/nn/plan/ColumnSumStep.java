package dev.anneal.nn.plan;

import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import dev.anneal.nn.graph.Node;
import java.util.Arrays;
import java.util.List;

/** The sum of each column: rows are added in ascending order. */
final class ColumnSumStep implements Step {
  private static final Formula ADD =
      new Formula(
          2, 0, List.of(new Formula.Output(0, new Lane.Element(0).plus(new Lane.Element(1)))));
  private static final float[] NOTHING = {};

  private final Node operand;
  private final FloatKernel add;
  private final float[][] arrays;
  private final int[] origins;
  private final int[] offsets;

  ColumnSumStep(Node node, Plan.Layout layout) {
    operand = node.operands().getFirst();
    add = Kernels.compile(ADD, layout.width());
    Buffer to = layout.buffer(node);
    Buffer from = layout.buffer(operand);
    arrays = new float[][] {to.array(), from.array()};
    origins = new int[] {to.offset(), from.offset()};
    offsets = origins.clone();
  }

  @Override
  public void run(int batch, long iteration) {
    int columns = operand.shape().columns();
    Arrays.fill(arrays[0], origins[0], origins[0] + columns, 0);
    for (int row = 0; row < operand.shape().rows(batch); row++) {
      offsets[1] = origins[1] + row * columns;
      add.run(arrays, offsets, NOTHING, columns);
    }
  }
}
