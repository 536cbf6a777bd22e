package dev.anneal.experiments;

import dev.anneal.data.finding.DataFinding;
import dev.anneal.nn.training.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param result what was measured on the way
 * @param test how the model does on the data set's own test samples, if it has any
 * @param data the checksum of the samples, in hexadecimal
 * @param alarms what showed on the way that it leads nowhere
 * @param weights those that were kept, parameter after parameter
 */
@SuppressWarnings("ArrayRecordComponent") // as large as a model: never compared
public record Outcome(
    RunRecord result,
    Optional<Evaluation> test,
    String data,
    List<DataFinding> alarms,
    float[] weights) {
  /** Copies the list. */
  public Outcome {
    alarms = List.copyOf(alarms);
  }
}
