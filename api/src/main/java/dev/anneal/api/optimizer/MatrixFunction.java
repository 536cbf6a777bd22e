package dev.anneal.api.optimizer;

import java.util.List;

/**
 * A step of a rule that is not elementwise, such as a product of matrices or a decomposition.
 * Written once, against {@link DenseMatrix}, it runs in either precision.
 */
public interface MatrixFunction {
  /**
   * What it computes.
   *
   * @return the granularities of the results, none of them a scalar
   */
  List<Granularity> results();

  /**
   * Prepares the computation for a parameter. Working memory is allocated here, by {@link
   * DenseMatrix#like}: running the result should allocate nothing.
   *
   * @param inputs what to read; their elements change from run to run
   * @param numbers single numbers to read; they change from run to run
   * @param results what to write, in the order of {@link #results()}
   * @return computes the results from the inputs
   */
  Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results);
}
