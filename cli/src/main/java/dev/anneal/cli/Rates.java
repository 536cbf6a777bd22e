package dev.anneal.cli;

import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Figures;
import dev.anneal.experiments.Forecast;
import dev.anneal.experiments.PlannedRun;
import dev.anneal.experiments.Preview;
import dev.anneal.experiments.Trace;
import dev.anneal.experiments.TrainingData;

/** Says what a hyper-parameter will do, before anything is trained. */
final class Rates {
  private Rates() {}

  static Forecast forecast(Experiment experiment, TrainingData data) {
    PlannedRun run =
        PlannedRun.of(
            experiment.epochs(),
            data.iterationsPerEpoch(experiment.batch()),
            data.validation().isPresent());
    return Forecast.of(experiment.name(), experiment.schedules(), run);
  }

  /** The value at the start, after the first epoch and at the end. */
  static String summary(Preview preview) {
    return Figures.brief(preview.start())
        + " at the start, "
        + (preview.afterFirstEpoch().isPresent()
            ? Figures.brief(preview.afterFirstEpoch().getAsDouble()) + " after epoch 1, "
            : "")
        + Figures.brief(preview.end())
        + " at the end";
  }

  /** The least and the greatest value, and where they come first. */
  static String extremes(Preview preview) {
    return "least %s, greatest %s"
        .formatted(
            extreme(preview, preview.trace().least()),
            extreme(preview, preview.trace().greatest()));
  }

  private static String extreme(Preview preview, Trace.Point point) {
    return "%s at %s"
        .formatted(Figures.brief(point.value()), preview.run().place(point.iteration()));
  }
}
