package dev.anneal.nn.training;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.graph.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The states of layers that go with the weights to measure with, where these are not those that are
 * trained: averaged weights with the running mean and variance of others measure nothing. They are
 * made when they are first wanted after a step, in a pass over the training samples.
 */
final class RunningStatistics {
  private final Networks networks;
  private final Samples samples;
  private final int[] order;

  /** Those that go with the weights that are trained, while others are in their place. */
  private Map<Parameter, float[]> trained = Map.of();

  /** Those that were made last; nothing once weights have changed. */
  private Map<Parameter, float[]> made = Map.of();

  RunningStatistics(Networks networks, Samples samples) {
    this.networks = networks;
    this.samples = samples;
    order = new int[samples.size()];
    networks.order().permute(0, order); // samples often come in the order of their classes
  }

  /** From now on there are other weights. */
  void weightsChange() {
    made = Map.of();
  }

  /** Replaces the states by those that go with the weights that are in place now. */
  void exchange() {
    List<StatisticsPlan> plans =
        networks.all().stream()
            .map(Network::groups)
            .filter(TrainingGroups::evaluatesOthers)
            .flatMap(groups -> groups.statistics().stream())
            .toList();
    if (plans.isEmpty()) {
      return;
    }
    trained = states();
    if (made.isEmpty()) {
      Set<Parameter> followed =
          plans.stream().flatMap(each -> each.followed().stream()).collect(Collectors.toSet());
      plans.forEach(
          each -> each.run(networks.store(), networks.workers(), samples, order, networks.batch()));
      made = states();
      made.keySet().retainAll(followed);
      set(trained); // layers may have states of other kinds
    }
    set(made);
  }

  /** Puts back those that go with the weights that are trained. */
  void back() {
    set(trained);
    trained = Map.of();
  }

  private Map<Parameter, float[]> states() {
    Map<Parameter, float[]> states = new LinkedHashMap<>();
    networks
        .store()
        .matrices()
        .forEach((parameter, matrix) -> {
          if (!parameter.trained()) {
            states.put(parameter, matrix.get());
          }
        });
    return states;
  }

  private void set(Map<Parameter, float[]> states) {
    states.forEach((parameter, values) -> networks.store().matrix(parameter).set(values, 0));
  }
}
