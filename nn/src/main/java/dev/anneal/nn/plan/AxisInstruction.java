package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Node;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers repeated along an axis of each row, or added along it in ascending order. The numbers
 * behind the axis stay together.
 */
final class AxisInstruction implements Instruction {
  private static final KernelSpec ADD =
      new KernelSpec(
          2,
          0,
          List.of(
              new KernelSpec.Output(0, new Expression.Operand(0).plus(new Expression.Operand(1)))));
  private static final float[] NOTHING = {};

  /** Numbers that keep apart what two workers write. */
  private static final int APART = 64;

  /** Elements of a task. */
  private static final int BLOCK = 8192;

  private final boolean sums;
  private final Node node;
  private final int length;
  private final int inner;
  private final int outer;
  private final Buffer from;
  private final Buffer to;
  private final Workers workers;
  private final FloatKernel add;
  private final float[][][] arrays;
  private final int[][] offsets;
  private final int rowsPerTask;
  private final Workers.Task task = this::rows;
  private int batch;

  private AxisInstruction(boolean sums, Node node, int length, int inner, Plan.Setting setting) {
    this.sums = sums;
    this.node = node;
    this.length = length;
    this.inner = inner;
    int folded = (sums ? node : node.operands().getFirst()).shape().columns();
    outer = folded / inner;
    from = setting.buffer(node.operands().getFirst());
    to = setting.buffer(node);
    workers = setting.workers();
    add = Kernels.compile(ADD, setting.width());
    arrays = new float[workers.threads()][2][];
    offsets = new int[workers.threads()][2 + APART];
    rowsPerTask = Math.max(1, BLOCK / (folded * length));
  }

  static AxisInstruction expand(Node node, int length, int inner, Plan.Setting setting) {
    return new AxisInstruction(false, node, length, inner, setting);
  }

  static AxisInstruction sum(Node node, int length, int inner, Plan.Setting setting) {
    return new AxisInstruction(true, node, length, inner, setting);
  }

  @Override
  public void run(int samples, Progress progress) {
    batch = samples;
    for (float[][] two : arrays) {
      two[0] = to.array();
      two[1] = from.array();
    }
    workers.run(Math.ceilDiv(node.shape().rows(samples), rowsPerTask), task);
  }

  private void rows(int index, int worker) {
    int last = Math.min(node.shape().rows(batch), (index + 1) * rowsPerTask);
    for (int row = index * rowsPerTask; row < last; row++) {
      for (int o = 0; o < outer; o++) {
        if (sums) {
          sum(from.row(row) + o * length * inner, to.row(row) + o * inner, worker);
        } else {
          expand(from.row(row) + o * inner, to.row(row) + o * length * inner);
        }
      }
    }
  }

  private void sum(int at, int target, int worker) {
    float[] into = to.array();
    if (inner == 1) {
      float sum = 0;
      for (int i = 0; i < length; i++) {
        sum += from.array()[at + i];
      }
      into[target] = sum;
      return;
    }
    Arrays.fill(into, target, target + inner, 0);
    int[] places = offsets[worker];
    places[0] = target;
    for (int i = 0; i < length; i++) {
      places[1] = at + i * inner;
      add.run(arrays[worker], places, NOTHING, inner);
    }
  }

  private void expand(int at, int target) {
    if (inner == 1) {
      Arrays.fill(to.array(), target, target + length, from.array()[at]);
      return;
    }
    for (int i = 0; i < length; i++) {
      System.arraycopy(from.array(), at, to.array(), target + i * inner, inner);
    }
  }
}
