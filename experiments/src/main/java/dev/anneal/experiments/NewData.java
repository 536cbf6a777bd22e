package dev.anneal.experiments;

import dev.anneal.core.sample.Samples;
import dev.anneal.data.prepare.Pipeline;
import dev.anneal.data.table.Table;
import java.util.ArrayList;
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

  /** Rows of a table that was not learned from, with what in it is unknown or missing. */
  static NewData of(Pipeline pipeline, Table table, Samples samples) {
    List<String> notes = new ArrayList<>();
    if (samples.size() < table.rows()) {
      notes.add(
          "rows left out, since something that is needed is missing: %d of %d"
              .formatted(table.rows() - samples.size(), table.rows()));
    }
    pipeline
        .missing(table)
        .forEach((column, rows) ->
            notes.add(
                "rows without a value in column \"%s\": %d; %s"
                    .formatted(column, rows, pipeline.imputation().words())));
    pipeline
        .unseen(table)
        .forEach((column, rows) ->
            notes.add(
                "rows with something in column \"%s\" that was not there in training: %d"
                    .formatted(column, rows)));
    return new NewData(samples, notes);
  }
}
