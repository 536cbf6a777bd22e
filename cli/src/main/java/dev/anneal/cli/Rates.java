package dev.anneal.cli;

import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Figures;
import dev.anneal.experiments.Preview;

/** Says what a learning rate will do, before anything is trained. */
final class Rates {
  private Rates() {}

  static Preview preview(Experiment experiment, int iterationsPerEpoch) {
    return new Preview(experiment.learningRate(), experiment.epochs(), iterationsPerEpoch);
  }

  /** The value at the start, after the first epoch and at the end. */
  static String summary(Preview preview) {
    return "%s at the start, %s after epoch 1, %s at the end"
        .formatted(
            Figures.brief(preview.start()),
            Figures.brief(preview.afterFirstEpoch()),
            Figures.brief(preview.end()));
  }

  static void warn(Terminal terminal, Preview preview) {
    preview.warning().ifPresent(warning -> terminal.human().println("warning: " + warning));
  }
}
