package dev.anneal.optimizers;

import dev.anneal.core.optimize.Dense;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.MatrixFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The inverse roots {@code A^(-1 / 2n)} of the matrices A of n sides, with eigenvalues of at least
 * a part of the largest. Inputs are the roots so far, then the matrices; the numbers say whether
 * roots are due (1), and that part. Where there is none yet one is due at once, and a matrix of 0
 * has none.
 *
 * @param left whether there is a side of rows
 * @param right whether there is a side of columns
 */
record InverseRoots(boolean left, boolean right) implements MatrixFunction {
  @Override
  public List<Extent> results() {
    return new Grams(left, right).results();
  }

  @Override
  public Runnable prepare(List<Dense> inputs, double[] numbers, List<Dense> results) {
    int sides = results.size();
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < sides; i++) {
      Dense before = inputs.get(i);
      Dense matrix = inputs.get(sides + i);
      Dense root = results.get(i);
      Spectrum spectrum = new Spectrum(root.rows());
      Dense scaled = root.like(root.rows(), root.rows());
      Dense vectors = root.like(root.rows(), root.rows());
      Runnable multiply = root.product(scaled, false, vectors, true);
      all.add(() -> {
        boolean due = numbers[0] == 1 || before.norm() == 0;
        if (!due || !spectrum.compute(matrix) || spectrum.largest() == 0) {
          root.sum(1, before, 0, before);
          return;
        }
        double least = numbers[1] * spectrum.largest();
        for (int j = 0; j < root.rows(); j++) {
          double factor = Math.pow(Math.max(spectrum.value(j), least), -0.5 / sides);
          for (int k = 0; k < root.rows(); k++) {
            vectors.set(k, j, spectrum.vector(k, j));
            scaled.set(k, j, factor * spectrum.vector(k, j));
          }
        }
        multiply.run();
      });
    }
    return () -> all.forEach(Runnable::run);
  }
}
