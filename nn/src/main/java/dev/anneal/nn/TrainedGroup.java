package dev.anneal.nn;

import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Update;
import dev.anneal.core.schedule.Progress;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.plan.Trained;
import java.util.List;

/** A group that is trained at some time, on its way through a run. */
final class TrainedGroup {
  private final String prefix;
  private final Trained trained;
  private final Hyperparameters hyperparameters;
  private final int learningRate;
  private final boolean always;
  private final double[] uniforms;

  /** Updates so far: of the run's, those at which its schedule was not 0. */
  private long updates;

  TrainedGroup(
      Group group, String prefix, Optimizer optimizer, List<Parameter> parameters, Update update) {
    this.prefix = prefix;
    trained = new Trained(parameters, update);
    hyperparameters = new Hyperparameters(group.schedules(prefix));
    learningRate = hyperparameters.names().indexOf(prefix + Optimizer.LEARNING_RATE);
    if (learningRate < 0) {
      throw new IllegalArgumentException(
          optimizer.getClass().getName()
              + " declares no hyper-parameter "
              + Optimizer.LEARNING_RATE);
    }
    int count = optimizer.hyperparameters().size();
    always = hyperparameters.names().size() == count;
    uniforms = new double[count + 1];
  }

  /** What the names of its numbers begin with; nothing where it is the only group. */
  String prefix() {
    return prefix;
  }

  boolean isAlwaysTrained() {
    return always;
  }

  Trained trained() {
    return trained;
  }

  Hyperparameters hyperparameters() {
    return hyperparameters;
  }

  double learningRate() {
    return hyperparameters.values()[learningRate];
  }

  /**
   * Reads its schedules and, if it is trained now, gets ready for an update.
   *
   * @return whether it is
   */
  boolean begin(Progress progress) {
    hyperparameters.read(progress);
    double[] values = hyperparameters.values();
    int count = uniforms.length - 1;
    if (!always && values[count] == 0) {
      return false;
    }
    System.arraycopy(values, 0, uniforms, 0, count);
    uniforms[count] = ++updates;
    trained.update().prepare(uniforms);
    return true;
  }
}
