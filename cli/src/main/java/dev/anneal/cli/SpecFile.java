package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Clause;
import dev.anneal.experiments.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A YAML file with the options of a command: {@code epochs: 20} is {@code --epochs 20}. What stands
 * on the command line too is taken from there.
 */
final class SpecFile {
  /** The option that names the file. */
  static final String OPTION = "--spec";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  /** Options that do not describe what is trained, and where. */
  private static final Set<String> NOT_KEPT =
      Set.of(OPTION, "--out", "--json", "--threads", "--help", "--version");

  /** An optimizer as a map. */
  private static final String OPTIMIZER = "--optimizer";

  private static final String BASE = "base";
  private static final String GROUPS = "groups";

  private final Path file;
  private final CommandSpec command;

  private SpecFile(Path file, CommandSpec command) {
    this.file = file;
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
      arguments.addAll(new SpecFile(file, command).arguments(last));
    } catch (InputException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    CommandLine root = parsed.commandSpec().commandLine();
    return new CommandLine.RunLast().execute(root.parseArgs(arguments.toArray(String[]::new)));
  }

  /** The options of the file that the line does not have. */
  private List<String> arguments(ParseResult line) {
    JsonNode content = read();
    if (!content.isObject()) {
      throw error("it holds no options; write one a line, such as \"epochs: 20\"");
    }
    List<String> arguments = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : content.properties()) {
      OptionSpec option = option(entry.getKey());
      if (!line.hasMatchedOption(option)) {
        arguments.addAll(arguments(option, entry.getKey(), entry.getValue()));
      }
    }
    return arguments;
  }

  private JsonNode read() {
    try {
      return YAML.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new InputException("cannot read %s %s: %s".formatted(OPTION, file, e.getMessage()), e);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new InputException(
          "%s: %s%s"
              .formatted(
                  file,
                  String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("no YAML"),
                  at == null ? "" : " (line %d)".formatted(at.getLineNr())),
          e);
    }
  }

  private OptionSpec option(String key) {
    Map<String, OptionSpec> known = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      if (!option.longestName().equals(OPTION) && !option.usageHelp() && !option.versionHelp()) {
        known.put(option.longestName().substring(2), option);
      }
    }
    return Optional.ofNullable(known.get(key.replace('_', '-')))
        .orElseThrow(() ->
            error(
                "\"%s\" is no option of %s%s; there are %s"
                    .formatted(
                        key,
                        command.name(),
                        Messages.didYouMean(key, known.keySet()),
                        Messages.list(known.keySet()))));
  }

  private List<String> arguments(OptionSpec option, String key, JsonNode value) {
    String name = option.longestName();
    if (value.isArray() && option.isMultiValue()) {
      return value.valueStream().map(each -> name + "=" + scalar(key, each)).toList();
    }
    if (value.isObject() && name.equals(OPTIMIZER)) {
      return List.of(name + "=" + optimizer(key, value));
    }
    if (option.arity().max() > 0) {
      return List.of(name + "=" + scalar(key, value));
    }
    if (!value.isBoolean()) {
      throw error("\"%s\" is true or false".formatted(key));
    }
    return value.booleanValue() ? List.of(name) : List.of();
  }

  private String scalar(String key, JsonNode value) {
    if (!value.isValueNode() || value.isNull() || value.isBoolean()) {
      throw error("\"%s\" takes a number or a text".formatted(key));
    }
    return value.asString();
  }

  /** The text of an optimizer that is written as a map of its base and its groups. */
  private String optimizer(String key, JsonNode value) {
    List<String> clauses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String within = key + "." + entry.getKey();
      switch (entry.getKey()) {
        case BASE -> clauses.addFirst(scalar(within, entry.getValue()));
        case GROUPS -> {
          if (!entry.getValue().isObject()) {
            throw error("\"%s\" takes lines such as \"dense_1: frozen\"".formatted(within));
          }
          entry
              .getValue()
              .properties()
              .forEach(group ->
                  clauses.add(
                      Clause.quote(group.getKey())
                          + ": "
                          + scalar(within + "." + group.getKey(), group.getValue())));
        }
        default ->
            throw error(
                "\"%s\" has no \"%s\"%s; it has %s and %s"
                    .formatted(
                        key,
                        entry.getKey(),
                        Messages.didYouMean(entry.getKey(), List.of(BASE, GROUPS)),
                        BASE,
                        GROUPS));
      }
    }
    return String.join("; ", clauses);
  }

  private InputException error(String message) {
    return new InputException(file + ": " + message);
  }

  /**
   * Writes the options of a command, those of its file and the defaults included, so that the file
   * repeats what was done.
   */
  static void write(CommandSpec command, Path file) {
    Map<String, Object> content = new LinkedHashMap<>();
    Stream.concat(command.root().options().stream(), command.options().stream())
        .filter(option -> !NOT_KEPT.contains(option.longestName()))
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
    try {
      AtomicFile.write(file, YAML.writeValueAsString(content));
    } catch (IOException e) {
      throw new InputException("cannot write to %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Object value(OptionSpec option, List<String> given) {
    if (option.isMultiValue()) {
      return given;
    }
    return option.arity().max() == 0 ? (Object) Boolean.valueOf(given.getLast()) : given.getLast();
  }
}
