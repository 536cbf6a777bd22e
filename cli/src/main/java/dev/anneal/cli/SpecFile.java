package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.experiments.SpecYaml;
import dev.anneal.nn.file.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The options of a command as YAML: a file of them ({@code epochs: 20} is {@code --epochs 20}),
 * which the command line overrides, and what was given to a command in the end.
 */
final class SpecFile {
  /** The option that names the file. */
  static final String OPTION = "--spec";

  /** The option that names code, which no file does. */
  private static final String PLUGINS = "--plugins";

  /** Options that do not describe what is trained, and where. */
  private static final Set<String> NOT_KEPT =
      Set.of(OPTION, "--out", "--json", "--threads", "--help", "--version");

  private final CommandSpec command;

  private SpecFile(CommandSpec command) {
    this.command = command;
  }

  /** Runs the last command of a line, with the options of its file. */
  static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Path file = last.matchedOptionValue(OPTION, Path.of(""));
    if (last.isUsageHelpRequested() || !last.hasMatchedOption(OPTION)) {
      return new CommandLine.RunLast().execute(parsed);
    }
    List<String> arguments = new ArrayList<>(parsed.originalArgs());
    CommandSpec command = last.commandSpec();
    try {
      arguments.addAll(new SpecFile(command).arguments(SpecYaml.read(file), parsed));
    } catch (InputException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    CommandLine root = parsed.commandSpec().commandLine();
    return new CommandLine.RunLast().execute(root.parseArgs(arguments.toArray(String[]::new)));
  }

  /** The options of the file that the line does not have. */
  private List<String> arguments(SpecYaml yaml, ParseResult line) {
    Map<String, OptionSpec> known = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      if (!option.longestName().equals(OPTION) && !option.usageHelp() && !option.versionHelp()) {
        known.put(option.longestName().substring(2), option);
      }
    }
    yaml.checkKnown(known.keySet(), command.name());
    List<String> arguments = new ArrayList<>();
    yaml.values()
        .forEach((key, texts) -> {
          OptionSpec option = known.get(key);
          if (option != null && !isGiven(option, line)) {
            arguments.addAll(arguments(yaml, option, texts));
          }
        });
    return arguments;
  }

  /**
   * Reads the options of a command that is not on the line.
   *
   * @param file that {@link #write} has written
   * @param command an object with options
   */
  static void read(Path file, Object command) {
    CommandLine line = new CommandLine(command);
    SpecFile spec = new SpecFile(line.getCommandSpec());
    ParseResult nothing = new CommandLine(CommandSpec.create()).parseArgs();
    SequencedMap<String, List<String>> values = new LinkedHashMap<>(SpecYaml.read(file).values());
    values.remove(PLUGINS.substring(2)); // which the line has, or not
    SpecYaml yaml = new SpecYaml(file.toString(), values);
    line.parseArgs(spec.arguments(yaml, nothing).toArray(String[]::new));
  }

  /** Whether a line has an option, be it before the name of the command. */
  private static boolean isGiven(OptionSpec option, ParseResult line) {
    return line.hasMatchedOption(option.longestName())
        || (line.hasSubcommand() && isGiven(option, line.subcommand()));
  }

  private static List<String> arguments(SpecYaml yaml, OptionSpec option, List<String> texts) {
    String name = option.longestName();
    if (name.equals(PLUGINS)) {
      throw yaml.error(
          "\"plugins\" is a folder of code, which no file chooses: give %s on the command line"
              .formatted(PLUGINS));
    }
    if (texts.size() != 1 && !option.isMultiValue()) {
      throw yaml.error("\"%s\" takes a number or a text".formatted(name.substring(2)));
    }
    if (option.arity().max() > 0) {
      return texts.stream().map(text -> name + "=" + text).toList();
    }
    return switch (texts.getFirst()) {
      case "true" -> List.of(name);
      case "false" -> List.of();
      default -> throw yaml.error("\"%s\" is true or false".formatted(name.substring(2)));
    };
  }

  /**
   * The options of a command as they were given, by line and file.
   *
   * @param command after its line was read
   * @param instead others in the place of some, or beside them; none where the list is empty
   */
  static SpecYaml given(CommandSpec command, Map<String, List<String>> instead) {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    kept(command)
        .forEach(option -> {
          List<String> texts = option.stringValues();
          if (!texts.isEmpty()) {
            values.put(option.longestName().substring(2), List.copyOf(texts));
          }
        });
    instead.forEach((key, texts) -> {
      values.remove(key);
      if (!texts.isEmpty()) {
        values.put(key, texts);
      }
    });
    return new SpecYaml("", values);
  }

  private static Stream<OptionSpec> kept(CommandSpec command) {
    return Stream.concat(command.root().options().stream(), command.options().stream())
        .filter(option -> !NOT_KEPT.contains(option.longestName()));
  }

  /**
   * Writes the options of a command, those of its file and the defaults included, so that the file
   * repeats what was done.
   *
   * @param found options that were not given
   */
  static void write(CommandSpec command, Map<String, String> found, Path file) {
    SequencedMap<String, Object> content = new LinkedHashMap<>();
    kept(command)
        .forEach(option -> {
          List<String> given = new ArrayList<>(option.stringValues());
          String byDefault = option.defaultValue();
          if (given.isEmpty() && byDefault != null && option.arity().max() > 0) {
            given.add(byDefault);
          }
          if (!given.isEmpty()) {
            content.put(option.longestName().substring(2), value(option, given));
          }
        });
    content.putAll(found);
    AtomicFile.write(file, SpecYaml.print(content));
  }

  private static Object value(OptionSpec option, List<String> given) {
    if (option.isMultiValue()) {
      return given;
    }
    return option.arity().max() == 0 ? (Object) Boolean.valueOf(given.getLast()) : given.getLast();
  }
}
