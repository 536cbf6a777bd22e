package dev.anneal.nn;

import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.schedule.Progress;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.Update;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The groups of a model while it trains. For each set of groups that are trained together there is
 * a plan with gradients for these alone; it is compiled when it is first wanted, and kept.
 */
final class Training {
  private final List<TrainedGroup> groups = new ArrayList<>();
  private final List<Hyperparameters> hyperparameters = new ArrayList<>();
  private final Function<Map<Parameter, Update>, Plan> compile;
  private final Map<BitSet, Plan> plans = new HashMap<>();
  private final BitSet trained = new BitSet();
  private Plan plan;

  /**
   * Groups before their first update.
   *
   * @param optimizers what trains the model
   * @param model the model
   * @param updates runs an optimizer over parameters
   * @param compile makes a plan that trains some parameters by their updates
   */
  Training(
      Groups optimizers,
      Model model,
      BiFunction<Optimizer, List<Parameter>, Update> updates,
      Function<Map<Parameter, Update>, Plan> compile) {
    this.compile = compile;
    Map<Group, List<Parameter>> taken = optimizers.over(model);
    optimizers
        .trained(model)
        .forEach((prefix, group) -> {
          List<Parameter> parameters = taken.getOrDefault(group, List.of());
          Optimizer optimizer = group.optimizer().orElseThrow();
          Update update = updates.apply(optimizer, parameters);
          groups.add(new TrainedGroup(group, prefix, optimizer, parameters, update));
        });
    groups.forEach(group -> hyperparameters.add(group.hyperparameters()));
    hyperparameters.add(new Hyperparameters(model.schedules()));
    for (int i = 0; i < groups.size(); i++) { // what is likely to be trained at first
      trained.set(i, groups.get(i).isAlwaysTrained());
    }
    plan = plan();
  }

  /** Says which schedule would wait for a metric that never comes. */
  void checkMonitored(Set<String> measured) {
    hyperparameters.forEach(each -> each.checkMonitored(measured));
  }

  /**
   * Reads all schedules and gets ready for an update.
   *
   * @return the plan that makes it
   */
  Plan begin(Progress progress) {
    boolean changed = false;
    for (int i = 0; i < groups.size(); i++) {
      boolean now = groups.get(i).begin(progress);
      changed |= now != trained.get(i);
      trained.set(i, now);
    }
    hyperparameters.getLast().read(progress);
    if (changed) {
      plan = plan();
    }
    return plan;
  }

  /** A plan for the groups that are trained now. */
  private Plan plan() {
    Plan known = plans.get(trained);
    if (known != null) {
      return known;
    }
    Map<Parameter, Update> updates = new LinkedHashMap<>();
    trained.stream()
        .mapToObj(groups::get)
        .forEach(group ->
            group.parameters().forEach(parameter -> updates.put(parameter, group.update())));
    Plan made = compile.apply(updates);
    plans.put((BitSet) trained.clone(), made);
    return made;
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

  /** The learning rate last read; of several, that of the first group. */
  double learningRate() {
    return groups.getFirst().learningRate();
  }
}
