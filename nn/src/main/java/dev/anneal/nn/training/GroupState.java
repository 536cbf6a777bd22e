package dev.anneal.nn.training;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.update.Update;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.group.Group;
import dev.anneal.nn.plan.GroupUpdate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A group that is trained at some time, on its way through a run. */
final class GroupState {
  /** The number of the step, the samples, and whether it is the run's last. */
  private static final int AFTER = 3;

  private final String part;
  private final GroupUpdate trained;
  private final HyperparameterValues hyperparameters;
  private final int learningRate;
  private final boolean always;
  private final double[] scalars;

  /** What the learning rate is multiplied by: 1 until a guard has gone back. */
  private double factor = 1;

  /** Updates so far: of the run's, those at which its schedule was not 0. */
  private long updates;

  GroupState(
      Group group, String prefix, Optimizer optimizer, List<Parameter> parameters, Update update) {
    part = prefix.isEmpty() ? "" : group.name();
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
    scalars = new double[count + AFTER];
  }

  /** What its numbers are told of; nothing where it is the only group. */
  String part() {
    return part;
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

  void scale(double factor) {
    this.factor = factor;
  }

  double learningRate() {
    return hyperparameters.values()[learningRate];
  }

  /**
   * Reads its schedules and, if it is trained now, gets ready for an update.
   *
   * @param samples of the batch
   * @return whether it is
   */
  boolean begin(Progress progress, int samples) {
    hyperparameters.read(progress);
    double[] values = hyperparameters.values();
    values[learningRate] *= factor;
    int count = scalars.length - AFTER;
    if (!always && values[count] == 0) {
      return false;
    }
    System.arraycopy(values, 0, scalars, 0, count);
    scalars[count] = ++updates;
    scalars[count + 1] = samples;
    scalars[count + 2] = progress.iteration() + 1 >= progress.totalIterations() ? 1 : 0;
    trained.update().prepare(scalars);
    return true;
  }

  void save(StateWriter to) {
    to.longs("updates", updates);
    List<Update.State> states = trained.update().save();
    for (int i = 0; i < states.size(); i++) {
      StateWriter own = to.within(trained.parameters().get(i).name());
      states.get(i).arrays().forEach(own::floats);
      states.get(i).scalars().forEach(own::doubles);
    }
  }

  void restore(StateReader from) {
    updates = from.one("updates");
    trained
        .update()
        .restore(
            trained.parameters().stream()
                .map(parameter -> from.within(parameter.name()))
                .map(own -> new Update.State(own.allFloats(), scalars(own)))
                .toList(),
            updates);
  }

  private static Map<String, Double> scalars(StateReader from) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    from.allDoubles().forEach((name, values) -> scalars.put(name, values[0]));
    return scalars;
  }
}
