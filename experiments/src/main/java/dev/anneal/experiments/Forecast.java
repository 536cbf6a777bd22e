package dev.anneal.experiments;

import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a schedule, or an optimizer with all of its schedules, will do over a run.
 *
 * @param label what to call it
 * @param previews the learning rate, and then the other hyper-parameters that are not constant
 */
public record Forecast(String label, List<Preview> previews) {
  /** Keeps its own copy of the list. */
  public Forecast {
    previews = List.copyOf(previews);
  }

  /**
   * Of a learning rate.
   *
   * @param label what to call it
   * @param schedule its schedule
   * @param run the run
   * @return its forecast
   */
  public static Forecast of(String label, Schedule schedule, PlannedRun run) {
    return new Forecast(label, List.of(new Preview(Optimizer.LEARNING_RATE, schedule, run)));
  }

  /**
   * Of an optimizer.
   *
   * @param label what to call it
   * @param optimizer the optimizer
   * @param run the run
   * @return its forecast
   */
  public static Forecast of(String label, Optimizer optimizer, PlannedRun run) {
    List<Preview> previews = new ArrayList<>();
    previews.add(new Preview(Optimizer.LEARNING_RATE, Experiment.learningRate(optimizer), run));
    optimizer.hyperparameters().stream()
        .filter(hyper -> !hyper.name().equals(Optimizer.LEARNING_RATE))
        .map(hyper -> new Preview(hyper.name(), hyper.schedule(), run))
        .filter(preview -> !preview.isConstant())
        .forEach(previews::add);
    return new Forecast(label, previews);
  }

  /**
   * The learning rate.
   *
   * @return its preview
   */
  public Preview rate() {
    return previews.getFirst();
  }

  /**
   * One curve of a chart.
   *
   * @param forecast the number of its forecast, counted from 0
   * @param label what to call it
   * @param preview the curve
   */
  public record Series(int forecast, String label, Preview preview) {}

  /**
   * Sorts what forecasts have by hyper-parameter: a chart each, since each has a scale of its own.
   *
   * @param forecasts the forecasts
   * @return the curves by hyper-parameter, the learning rate first
   */
  public static Map<String, List<Series>> charts(List<Forecast> forecasts) {
    Map<String, List<Series>> charts = new LinkedHashMap<>();
    for (int i = 0; i < forecasts.size(); i++) {
      for (Preview preview : forecasts.get(i).previews()) {
        charts
            .computeIfAbsent(preview.name(), _ -> new ArrayList<>())
            .add(new Series(i, forecasts.get(i).label(), preview));
      }
    }
    return charts;
  }
}
