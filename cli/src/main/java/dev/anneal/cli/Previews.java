package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.Preview;
import dev.anneal.preview.SampledCurve;

/** Previews of experiments, and their numbers as text. */
final class Previews {
  private Previews() {}

  static Preview of(PreparedRun prepared) {
    return Preview.of(prepared.experiment().name(), prepared.schedules(), prepared.planned());
  }

  /** The value at the start, after the first epoch and at the end. */
  static String summary(HyperparameterPreview hyperparameter) {
    return NumberFormats.brief(hyperparameter.start())
        + " at the start, "
        + (hyperparameter.afterFirstEpoch().isPresent()
            ? NumberFormats.brief(hyperparameter.afterFirstEpoch().getAsDouble())
                + " after epoch 1, "
            : "")
        + NumberFormats.brief(hyperparameter.end())
        + " at the end";
  }

  /** The least and the greatest value, and where they come first. */
  static String extremes(HyperparameterPreview hyperparameter) {
    return "least %s, greatest %s"
        .formatted(
            extreme(hyperparameter, hyperparameter.curve().least()),
            extreme(hyperparameter, hyperparameter.curve().greatest()));
  }

  private static String extreme(HyperparameterPreview hyperparameter, SampledCurve.Point point) {
    return "%s at %s"
        .formatted(
            NumberFormats.brief(point.value()), hyperparameter.run().place(point.iteration()));
  }
}
