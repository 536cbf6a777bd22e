package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.FloatKernel.Preparation;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Broadcast;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A fused elementwise formula. Where every operand is as large as the result, the matrix is one run
 * of numbers, gaps included, cut into blocks; otherwise it goes row by row, with operands of one
 * column as numbers that are the same for all elements of a row.
 */
final class ElementwiseInstruction implements Instruction {
  /** Elements of a block: small enough to share, large enough to hide the cost of a task. */
  private static final int BLOCK = 8192;

  private final FloatKernel kernel;
  private final Workers workers;
  private final Shape shape;
  private final Buffer to;
  private final Buffer[] elements;
  private final boolean[] advances;
  private final Buffer[] scalars;
  private final boolean[] scalarAdvances;
  private final boolean byRow;
  private final int rowsPerTask;
  private final State[] states;
  private final Workers.Task task = this::part;
  private int batch;

  /** The working memory of a worker. */
  private static final class State {
    final float[][] arrays;
    final int[] offsets;
    final double[] scalars;
    final Preparation preparation;
    final float[] prepared;

    State(int arrays, int scalars, FloatKernel kernel) {
      this.arrays = new float[arrays][];
      this.offsets = new int[arrays];
      this.scalars = new double[scalars];
      preparation = kernel.preparation();
      prepared = new float[kernel.preparedSize()];
    }
  }

  ElementwiseInstruction(Node node, Expression value, Plan.Setting setting) {
    shape = node.shape();
    workers = setting.workers();
    to = setting.buffer(node);
    Broadcast broadcast = Broadcast.of(value, shape, node.operands());
    List<Buffer> buffers =
        new ArrayList<>(broadcast.elements().stream().map(setting::buffer).toList());
    buffers.add(to);
    elements = buffers.toArray(Buffer[]::new);
    int output = elements.length - 1;
    advances = new boolean[elements.length];
    boolean anyRow = false;
    for (int i = 0; i < elements.length; i++) {
      advances[i] = i == output || broadcast.elements().get(i).shape().rows() == shape.rows();
      anyRow |= !advances[i];
    }
    scalars = broadcast.scalars().stream().map(setting::buffer).toArray(Buffer[]::new);
    scalarAdvances = new boolean[scalars.length];
    for (int i = 0; i < scalars.length; i++) {
      scalarAdvances[i] = broadcast.scalars().get(i).shape().rows() != 1;
      anyRow |= scalarAdvances[i];
    }
    byRow = anyRow;
    kernel =
        Kernels.compile(
            new KernelSpec(
                elements.length,
                scalars.length,
                List.of(new KernelSpec.Output(output, broadcast.value()))),
            setting.width());
    rowsPerTask = Math.max(1, BLOCK / shape.columns());
    states = new State[workers.threads()];
    for (int i = 0; i < states.length; i++) {
      states[i] = new State(elements.length, scalars.length, kernel);
    }
  }

  @Override
  public void run(int samples, Progress progress) {
    batch = samples;
    for (State state : states) {
      for (int i = 0; i < elements.length; i++) {
        state.arrays[i] = elements[i].array();
      }
    }
    int rows = shape.rows(samples);
    int tasks =
        byRow
            ? Math.ceilDiv(rows, rowsPerTask)
            : Math.ceilDiv(Math.multiplyExact(rows, to.matrix().stride(0)), BLOCK);
    workers.run(tasks, task);
  }

  private void part(int index, int worker) {
    State state = states[worker];
    int rows = shape.rows(batch);
    if (!byRow) {
      int from = index * BLOCK;
      compute(state, 0, from, Math.min(BLOCK, rows * to.matrix().stride(0) - from));
      return;
    }
    int last = Math.min(rows, (index + 1) * rowsPerTask);
    for (int row = index * rowsPerTask; row < last; row++) {
      compute(state, row, 0, to.matrix().stride(0)); // gaps included: no scalar rest of a vector
    }
  }

  private void compute(State state, int row, int from, int count) {
    for (int i = 0; i < scalars.length; i++) {
      Buffer buffer = scalars[i];
      state.scalars[i] = buffer.array()[buffer.row(scalarAdvances[i] ? row : 0)];
    }
    for (int i = 0; i < elements.length; i++) {
      state.offsets[i] = elements[i].row(advances[i] ? row : 0) + from;
    }
    state.preparation.prepare(state.scalars, state.prepared);
    kernel.run(state.arrays, state.offsets, state.prepared, count);
  }
}
