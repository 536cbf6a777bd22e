package dev.anneal.nn.training;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.update.Update;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.group.Group;
import dev.anneal.nn.plan.GroupUpdate;
import java.util.List;

/** A group that is trained at some time, on its way through a run. */
final class GroupState {
  private final String prefix;
  private final GroupUpdate trained;
  private final HyperparameterValues hyperparameters;
  private final int learningRate;
  private final boolean always;
  private final double[] scalars;

  /** Updates so far: of the run's, those at which its schedule was not 0. */
  private long updates;

  GroupState(
      Group group, String prefix, Optimizer optimizer, List<Parameter> parameters, Update update) {
    this.prefix = prefix;
    trained = new GroupUpdate(parameters, update);
    hyperparameters = new HyperparameterValues(group.schedules(prefix));
    learningRate = hyperparameters.names().indexOf(prefix + Optimizer.LEARNING_RATE);
    if (learningRate < 0) {
      throw new IllegalArgumentException(
          optimizer.getClass().getName()
              + " declares no hyper-parameter "
              + Optimizer.LEARNING_RATE);
    }
    int count = optimizer.hyperparameters().size();
    always = hyperparameters.names().size() == count;
    scalars = new double[count + 1];
  }

  /** What the names of its numbers begin with; nothing where it is the only group. */
  String prefix() {
    return prefix;
  }

  boolean isAlwaysTrained() {
    return always;
  }

  GroupUpdate trained() {
    return trained;
  }

  HyperparameterValues hyperparameters() {
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
    int count = scalars.length - 1;
    if (!always && values[count] == 0) {
      return false;
    }
    System.arraycopy(values, 0, scalars, 0, count);
    scalars[count] = ++updates;
    trained.update().prepare(scalars);
    return true;
  }
}
