package dev.anneal.preview;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The metrics that a run left behind, for a preview of a schedule that is driven by one.
 *
 * @param epochs the values of each epoch by name, in order
 */
public record RecordedMetrics(List<Map<String, Double>> epochs) {
  /** Of a run that left none. */
  public static final RecordedMetrics NONE = new RecordedMetrics(List.of());

  /** Keeps its own copy of the list. */
  public RecordedMetrics {
    epochs = List.copyOf(epochs);
  }

  /**
   * The metrics of any epoch.
   *
   * @return their names
   */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(row -> names.addAll(row.keySet()));
    return names;
  }
}
