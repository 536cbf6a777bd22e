package dev.anneal.optimizers.matrix;

import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The inverse roots {@code A^(-1 / 2n)} of the matrices A of n sides, with eigenvalues of at least
 * a part of the largest, and of at least a number. Inputs are the gradient, the roots so far, then
 * what {@link GramMatrices} has gathered before; the numbers are those of the latter, then whether
 * roots are due (1), that part and that number. Where there is no root yet one is due at once, and
 * a matrix of 0 has none.
 *
 * <p>The gradient is added in double precision: what few gradients have gathered has eigenvalues of
 * 0, whose eigenvectors are those of roundings otherwise.
 *
 * @param left whether there is a side of rows
 * @param right whether there is a side of columns
 */
record InverseRoots(boolean left, boolean right) implements MatrixFunction {
  @Override
  public List<Granularity> results() {
    return new GramMatrices(left, right).results();
  }

  @Override
  public Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
    int sides = results.size();
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < sides; i++) {
      DenseMatrix before = inputs.get(1 + i);
      Eigendecomposition.Entries matrix =
          gathered(inputs.getFirst(), left && i == 0, inputs.get(1 + sides + i), numbers);
      DenseMatrix root = results.get(i);
      Eigendecomposition eigen = new Eigendecomposition(root.rows());
      DenseMatrix scaled = root.like(root.rows(), root.rows());
      DenseMatrix vectors = root.like(root.rows(), root.rows());
      Runnable multiply = root.product(scaled, false, vectors, true);
      all.add(() -> {
        boolean due = numbers[2] == 1 || before.norm() == 0;
        if (!due || !eigen.compute(matrix) || eigen.largest() == 0) {
          root.sum(1, before, 0, before);
          return;
        }
        double least = Math.max(numbers[3] * eigen.largest(), numbers[4]);
        for (int j = 0; j < root.rows(); j++) {
          double factor = Math.pow(Math.max(eigen.value(j), least), -0.5 / sides);
          for (int k = 0; k < root.rows(); k++) {
            vectors.set(k, j, eigen.vector(k, j));
            scaled.set(k, j, factor * eigen.vector(k, j));
          }
        }
        multiply.run();
      });
    }
    return () -> all.forEach(Runnable::run);
  }

  private static Eigendecomposition.Entries gathered(
      DenseMatrix gradient, boolean ofRows, DenseMatrix before, double[] numbers) {
    int length = ofRows ? gradient.columns() : gradient.rows();
    return (i, j) -> {
      double product = 0;
      for (int k = 0; k < length; k++) {
        product +=
            ofRows
                ? gradient.get(i, k) * gradient.get(j, k)
                : gradient.get(k, i) * gradient.get(k, j);
      }
      return numbers[0] * before.get(i, j) + numbers[1] * product;
    };
  }
}
