package dev.anneal.optimizers.matrix;

import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The eigenvectors of both sides of a gradient, and what is kept in terms of them: mean squares,
 * which are sorted with them, and the mean, which is turned from the old ones to the new. Inputs
 * are these two, then the eigenvectors so far, then the matrices that they belong to; the number
 * says what to do: {@link #KEEP}, {@link #FOLLOW} or {@link #COMPUTE}, at first, when the mean is
 * 0.
 *
 * @param left whether there is a side of rows
 * @param right whether there is a side of columns
 */
public record SoapBases(boolean left, boolean right) implements MatrixFunction {
  static final int KEEP = 0;
  static final int FOLLOW = 1;
  public static final int COMPUTE = 2;

  @Override
  public List<Granularity> results() {
    List<Granularity> all = new ArrayList<>(List.of(Granularity.WEIGHT, Granularity.WEIGHT));
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
    DenseMatrix squares = inputs.getFirst();
    DenseMatrix sorted = results.getFirst();
    DenseMatrix mean = inputs.get(1);
    DenseMatrix turned = results.get(1);
    DenseMatrix between = squares.like(squares.rows(), squares.columns());
    List<DenseMatrix> bases = results.subList(2, results.size());
    List<DenseMatrix> before = inputs.subList(2, results.size());
    List<Eigenbasis> sides = new ArrayList<>();
    for (int i = 0; i < bases.size(); i++) {
      sides.add(new Eigenbasis(inputs.get(results.size() + i), before.get(i)));
    }
    Runnable back =
        new Rotation(left, right, true).prepare(with(mean, before), numbers, List.of(between));
    Runnable forth =
        new Rotation(left, right, false).prepare(with(between, bases), numbers, List.of(turned));
    return () -> {
      copy(squares, sorted);
      copy(mean, turned);
      for (int i = 0; i < sides.size(); i++) {
        switch ((int) numbers[0]) {
          case COMPUTE -> sides.get(i).compute(bases.get(i));
          case FOLLOW -> {
            sides.get(i).follow(bases.get(i));
            copy(sorted, between);
            permute(between, sides.get(i), left && i == 0, sorted);
          }
          default -> copy(before.get(i), bases.get(i));
        }
      }
      if (numbers[0] == FOLLOW) {
        back.run();
        forth.run();
      }
    };
  }

  private static List<DenseMatrix> with(DenseMatrix first, List<DenseMatrix> others) {
    List<DenseMatrix> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private static void copy(DenseMatrix from, DenseMatrix to) {
    to.sum(1, from, 0, from);
  }

  private static void permute(DenseMatrix from, Eigenbasis by, boolean rows, DenseMatrix to) {
    for (int i = 0; i < to.rows(); i++) {
      for (int j = 0; j < to.columns(); j++) {
        to.set(i, j, rows ? from.get(by.from(i), j) : from.get(i, by.from(j)));
      }
    }
  }
}
