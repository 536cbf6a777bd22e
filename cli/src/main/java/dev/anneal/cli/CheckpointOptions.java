package dev.anneal.cli;

import dev.anneal.experiments.CheckpointPolicy;
import picocli.CommandLine.Option;

/** When the state of a run is saved. */
final class CheckpointOptions {
  @Option(
      names = "--checkpoint-every",
      paramLabel = "TIME",
      defaultValue = "1ep",
      description =
          "How often to save the state, to go on from: 1ep, 500it, 5min"
              + " (default: ${DEFAULT-VALUE}).")
  String every = "1ep";

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many of the last states to keep, at least 2 (default: ${DEFAULT-VALUE}).")
  int keep = 3;

  CheckpointPolicy read() {
    return CheckpointPolicy.parse(every, keep);
  }
}
