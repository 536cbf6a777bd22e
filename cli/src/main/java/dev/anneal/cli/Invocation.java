package dev.anneal.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What the user typed, for a page to say how it was made. */
final class Invocation {
  private Invocation() {}

  static String of(CommandSpec command) {
    List<String> words = command.root().commandLine().getParseResult().originalArgs();
    return words.stream()
        .map(
            word -> word.matches("[\\w./:=,+-]+") ? word : "\"" + word.replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(" ", "anneal ", ""));
  }
}
