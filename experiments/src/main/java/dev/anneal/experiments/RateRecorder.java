package dev.anneal.experiments;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.Guard;
import dev.anneal.nn.training.Incident;
import dev.anneal.nn.training.Session;
import dev.anneal.nn.training.TrainingListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the learning rates of every so many updates: what was really used, not what a formula says.
 * The rate of a group that was not trained is NaN.
 */
final class RateRecorder implements TrainingListener {
  private final long stride;
  private final Map<String, List<RatePoint>> curves = new LinkedHashMap<>();

  RateRecorder(long stride) {
    this.stride = stride;
  }

  @Override
  public void batch(Live live) {
    long iteration = live.iterations() - 1;
    if (iteration % stride == 0) {
      live.hyperparameters().stream()
          .filter(Hyperparameter::isLearningRate)
          .forEach(rate -> add(rate, iteration, used(live, rate)));
    }
  }

  private static double used(Live live, String rate) {
    return live.hyperparameter(Groups.whenTrained(rate)) == 0
        ? Double.NaN
        : live.hyperparameter(rate);
  }

  /**
   * The rates of the updates before a run was taken up: what its schedules say, of the metrics that
   * it had recorded. They are pure functions of these.
   */
  void recall(PreparedRun run, Session session) {
    Map<String, Schedule> schedules = run.schedules();
    int perEpoch = session.stepsPerEpoch();
    Cursor cursor = new Cursor(perEpoch, run.updates(), session.history());
    long done = (long) session.epoch() * perEpoch + session.stepOfEpoch();
    Set<Long> undone = new HashSet<>();
    for (Incident incident : session.incidents()) {
      if (incident.guard() == Guard.STOP) {
        done = Math.min(done, incident.step() - 1); // which cut its epoch short
      } else if (incident.guard() == Guard.SKIP) {
        undone.add(incident.step() - 1);
      }
    }
    for (long iteration = 0; iteration < done; iteration += stride) {
      if (undone.contains(iteration)) {
        continue;
      }
      cursor.moveTo(iteration);
      for (Map.Entry<String, Schedule> each : schedules.entrySet()) {
        if (Hyperparameter.isLearningRate(each.getKey())) {
          Schedule trained = schedules.get(Groups.whenTrained(each.getKey()));
          boolean used = trained == null || trained.at(cursor) != 0;
          add(each.getKey(), iteration, used ? each.getValue().at(cursor) : Double.NaN);
        }
      }
    }
  }

  private void add(String rate, long iteration, double value) {
    curves.computeIfAbsent(rate, _ -> new ArrayList<>()).add(new RatePoint(iteration, value));
  }

  /** The curves by the names of the rates, that of the first group first. */
  Map<String, List<RatePoint>> curves() {
    return curves;
  }
}
