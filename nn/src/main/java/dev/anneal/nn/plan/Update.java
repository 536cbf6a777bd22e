package dev.anneal.nn.plan;

import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.work.Workers;
import java.util.Arrays;

/**
 * An optimizer's rule compiled for a model: one pass over weights, gradients and slots, cut into
 * blocks.
 */
public final class Update {
  private static final int BLOCK = 16384;

  private final FloatKernel kernel;
  private final Workers workers;
  private final float[][] arrays;
  private final int[][] offsets;
  private final float[] prepared;
  private final int size;
  private final Workers.Task task = this::block;

  /**
   * Compiles a rule and makes its slots, all zero.
   *
   * @param rule the arithmetic
   * @param arena the weights that it adjusts
   * @param width how many floats at a time
   * @param workers who computes
   */
  public Update(UpdateRule rule, Arena arena, Width width, Workers workers) {
    this.workers = workers;
    kernel = Kernels.compile(rule.formula(), width);
    size = arena.weights().length;
    arrays = new float[rule.formula().arrays()][];
    arrays[0] = arena.weights();
    arrays[1] = arena.gradients();
    for (int slot = 2; slot < arrays.length; slot++) {
      arrays[slot] = new float[size];
    }
    offsets = new int[Math.ceilDiv(size, BLOCK)][arrays.length];
    for (int block = 0; block < offsets.length; block++) {
      Arrays.fill(offsets[block], block * BLOCK);
    }
    prepared = new float[kernel.preparedSize()];
  }

  /**
   * Adjusts all weights.
   *
   * @param uniforms the hyper-parameters' values, then the number of the step, counted from 1
   */
  public void run(double[] uniforms) {
    kernel.prepare(uniforms, prepared);
    workers.run(offsets.length, task);
  }

  private void block(int index) {
    kernel.run(arrays, offsets[index], prepared, Math.min(BLOCK, size - index * BLOCK));
  }
}
