package dev.anneal.experiments;

import dev.anneal.data.finding.DataFinding;
import java.util.List;

/**
 * How a run ended.
 *
 * @param result what was measured on the way
 * @param data the checksum of the samples, in hexadecimal
 * @param alarms what showed on the way that it leads nowhere
 * @param weights those that were kept, parameter after parameter
 */
@SuppressWarnings("ArrayRecordComponent") // as large as a model: never compared
public record Outcome(RunRecord result, String data, List<DataFinding> alarms, float[] weights) {
  /** Copies the list. */
  public Outcome {
    alarms = List.copyOf(alarms);
  }
}
