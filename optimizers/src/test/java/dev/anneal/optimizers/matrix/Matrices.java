package dev.anneal.optimizers.matrix;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Matrices in plain Java, for rules written down once more. */
public final class Matrices {
  private Matrices() {}

  public static double[][] of(int rows, double... numbers) {
    int columns = numbers.length / rows;
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < numbers.length; i++) {
      matrix[i / columns][i % columns] = numbers[i];
    }
    return matrix;
  }

  public static double[][] random(int rows, int columns, Random random) {
    return map(new double[rows][columns], _ -> random.nextGaussian());
  }

  public static double[][] identity(int size, double value) {
    double[][] matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = value;
    }
    return matrix;
  }

  public static double[] flat(double[][] matrix) {
    double[] numbers = new double[matrix.length * matrix[0].length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = matrix[i / matrix[0].length][i % matrix[0].length];
    }
    return numbers;
  }

  public static double[][] map(double[][] a, DoubleUnaryOperator of) {
    return map(a, a, (x, _) -> of.applyAsDouble(x));
  }

  public static double[][] map(double[][] a, double[][] b, DoubleBinaryOperator of) {
    double[][] result = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        result[i][j] = of.applyAsDouble(a[i][j], b[i][j]);
      }
    }
    return result;
  }

  public static double[][] transposed(double[][] a) {
    double[][] result = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        result[j][i] = a[i][j];
      }
    }
    return result;
  }

  public static double[][] product(double[][] a, double[][] b) {
    double[][] result = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          result[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return result;
  }

  public static double norm(double[][] a) {
    double sum = 0;
    for (double x : flat(a)) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }
}
