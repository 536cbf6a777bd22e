package dev.anneal.optimizers.matrix;

import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds up what gradients have to do with themselves, for their rows {@code G G^T} and for their
 * columns {@code G^T G}. Inputs are the gradient and the sums so far; the numbers say which part of
 * these is kept, and which part of the new ones is added.
 *
 * @param left whether there is a side of rows
 * @param right whether there is a side of columns
 */
record GramMatrices(boolean left, boolean right) implements MatrixFunction {
  @Override
  public List<Granularity> results() {
    List<Granularity> all = new ArrayList<>();
    if (left) {
      all.add(Granularity.ROW_PAIR);
    }
    if (right) {
      all.add(Granularity.COLUMN_PAIR);
    }
    return all;
  }

  @Override
  public Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
    DenseMatrix gradient = inputs.getFirst();
    List<Runnable> products = new ArrayList<>();
    List<DenseMatrix> squares = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      int size = results.get(i).rows();
      boolean ofRows = left && i == 0;
      squares.add(gradient.like(size, size));
      products.add(squares.get(i).product(gradient, !ofRows, gradient, ofRows));
    }
    return () -> {
      for (int i = 0; i < products.size(); i++) {
        products.get(i).run();
        results.get(i).sum(numbers[0], inputs.get(i + 1), numbers[1], squares.get(i));
      }
    };
  }
}
