package dev.anneal.experiments;

import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.training.TrainingListener;

/**
 * Carries experiments out.
 *
 * @param workers who computes; their number changes no bit of the result
 */
public record Runner(Workers workers) {
  /**
   * Runs an experiment from its start to its end.
   *
   * @param run what to do
   * @param listener looks on
   * @return how it ended
   */
  public Outcome run(PreparedRun run, TrainingListener listener) {
    ActiveRun active = new ActiveRun(run, workers, listener);
    while (active.step()) {}
    return active.finish();
  }
}
