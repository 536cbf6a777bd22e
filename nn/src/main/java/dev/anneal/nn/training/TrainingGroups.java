package dev.anneal.nn.training;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.update.Update;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.group.Group;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.plan.GroupUpdate;
import dev.anneal.nn.plan.Plan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The groups of a model while it trains. For each set of groups that are trained together there is
 * a plan with gradients for these alone; it is compiled when it is first wanted, and kept. Where
 * optimizers take several gradients a step, each further one has a plan for their groups.
 */
final class TrainingGroups {
  private final List<GroupState> groups = new ArrayList<>();
  private final List<HyperparameterValues> hyperparameters = new ArrayList<>();
  private final PlanFactory compiler;
  private final Map<BitSet, List<Plan>> plans = new HashMap<>();
  private final Map<BitSet, List<Plan>> watched = new HashMap<>();
  private final BitSet trained = new BitSet();
  private final Map<BitSet, Optional<StatisticsPlan>> statistics = new HashMap<>();
  private List<Plan> now;

  /**
   * Groups before their first update.
   *
   * @param optimizers what trains the model
   * @param compiler makes what is needed
   */
  TrainingGroups(Groups optimizers, PlanFactory compiler) {
    this.compiler = compiler;
    Model model = compiler.model();
    Map<Group, List<Parameter>> taken = optimizers.assign(model);
    optimizers
        .trained(model)
        .forEach((prefix, group) -> {
          List<Parameter> parameters = taken.getOrDefault(group, List.of());
          Optimizer optimizer = group.optimizer().orElseThrow();
          Update update = compiler.update(groups.size(), optimizer, parameters);
          groups.add(new GroupState(group, prefix, optimizer, parameters, update));
        });
    groups.forEach(group -> hyperparameters.add(group.hyperparameters()));
    hyperparameters.add(new HyperparameterValues(model.schedules()));
    for (int i = 0; i < groups.size(); i++) { // what is likely to be trained at first
      trained.set(i, groups.get(i).isAlwaysTrained());
    }
    now = plans(plans, false);
  }

  /** From now on what is named here has other schedules. */
  void follow(Map<String, Schedule> others) {
    hyperparameters.forEach(each -> each.follow(others));
  }

  /** Says which schedule would wait for a metric that never comes. */
  void checkMonitored(Set<String> measured) {
    hyperparameters.forEach(each -> each.checkMonitored(measured));
  }

  /**
   * Reads all schedules and gets ready for an update.
   *
   * @param samples of the batch
   * @return the plans that make it, one for each gradient, the loss of the first being the model's
   */
  List<Plan> begin(Progress progress, int samples) {
    boolean changed = false;
    for (int i = 0; i < groups.size(); i++) {
      boolean now = groups.get(i).begin(progress, samples);
      changed |= now != trained.get(i);
      trained.set(i, now);
    }
    hyperparameters.getLast().read(progress);
    if (changed) {
      now = plans(plans, false);
    }
    return now;
  }

  /** The groups that are trained at the update that has begun. */
  List<GroupState> trained() {
    return trained.stream().mapToObj(groups::get).toList();
  }

  /** Plans for the update that has begun which keep all gradients. */
  List<Plan> watched() {
    return plans(watched, true);
  }

  /** Plans for the groups that are trained now. */
  private List<Plan> plans(Map<BitSet, List<Plan>> plans, boolean keep) {
    List<Plan> known = plans.get(trained);
    if (known != null) {
      return known;
    }
    List<GroupUpdate> all = trained().stream().map(GroupState::trained).toList();
    int passes = all.stream().mapToInt(each -> each.update().passes()).max().orElse(1);
    List<Plan> made = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      int number = pass;
      made.add(
          compiler.plan(
              all.stream().filter(each -> each.update().passes() > number).toList(), pass, keep));
    }
    plans.put((BitSet) trained.clone(), made);
    return made;
  }

  /**
   * Puts the weights to measure the model with in the place of those that are trained, where
   * optimizers have others; called again, puts those back.
   */
  void exchange() {
    groups.forEach(group -> group.trained().update().exchange());
  }

  /** Whether the weights to measure with are others. */
  boolean evaluatesOthers() {
    return groups.stream().anyMatch(group -> group.trained().update().evaluatesOthers());
  }

  /** What makes the running values of layers, while the groups that are trained now are. */
  Optional<StatisticsPlan> statistics() {
    Optional<StatisticsPlan> known = statistics.get(trained);
    if (known == null) {
      known =
          compiler.statistics(
              trained().stream()
                  .flatMap(group -> group.trained().parameters().stream())
                  .collect(Collectors.toSet()));
      statistics.put((BitSet) trained.clone(), known);
    }
    return known;
  }

  /** Multiplies all learning rates from now on, whatever their schedules say. */
  void scale(double factor) {
    groups.forEach(group -> group.scale(factor));
  }

  /** The names of all values that schedules decide. */
  List<String> names() {
    return hyperparameters.stream().flatMap(each -> each.names().stream()).toList();
  }

  /** A value last read, NaN where there is none of that name. */
  double value(String name) {
    for (int i = 0; i < hyperparameters.size(); i++) {
      int at = hyperparameters.get(i).names().indexOf(name);
      if (at >= 0) {
        return hyperparameters.get(i).values()[at];
      }
    }
    return Double.NaN;
  }

  /** The learning rate last read; of several, that of the first group; NaN where there is none. */
  double learningRate() {
    return groups.isEmpty() ? Double.NaN : groups.getFirst().learningRate();
  }

  void save(StateWriter to) {
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).save(to.within("group_" + i));
    }
  }

  void restore(StateReader from) {
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).restore(from.within("group_" + i));
    }
  }
}
