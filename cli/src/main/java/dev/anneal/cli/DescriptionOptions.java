package dev.anneal.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of one run, and not of several that are compared. */
@SuppressWarnings("unused") // their texts are read by name
final class DescriptionOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      description =
          "See `anneal plugins` (default: by the data). More for parts of the network:"
              + " SPEC; PATTERN: frozen; PATTERN: lr=0.01.")
  @Nullable String optimizer;

  @Option(
      names = "--schedule",
      paramLabel = "SPEC",
      description = "Of the learning rate; see `anneal plugins` (default: the optimizer's).")
  @Nullable String schedule;

  @Option(names = "--name", paramLabel = "NAME", description = "What to call the run.")
  @Nullable String name;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "A word to find the run by; as many as you like.")
  List<String> tags = List.of();
}
