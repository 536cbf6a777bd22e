package dev.anneal.nn.training;

import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an update did: for each layer that was trained, and for each group where there are several,
 * the norm of the gradient, the norm of the update relative to that of the weights before it, and
 * to that of the gradient; besides, what the optimizers report.
 */
final class Diagnosis {
  private final ParameterStore store;
  private final String objective;
  private final Map<Parameter, float[]> before = new LinkedHashMap<>();

  /** Squares added up. */
  private static final class Squares {
    private double gradient;
    private double weights;
    private double update;

    void add(float[] gradients, float[] before, float[] after) {
      for (int i = 0; i < before.length; i++) {
        double moved = (double) after[i] - before[i];
        gradient = Math.fma(gradients[i], gradients[i], gradient);
        weights = Math.fma(before[i], before[i], weights);
        update = Math.fma(moved, moved, update);
      }
    }

    void report(String part, Map<Metric, Double> metrics) {
      metrics.put(Metric.update(part, Metric.GRADIENT_NORM), Math.sqrt(gradient));
      metrics.put(Metric.update(part, Metric.UPDATE_RATIO), Math.sqrt(update / weights));
      metrics.put(Metric.update(part, Metric.EFFECTIVE_RATE), Math.sqrt(update / gradient));
    }
  }

  /** Looks at the weights before an update of an objective. */
  Diagnosis(ParameterStore store, List<GroupState> groups, String objective) {
    this.store = store;
    this.objective = objective;
    groups.forEach(group ->
        group.trained().parameters().forEach(each -> before.put(each, store.matrix(each).get())));
  }

  /**
   * Looks at them after it.
   *
   * @param plan has the gradients
   * @param groups those that were updated
   * @return what it did
   */
  Map<Metric, Double> after(Plan plan, List<GroupState> groups) {
    Map<String, Squares> layers = new LinkedHashMap<>();
    Map<String, Squares> whole = new LinkedHashMap<>();
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    for (GroupState group : groups) {
      Squares ofGroup = whole.computeIfAbsent(group.part(), _ -> new Squares());
      for (Parameter parameter : group.trained().parameters()) {
        float[] gradient = plan.gradient(parameter);
        float[] start = before.getOrDefault(parameter, new float[0]);
        float[] end = store.matrix(parameter).get();
        ofGroup.add(gradient, start, end);
        layers.computeIfAbsent(layer(parameter), _ -> new Squares()).add(gradient, start, end);
      }
    }
    layers.forEach((layer, squares) -> squares.report(part(layer), metrics));
    if (groups.size() > 1) {
      whole.forEach((part, squares) -> squares.report(part(part), metrics));
    }
    groups.forEach(group -> shown(group, metrics));
    return metrics;
  }

  private String part(String of) {
    return Metric.part(objective, of);
  }

  private static String layer(Parameter parameter) {
    String name = parameter.name();
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** A number that is the same for all parameters of a group is told once. */
  private void shown(GroupState group, Map<Metric, Double> metrics) {
    List<Parameter> parameters = group.trained().parameters();
    Map<String, List<Double>> shown = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      group
          .trained()
          .update()
          .reports(i)
          .forEach((name, value) -> shown.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
    }
    shown.forEach((name, values) -> {
      if (values.stream().distinct().count() == 1) {
        metrics.put(Metric.update(part(group.part()), name), values.getFirst());
      } else {
        for (int i = 0; i < parameters.size(); i++) {
          metrics.put(Metric.update(part(parameters.get(i).name()), name), values.get(i));
        }
      }
    });
  }
}
