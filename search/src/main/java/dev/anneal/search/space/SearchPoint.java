package dev.anneal.search.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A choice of all values.
 *
 * @param options the texts of all options
 * @param values as they were chosen, by the names of their dimensions; of a choice within an option
 *     that was not taken there is none
 * @param positions of these values on the axes of their dimensions, in [0, 1)
 */
public record SearchPoint(
    SequencedMap<String, List<String>> options,
    SequencedMap<String, String> values,
    SequencedMap<String, Double> positions) {
  /** Copies the maps. */
  public SearchPoint {
    options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    positions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(positions));
  }

  /** What was chosen, in words. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
