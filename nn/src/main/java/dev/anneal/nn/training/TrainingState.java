package dev.anneal.nn.training;

import dev.anneal.nn.file.StoredArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * All that decides how a session goes on: weights, the state of the optimizers, the counters of the
 * groups, the metrics so far, where it stands in the run and in the epoch, and the best weights so
 * far. It is immutable.
 *
 * @param texts by name
 * @param arrays by name; the weights under the names of their parameters. Not to be changed
 */
public record TrainingState(
    SequencedMap<String, String> texts, SequencedMap<String, StoredArray> arrays) {
  /** Copies the maps. */
  public TrainingState {
    texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
    arrays = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arrays));
  }

  StateReader reader() {
    return new StateReader(this);
  }
}
