package dev.anneal.testkit;

/** Functions to lower. */
enum Problem {
  /** A quadratic with curvatures from 1 to 10. */
  QUADRATIC {
    private static final double[] CURVATURE = {1, 2, 5, 10};

    @Override
    float[] start() {
      return new float[] {1, -1, 1, -1};
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
    float[] gradient(float[] weights) {
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
    float[] start() {
      return new float[] {-1.2f, 1};
    }

    @Override
    double value(float[] weights) {
      double x = weights[0];
      double valley = weights[1] - x * x;
      return SCALE * (100 * valley * valley + (1 - x) * (1 - x));
    }

    @Override
    float[] gradient(float[] weights) {
      double x = weights[0];
      double valley = weights[1] - x * x;
      return new float[] {
        (float) (SCALE * (-400 * x * valley - 2 * (1 - x))), (float) (SCALE * 200 * valley)
      };
    }
  };

  abstract float[] start();

  abstract double value(float[] weights);

  abstract float[] gradient(float[] weights);
}
