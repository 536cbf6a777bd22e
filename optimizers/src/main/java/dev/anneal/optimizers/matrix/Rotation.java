package dev.anneal.optimizers.matrix;

import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import java.util.List;

/**
 * A matrix as it is seen from other bases: {@code P^T X Q}, or back {@code P X Q^T}. Inputs are X
 * and the bases of the sides that have one.
 *
 * @param left whether there is a basis P for the rows
 * @param right whether there is a basis Q for the columns
 * @param back from them
 */
record Rotation(boolean left, boolean right, boolean back) implements MatrixFunction {
  @Override
  public List<Granularity> results() {
    return List.of(Granularity.WEIGHT);
  }

  @Override
  public Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
    DenseMatrix x = inputs.getFirst();
    DenseMatrix result = results.getFirst();
    if (!right) {
      return result.product(inputs.get(1), !back, x, false);
    }
    if (!left) {
      return result.product(x, false, inputs.getLast(), back);
    }
    DenseMatrix half = x.like(x.rows(), x.columns());
    Runnable first = half.product(inputs.get(1), !back, x, false);
    Runnable second = result.product(half, false, inputs.getLast(), back);
    return () -> {
      first.run();
      second.run();
    };
  }
}
