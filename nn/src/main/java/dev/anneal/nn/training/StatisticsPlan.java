package dev.anneal.nn.training;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.plan.DataLoader;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import java.util.List;

/**
 * Makes the running values of layers, such as those of batch normalization, for weights that were
 * not trained with: the mean of what all batches have with them, each with as much weight as it has
 * samples (Izmailov et al., "Averaging Weights Leads to Wider Optima", 2018, section 3.2).
 *
 * @param plan computes what a batch has, and leaves it in the states
 * @param followed the states
 */
record StatisticsPlan(Plan plan, List<Parameter> followed) {
  /**
   * Fills the states.
   *
   * @param store the weights
   * @param samples what to train on
   * @param order all of them, in the order in which they are put into batches
   * @param batch samples of one
   */
  void run(ParameterStore store, Workers workers, Samples samples, int[] order, int batch) {
    List<Matrix> states = followed.stream().map(store::matrix).toList();
    double[][] sums = new double[states.size()][];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new double[states.get(i).rows() * states.get(i).columns()];
    }
    DataLoader loader = new DataLoader(plan.inputs(), batch, workers, samples, order);
    int step = 0;
    for (int count = loader.advance(); count > 0; count = loader.advance()) {
      plan.run(count, Progress.at(step++, 1, order.length));
      for (int i = 0; i < sums.length; i++) {
        float[] values = states.get(i).get();
        for (int j = 0; j < values.length; j++) {
          sums[i][j] += (double) count * values[j];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      float[] means = new float[sums[i].length];
      for (int j = 0; j < means.length; j++) {
        means[j] = (float) (sums[i][j] / order.length);
      }
      states.get(i).set(means, 0);
    }
  }
}
