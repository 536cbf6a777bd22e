package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import java.util.List;

/**
 * Samples for a model that was trained on others.
 *
 * @param samples in their order
 * @param notes what in them the model does not know, in lines
 */
public record NewData(Samples samples, List<String> notes) {
  /** Copies the list. */
  public NewData {
    notes = List.copyOf(notes);
  }
}
