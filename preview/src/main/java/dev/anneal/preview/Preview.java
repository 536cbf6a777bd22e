package dev.anneal.preview;

import dev.anneal.api.InputException;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a schedule, or an optimizer with all of its schedules, will do over a run.
 *
 * @param label what to call it
 * @param hyperparameters the learning rate of each group, and then the other hyper-parameters that
 *     are not constant
 */
public record Preview(String label, List<HyperparameterPreview> hyperparameters) {
  /** Keeps its own copy of the list. */
  public Preview {
    hyperparameters = List.copyOf(hyperparameters);
  }

  /**
   * Of a learning rate.
   *
   * @param label what to call it
   * @param schedule its schedule
   * @param run the run
   * @return its preview
   */
  public static Preview of(String label, Schedule schedule, PlannedRun run) {
    return new Preview(
        label, List.of(new HyperparameterPreview(Optimizer.LEARNING_RATE, schedule, run)));
  }

  /**
   * Of an optimizer.
   *
   * @param label what to call it
   * @param optimizer the optimizer
   * @param run the run
   * @return its preview
   */
  public static Preview ofOptimizer(String label, Optimizer optimizer, PlannedRun run) {
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    optimizer.hyperparameters().forEach(hyper -> schedules.put(hyper.name(), hyper.schedule()));
    return of(label, schedules, run);
  }

  /**
   * Of all that schedules decide.
   *
   * @param label what to call it
   * @param schedules by name, a learning rate among them
   * @param run the run
   * @return its preview
   */
  public static Preview of(String label, Map<String, Schedule> schedules, PlannedRun run) {
    List<HyperparameterPreview> previews = new ArrayList<>();
    schedules.forEach(
        (name, schedule) -> previews.add(new HyperparameterPreview(name, schedule, run)));
    if (previews.stream().noneMatch(HyperparameterPreview::isRate)) {
      throw new InputException(label + " declares no " + Optimizer.LEARNING_RATE);
    }
    previews.removeIf(hyperparameter -> !hyperparameter.isRate() && hyperparameter.isConstant());
    previews.sort(Comparator.comparing(hyperparameter -> !hyperparameter.isRate()));
    return new Preview(label, previews);
  }

  /**
   * The learning rate, of several that of the first group.
   *
   * @return its preview
   */
  public HyperparameterPreview rate() {
    return hyperparameters.getFirst();
  }

  /**
   * One curve of a chart.
   *
   * @param index the number of its preview, counted from 0
   * @param label what to call it
   * @param hyperparameter the curve
   */
  public record Series(int index, String label, HyperparameterPreview hyperparameter) {}

  /**
   * Sorts what previews have by hyper-parameter: a chart each, since each has a scale of its own.
   *
   * @param previews the previews
   * @return the curves by hyper-parameter, the learning rate first
   */
  public static Map<String, List<Series>> charts(List<Preview> previews) {
    Map<String, List<Series>> charts = new LinkedHashMap<>();
    for (int i = 0; i < previews.size(); i++) {
      for (HyperparameterPreview hyperparameter : previews.get(i).hyperparameters()) {
        charts
            .computeIfAbsent(hyperparameter.name(), _ -> new ArrayList<>())
            .add(new Series(i, previews.get(i).label(), hyperparameter));
      }
    }
    return charts;
  }
}
