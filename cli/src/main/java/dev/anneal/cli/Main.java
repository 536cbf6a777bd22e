package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.interop.Translators;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code anneal}. */
@Command(
    name = "anneal",
    description =
        "Trains neural networks on the CPU, and tells which learning-rate schedule to choose.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  anneal compare --data ionosphere",
      "  anneal train --data ionosphere --optimizer \"sgd(momentum=0.8)\" \\",
      "      --schedule \"time-based(initial=0.1, decay=0.002) per iteration\"",
      "  anneal schedule \"exponential(initial=0.5, rate=0.1) per epoch\" --epochs 100",
      "",
      "Exit codes: 0 done, 1 a failure of the program, 2 wrong input, 3 diverged, 130 or 143"
          + " interrupted."
    })
public final class Main {
  private static final int FAILURE = 1;
  private static final int WRONG_INPUT = 2;

  /** In the order of the help. */
  static final SequencedMap<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("choose", ChooseCommand.class);
    COMMANDS.put("compare", CompareCommand.class);
    COMMANDS.put("train", TrainCommand.class);
    COMMANDS.put("find-lr", FindLrCommand.class);
    COMMANDS.put("tune", TuneCommand.class);
    COMMANDS.put("resume", ResumeCommand.class);
    COMMANDS.put("verify", VerifyCommand.class);
    COMMANDS.put("data", DataCommand.class);
    COMMANDS.put("predict", PredictCommand.class);
    COMMANDS.put("evaluate", EvaluateCommand.class);
    COMMANDS.put("runs", RunsCommand.class);
    COMMANDS.put("show", ShowCommand.class);
    COMMANDS.put("schedule", ScheduleCommand.class);
    COMMANDS.put("plugins", PluginsCommand.class);
  }

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = CommandLine.ScopeType.INHERIT,
      description = "A folder of jars with more plugins (default: $$ANNEAL_PLUGINS, if set).")
  @Nullable Path plugins;

  Main() {}

  /** The plugins that a command may name. */
  Catalogue catalogue() {
    return plugins().catalogue();
  }

  /** What they have to say in other frameworks. */
  Translators translators() {
    return plugins().translators();
  }

  private Plugins plugins() {
    String byDefault = System.getenv("ANNEAL_PLUGINS");
    if (plugins != null) {
      return Plugins.open(plugins);
    }
    return byDefault == null || byDefault.isEmpty()
        ? Plugins.BUILT_IN
        : Plugins.open(Path.of(byDefault));
  }

  /**
   * Runs the command and exits.
   *
   * @param arguments of the command line
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /**
   * Runs the command.
   *
   * @param arguments of the command line
   * @return the exit code
   */
  static int run(String... arguments) {
    CommandLine command = line(List.of(arguments));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setUsageHelpAutoWidth(true);
    command.setExecutionStrategy(SpecFile::execute);
    command.setParameterExceptionHandler((error, _) -> wrongInput(error, error.getCommandLine()));
    command.setExecutionExceptionHandler((error, line, _) ->
        error instanceof InputException ? wrongInput(error, line) : failure(error, line));
    try {
      // Without a subcommand there is nothing to do but to say what there is.
      int exit = arguments.length == 0 ? command.execute("--help") : command.execute(arguments);
      return exit == 0 && !isWritten() ? unwritten(command) : exit;
    } catch (OutOfMemoryError error) {
      command
          .getErr()
          .println(
              "anneal: not enough memory (%d MB); take a smaller model or batch, or give more: ANNEAL_OPTS=-Xmx8g"
                  .formatted(Runtime.getRuntime().maxMemory() >> 20));
      return FAILURE;
    }
  }

  /**
   * The model that reads a line. To make that of a command from its annotations takes 20 ms and
   * more (2026-11-28), so only those are made that the line may name; of others there is what the
   * help lists.
   */
  private static CommandLine line(List<String> arguments) {
    CommandLine line = new CommandLine(new Main());
    if (!arguments.isEmpty() && COMMANDS.containsKey(arguments.getFirst())) {
      add(arguments.getFirst(), line);
      return line;
    }
    boolean inFiles = arguments.stream().anyMatch(argument -> argument.startsWith("@"));
    COMMANDS.forEach((name, type) -> {
      if (inFiles || arguments.contains(name)) {
        add(name, line);
      } else {
        CommandSpec outline = CommandSpec.create().name(name);
        outline.usageMessage().description(type.getAnnotation(Command.class).description());
        line.addSubcommand(outline);
      }
    });
    return line;
  }

  /** Makes the model of a command, whatever the line has of it. */
  static CommandSpec add(String name, CommandLine line) {
    line.getCommandSpec().removeSubcommand(name);
    line.addSubcommand(Objects.requireNonNull(COMMANDS.get(name)));
    return Objects.requireNonNull(line.getSubcommands().get(name)).getCommandSpec();
  }

  /** A print stream keeps its failures to itself. */
  @SuppressWarnings("SystemOut")
  private static boolean isWritten() {
    return !System.out.checkError();
  }

  private static int unwritten(CommandLine command) {
    command.getErr().println("anneal: standard output cannot be written: it is full or closed");
    return FAILURE;
  }

  private static int wrongInput(Exception error, CommandLine line) {
    PrintWriter err = line.getErr();
    String hint =
        error instanceof ParameterException
            ? " (see %s --help)".formatted(line.getCommandSpec().qualifiedName())
            : "";
    err.println("anneal: " + firstLine(error) + hint);
    return WRONG_INPUT;
  }

  private static int failure(Exception error, CommandLine line) {
    String whose = Plugins.culprit(error).map(type -> "plugin class " + type).orElse("program");
    line.getErr().println("anneal: a failure of the " + whose + ": " + error);
    error.printStackTrace(line.getErr());
    return FAILURE;
  }

  private static String firstLine(Exception error) {
    return Messages.oneLine(
        String.valueOf(error.getMessage()).lines().findFirst().orElse("wrong input"));
  }
}
