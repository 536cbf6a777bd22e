package dev.anneal.testkit;

import java.util.Arrays;
import java.util.List;

/** Functions to lower. Weights and gradients are those of all parameters, one after the other. */
enum Problem {
  /** A quadratic with curvatures from 1 to 10. */
  QUADRATIC {
    private static final double[] CURVATURE = {1, 2, 5, 10};

    @Override
    List<Descent.Start> start() {
      return List.of(Descent.Start.row(1, -1, 1, -1));
    }

    @Override
    double value(float[] weights) {
      double sum = 0;
      for (int i = 0; i < CURVATURE.length; i++) {
        sum += CURVATURE[i] * weights[i] * weights[i] / 2;
      }
      return sum;
    }

    @Override
    float[] gradient(float[] weights, int step) {
      float[] gradient = new float[CURVATURE.length];
      for (int i = 0; i < CURVATURE.length; i++) {
        gradient[i] = (float) (CURVATURE[i] * weights[i]);
      }
      return gradient;
    }
  },
  /** Rosenbrock's valley, scaled to gradients below 1 about the start. */
  ROSENBROCK {
    private static final double SCALE = 1e-3;

    @Override
    List<Descent.Start> start() {
      return List.of(Descent.Start.row(-1.2f, 1));
    }

    @Override
    double value(float[] weights) {
      double x = weights[0];
      double valley = weights[1] - x * x;
      return SCALE * (100 * valley * valley + (1 - x) * (1 - x));
    }

    @Override
    float[] gradient(float[] weights, int step) {
      double x = weights[0];
      double valley = weights[1] - x * x;
      return new float[] {
        (float) (SCALE * (-400 * x * valley - 2 * (1 - x))), (float) (SCALE * 200 * valley)
      };
    }
  },
  /** Least squares over all inputs at once. */
  LEAST_SQUARES {
    @Override
    List<Descent.Start> start() {
      return LeastSquares.start();
    }

    @Override
    double value(float[] weights) {
      return LeastSquares.value(weights, 0, LeastSquares.A.length);
    }

    @Override
    float[] gradient(float[] weights, int step) {
      return LeastSquares.gradient(weights, 0, LeastSquares.A.length);
    }
  },
  /** The same by one input at a time, in turn: no step knows the gradients of the next ones. */
  LEAST_SQUARES_IN_TURN {
    @Override
    List<Descent.Start> start() {
      return LeastSquares.start();
    }

    @Override
    double value(float[] weights) {
      return LeastSquares.value(weights, 0, LeastSquares.A.length);
    }

    @Override
    double loss(float[] weights, int step) {
      int input = step % LeastSquares.A.length;
      return LeastSquares.value(weights, input, input + 1);
    }

    @Override
    float[] gradient(float[] weights, int step) {
      int input = step % LeastSquares.A.length;
      return LeastSquares.gradient(weights, input, input + 1);
    }
  };

  /**
   * For six inputs A the outputs {@code A W + b} of a layer of 4 x 3 weights W and a bias b are to
   * be those at weights of 1/4 and biases of -1/2. The curvatures are from 1.2 to 8.6. The sums of
   * the columns of W are right from the start: some rules do not change them.
   */
  private static final class LeastSquares {
    static final double[][] A = {
      {-1, 1, 0, -1},
      {1, 1, 0.5, 0.5},
      {-0.5, 0, 1, 0},
      {1, 0, -0.5, -1},
      {1, -0.5, -1, 1},
      {-0.5, 0, 1, -1},
    };
    private static final int INPUTS = 4;
    private static final int OUTPUTS = 3;
    private static final double WEIGHT = 0.25;
    private static final double BIAS = -0.5;

    static List<Descent.Start> start() {
      float[] matrix = {
        1.25f, -0.75f, 0.75f, -0.75f, 0.75f, 1.25f, 0.75f, 1.25f, -0.75f, -0.25f, -0.25f, -0.25f
      };
      return List.of(
          new Descent.Start(INPUTS, OUTPUTS, matrix), Descent.Start.row(0.5f, -1.5f, 0.25f));
    }

    private static double error(float[] weights, double[] input, int output) {
      double error = weights[INPUTS * OUTPUTS + output] - BIAS;
      for (int i = 0; i < INPUTS; i++) {
        error += input[i] * (weights[i * OUTPUTS + output] - WEIGHT);
      }
      return error;
    }

    static double value(float[] weights, int from, int to) {
      double sum = 0;
      for (double[] input : Arrays.copyOfRange(A, from, to)) {
        for (int output = 0; output < OUTPUTS; output++) {
          double error = error(weights, input, output);
          sum += error * error / 2;
        }
      }
      return sum;
    }

    static float[] gradient(float[] weights, int from, int to) {
      double[] sums = new double[weights.length];
      for (double[] input : Arrays.copyOfRange(A, from, to)) {
        for (int output = 0; output < OUTPUTS; output++) {
          double error = error(weights, input, output);
          for (int i = 0; i < INPUTS; i++) {
            sums[i * OUTPUTS + output] += input[i] * error;
          }
          sums[INPUTS * OUTPUTS + output] += error;
        }
      }
      float[] gradient = new float[sums.length];
      for (int i = 0; i < sums.length; i++) {
        gradient[i] = (float) sums[i];
      }
      return gradient;
    }
  }

  abstract List<Descent.Start> start();

  abstract double value(float[] weights);

  /** The loss that a step is told; steps are counted from 0. */
  double loss(float[] weights, int step) {
    return value(weights);
  }

  /** The gradient of that loss. */
  abstract float[] gradient(float[] weights, int step);
}
