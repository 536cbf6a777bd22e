package dev.anneal.cli;

import java.util.List;

/** Looks at this and that, so that the launcher can keep the classes that doing so takes. */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs commands that have classes in common; a cache of those that nobody needs is slower.
   *
   * @param arguments which commands, and the folder of a run to look at
   */
  static void main(String[] arguments) {
    String run = arguments[1];
    List<List<String>> lines =
        arguments[0].equals("runs")
            ? List.of(List.of("runs", run), List.of("show", run), List.of("show", run, "--json"))
            : List.of(
                List.of("--help"),
                List.of("train", "--help"),
                List.of("schedule", "cosine(initial=0.1) per epoch"),
                List.of("schedule", "adam(lr=step(0.1, factor=0.5, every=20ep) per epoch)"));
    lines.forEach(line -> Main.run(line.toArray(String[]::new)));
    System.exit(0); // which takes classes too
  }
}
