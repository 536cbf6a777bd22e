package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.TrainingData;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.SampledCurve;

/** Says what a hyper-parameter will do, before anything is trained. */
final class Rates {
  private Rates() {}

  static Preview forecast(Experiment experiment, TrainingData data) {
    PlannedRun run =
        PlannedRun.of(
            experiment.epochs(),
            data.iterationsPerEpoch(experiment.batch()),
            data.validation().isPresent());
    return Preview.of(experiment.name(), experiment.schedules(), run);
  }

  /** The value at the start, after the first epoch and at the end. */
  static String summary(HyperparameterPreview preview) {
    return NumberFormats.brief(preview.start())
        + " at the start, "
        + (preview.afterFirstEpoch().isPresent()
            ? NumberFormats.brief(preview.afterFirstEpoch().getAsDouble()) + " after epoch 1, "
            : "")
        + NumberFormats.brief(preview.end())
        + " at the end";
  }

  /** The least and the greatest value, and where they come first. */
  static String extremes(HyperparameterPreview preview) {
    return "least %s, greatest %s"
        .formatted(
            extreme(preview, preview.trace().least()),
            extreme(preview, preview.trace().greatest()));
  }

  private static String extreme(HyperparameterPreview preview, SampledCurve.Point point) {
    return "%s at %s"
        .formatted(NumberFormats.brief(point.value()), preview.run().place(point.iteration()));
  }
}
