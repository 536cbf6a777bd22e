package dev.anneal.nn.plan;

import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.work.Workers;
import dev.anneal.nn.graph.Broadcast;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A fused elementwise formula. Where every operand is as large as the result, the matrix is one run
 * of numbers, cut into blocks; otherwise it goes row by row, with operands of one column as numbers
 * that are the same for all elements of a row.
 */
final class ElementwiseStep implements Step {
  /** Elements of a block: small enough to share, large enough to hide the cost of a task. */
  private static final int BLOCK = 8192;

  private final FloatKernel kernel;
  private final Workers workers;
  private final Shape shape;
  private final float[][] arrays;
  private final int[] origins;
  private final boolean[] advances;
  private final Buffer[] uniforms;
  private final boolean[] uniformAdvances;
  private final boolean byRow;
  private final int rowsPerTask;
  private final State[] states;
  private final Workers.Task task = this::part;
  private int batch;

  /** The working memory of a task. */
  private static final class State {
    final int[] offsets;
    final double[] uniforms;
    final float[] prepared;

    State(int arrays, int uniforms, int prepared) {
      this.offsets = new int[arrays];
      this.uniforms = new double[uniforms];
      this.prepared = new float[prepared];
    }
  }

  ElementwiseStep(Node node, Lane value, Plan.Layout layout) {
    shape = node.shape();
    workers = layout.workers();
    Broadcast broadcast = Broadcast.of(value, shape, node.operands());
    List<Buffer> elements =
        new ArrayList<>(broadcast.elements().stream().map(layout::buffer).toList());
    elements.add(layout.buffer(node));
    arrays = elements.stream().map(Buffer::array).toArray(float[][]::new);
    origins = elements.stream().mapToInt(Buffer::offset).toArray();
    advances = new boolean[arrays.length];
    boolean anyRow = false;
    for (int i = 0; i < arrays.length; i++) {
      advances[i] =
          i == arrays.length - 1 || broadcast.elements().get(i).shape().rows() == shape.rows();
      anyRow |= !advances[i];
    }
    uniforms = broadcast.uniforms().stream().map(layout::buffer).toArray(Buffer[]::new);
    uniformAdvances = new boolean[uniforms.length];
    for (int i = 0; i < uniforms.length; i++) {
      uniformAdvances[i] = broadcast.uniforms().get(i).shape().rows() != 1;
      anyRow |= uniformAdvances[i];
    }
    byRow = anyRow;
    int output = arrays.length - 1;
    kernel =
        Kernels.compile(
            new Formula(
                arrays.length,
                uniforms.length,
                List.of(new Formula.Output(output, broadcast.value()))),
            layout.width());
    rowsPerTask = Math.max(1, BLOCK / shape.columns());
    states = new State[tasks(layout.batch())];
    for (int i = 0; i < states.length; i++) {
      states[i] = new State(arrays.length, uniforms.length, kernel.preparedSize());
    }
  }

  private int tasks(int samples) {
    int rows = shape.rows(samples);
    return byRow
        ? Math.ceilDiv(rows, rowsPerTask)
        : Math.ceilDiv(Math.multiplyExact(rows, shape.columns()), BLOCK);
  }

  @Override
  public void run(int samples, long iteration) {
    batch = samples;
    workers.run(tasks(samples), task);
  }

  private void part(int index) {
    State state = states[index];
    int columns = shape.columns();
    int rows = shape.rows(batch);
    if (!byRow) {
      int from = index * BLOCK;
      compute(state, 0, from, Math.min(BLOCK, rows * columns - from));
      return;
    }
    int last = Math.min(rows, (index + 1) * rowsPerTask);
    for (int row = index * rowsPerTask; row < last; row++) {
      compute(state, row, row * columns, columns);
    }
  }

  private void compute(State state, int row, int from, int count) {
    for (int i = 0; i < uniforms.length; i++) {
      Buffer buffer = uniforms[i];
      state.uniforms[i] = buffer.array()[buffer.offset() + (uniformAdvances[i] ? row : 0)];
    }
    for (int i = 0; i < arrays.length; i++) {
      state.offsets[i] = origins[i] + (advances[i] ? from : 0);
    }
    kernel.prepare(state.uniforms, state.prepared);
    kernel.run(arrays, state.offsets, state.prepared, count);
  }
}
