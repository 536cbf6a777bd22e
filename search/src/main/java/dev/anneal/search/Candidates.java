package dev.anneal.search;

import dev.anneal.experiments.Experiment;
import dev.anneal.search.space.SearchPoint;

/** What is tried, trial by trial. */
public interface Candidates {
  /**
   * What a trial has chosen.
   *
   * @param trial its number, from 0
   * @return the same each time
   */
  SearchPoint point(int trial);

  /**
   * What a trial trains.
   *
   * @param trial its number, from 0
   * @return for the whole of its epochs, under the name of the trial
   * @throws dev.anneal.api.InputException if its values contradict each other
   */
  Experiment experiment(int trial);

  /**
   * Whether a trial is what the others should beat.
   *
   * @param trial its number, from 0
   * @return then the best such one is in the finals, however it does
   */
  default boolean isBaseline(int trial) {
    return false;
  }
}
