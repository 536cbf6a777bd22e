package dev.anneal.nn.plan;

import dev.anneal.core.kernel.Epilogue;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.kernel.Layout;
import dev.anneal.core.kernel.Matrix;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.work.Workers;
import java.util.Arrays;

/**
 * An optimizer's rule compiled for a model: one pass over weights, gradients and slots. A gradient
 * that a product computes block by block is used block by block ({@link #fused}) and never reaches
 * memory; the others are updated from where they lie ({@link #separate}). The rule is elementwise,
 * so both give the same bits.
 */
public final class Update {
  private static final int BLOCK = 16384;
  private static final int WEIGHTS = 0;
  private static final int GRADIENT = 1;

  private final UpdateRule rule;
  private final FloatKernel kernel;
  private final Workers workers;
  private final float[][][] arrays;
  private final int[][] offsets;
  private final double[] uniforms;
  private final float[] prepared;

  /**
   * Compiles a rule and makes what it keeps from step to step.
   *
   * @param rule the arithmetic
   * @param arena the weights that it adjusts
   * @param width how many floats at a time
   * @param workers who computes
   */
  public Update(UpdateRule rule, Arena arena, Width width, Workers workers) {
    this.rule = rule;
    this.workers = workers;
    kernel = Kernels.compile(rule.formula(), width);
    float[][] shared = new float[rule.formula().arrays()][];
    shared[WEIGHTS] = arena.weights();
    int at = GRADIENT + 1;
    for (Slot slot : rule.slots()) {
      shared[at] = new float[arena.weights().length];
      Arrays.fill(shared[at++], (float) slot.initial());
    }
    arrays = new float[workers.threads()][][];
    Arrays.setAll(arrays, _ -> shared.clone());
    offsets = new int[workers.threads()][shared.length];
    uniforms = rule.uniforms();
    prepared = new float[kernel.preparedSize()];
  }

  /**
   * Begins a step.
   *
   * @param values those of the hyper-parameters, then the number of the step, counted from 1
   */
  public void prepare(double[] values) {
    System.arraycopy(values, 0, uniforms, 0, values.length);
    kernel.prepare(uniforms, prepared);
    rule.advance(uniforms);
  }

  /**
   * The update of a matrix by the product that computes its gradient.
   *
   * @param weights in panels: a block of theirs lies as the product hands it over
   * @return takes the gradient
   */
  Epilogue fused(Matrix weights) {
    if (weights.layout() != Layout.PANELS) {
      throw new IllegalArgumentException("the blocks of a matrix in rows have gaps");
    }
    return (block, at, stride, row, rows, column, _, worker) ->
        adjust(block, at, weights.index(row, column), rows * stride, worker);
  }

  /**
   * The update of a matrix from its gradient in memory.
   *
   * @param weights the matrix
   * @param gradient in the same layout
   * @return runs after the gradient is complete
   */
  Step separate(Matrix weights, Matrix gradient) {
    int size = weights.layout().size(weights.rows(), weights.columns());
    Workers.Task task =
        (index, worker) -> {
          int from = index * BLOCK;
          adjust(
              gradient.array(),
              gradient.offset() + from,
              weights.offset() + from,
              Math.min(BLOCK, size - from),
              worker);
        };
    return (_, _) -> workers.run(Math.ceilDiv(size, BLOCK), task);
  }

  private void adjust(float[] gradient, int from, int at, int n, int worker) {
    arrays[worker][GRADIENT] = gradient;
    Arrays.fill(offsets[worker], at);
    offsets[worker][GRADIENT] = from;
    kernel.run(arrays[worker], offsets[worker], prepared, n);
  }
}
