package dev.anneal.cli;

import java.util.List;

/** Looks at this and that, so that the launcher can keep the classes that doing so takes. */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs commands that have classes in common; a cache of those that nobody needs is slower.
   *
   * @param arguments the folder of a run to look at; none for help and schedules
   */
  static void main(String[] arguments) {
    List<List<String>> lines =
        arguments.length == 0
            ? List.of(
                List.of("--help"),
                List.of("train", "--help"),
                List.of("schedule", "cosine(initial=0.1) per epoch"),
                List.of("schedule", "adam(lr=step(0.1, factor=0.5, every=20ep) per epoch)"))
            : List.of(
                List.of("runs", arguments[0]),
                List.of("show", arguments[0]),
                List.of("show", arguments[0], "--json"));
    lines.forEach(line -> Main.run(line.toArray(String[]::new)));
    System.exit(0); // which takes classes too
  }
}
