package dev.anneal.nn.minimize;

/** A function to minimize, such as the loss of a model over all its samples. */
@FunctionalInterface
public interface DifferentiableFunction {
  /**
   * Evaluates the function.
   *
   * @param weights where; not to be changed
   * @param gradient receives the gradient there
   * @return the value there
   */
  double evaluate(double[] weights, double[] gradient);
}
