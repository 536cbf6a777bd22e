package dev.anneal.nn.training;

/** Whether numbers are finite. */
final class Finite {
  private Finite() {}

  /** The sum of zeros times the numbers is no number exactly where one of them is not finite. */
  static boolean all(float[] numbers) {
    float sum = 0;
    for (float number : numbers) {
      sum += 0 * number;
    }
    return sum == 0;
  }
}
