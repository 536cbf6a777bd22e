package dev.anneal.cli;

import dev.anneal.experiments.SpecYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Command lines as text, to be repeated. */
final class Invocation {
  private Invocation() {}

  /** What the user typed, for a page to say how it was made. */
  static String of(CommandSpec command) {
    return text(command.root().commandLine().getParseResult().originalArgs().stream());
  }

  /**
   * Another command with the options of this one, of its line and its file, that it has too.
   *
   * @param command after its line was read
   * @param name of the other
   * @param instead options in the place of those given; none where the list is empty
   */
  static String of(CommandSpec command, String name, Map<String, List<String>> instead) {
    SpecYaml given = SpecFile.given(command, instead);
    CommandSpec other = Main.add(name, command.root().commandLine());
    List<String> words = new ArrayList<>(List.of(name));
    given
        .values()
        .forEach((key, texts) -> {
          OptionSpec option = other.findOption("--" + key);
          if (option != null && option.arity().max() == 0) {
            words.add("--" + key);
          } else if (option != null) {
            texts.forEach(text -> words.addAll(List.of("--" + key, text)));
          }
        });
    return text(words.stream());
  }

  private static String text(Stream<String> words) {
    return words
        .map(
            word -> word.matches("[\\w./:=,+-]+") ? word : "\"" + word.replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(" ", "anneal ", ""));
  }
}
