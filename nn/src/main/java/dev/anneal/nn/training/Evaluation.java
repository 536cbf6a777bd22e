package dev.anneal.nn.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model does on samples it does not train on.
 *
 * @param loss mean loss, in nats
 * @param accuracy part of the samples predicted right; NaN where labels are real numbers
 * @param measures the values of {@link Training#measuring}, by their quantities
 */
public record Evaluation(double loss, double accuracy, Map<String, Double> measures) {
  /** Copies the map. */
  public Evaluation {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }
}
