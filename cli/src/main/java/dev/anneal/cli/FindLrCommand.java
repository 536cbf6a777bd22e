package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFolder;
import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeResult;
import dev.anneal.experiments.range.RangeTest;
import dev.anneal.experiments.range.SuggestionRule;
import dev.anneal.report.RangeFiles;
import dev.anneal.report.RangeJson;
import dev.anneal.report.RangeWords;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code anneal find-lr}. */
@Command(
    name = "find-lr",
    description = {
      "Raises the learning rate from update to update and looks at the loss: where to search for a"
          + " good one.",
      "What it suggests is the centre of a grid, x/3, x and 3x, to be tried by training; it is no"
          + " answer."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code 0 where nothing is suggested, too: the reason is said.",
      "",
      "Examples:",
      "  anneal find-lr --data ionosphere --optimizer \"sgd(momentum=0.8)\"",
      "  anneal find-lr --data csv:wine.csv --target class --optimizer adam --use --json",
      "  anneal find-lr --optimizer \"adam; dense_1: lr=0.0001\" --only-group dense_1",
      "  anneal find-lr --data ionosphere --optimizer \"sgd(0.1, momentum=0.9)\" \\",
      "      --parameter momentum --ladder linear --from 0.5 --to 0.99"
    })
final class FindLrCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Option(
      names = "--ladder",
      paramLabel = "SPACING",
      defaultValue = "exponential",
      description =
          "How rates follow each other: exponential, by a factor; linear, by a difference (default:"
              + " ${DEFAULT-VALUE}).")
  Ladder.Spacing spacing = Ladder.Spacing.EXPONENTIAL;

  @Option(
      names = "--from",
      paramLabel = "X",
      description = "The first rate (default: 1e-6, of an exponential ladder).")
  @Nullable Double from;

  @Option(
      names = "--to",
      paramLabel = "X",
      description = "The last rate (default: 10, of an exponential ladder).")
  @Nullable Double to;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Updates, each with a rate (default: two epochs, but 100 to 400).")
  @Nullable Integer steps;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often to climb, each time with another seed (default: ${DEFAULT-VALUE}).")
  int seeds;

  @Option(
      names = "--parameter",
      paramLabel = "NAME",
      defaultValue = Optimizer.LEARNING_RATE,
      description =
          "Another hyper-parameter of the optimizer to look at; takes --from and --to, and is"
              + " suggested nothing for (default: ${DEFAULT-VALUE}).")
  String parameter = Optimizer.LEARNING_RATE;

  @Option(
      names = "--only-group",
      paramLabel = "NAME",
      description =
          "Raise the rate of this group of parameters; others stay as they are (default: all, in"
              + " their ratios).")
  @Nullable String onlyGroup;

  @Option(
      names = "--use",
      description =
          "Give the command that trains with what was found: a constant rate is replaced, a"
              + " schedule multiplied until its greatest rate is that.")
  boolean use;

  @Mixin DescriptionOptions description = new DescriptionOptions();

  @Mixin RunOptions options = new RunOptions();

  @Mixin LintCheck lint = new LintCheck();

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(json);
    Catalogue catalogue = main.catalogue();
    int threads = options.threads();
    PreparedRun run = RunOptions.run(command, catalogue, terminal);
    Ladder ladder = ladder(run);
    RangeTest test = new RangeTest(run, parameter, Optional.ofNullable(onlyGroup), ladder, seeds);
    List<String> warnings = lint.of(List.of(), run);
    Path out = options.out("find-lr");
    if (RunFolder.isRun(out) || Files.isDirectory(out.resolve(RunFolder.RUNS))) {
      throw new InputException(
          "%s has a run or a comparison in it; write the test to another folder: --out"
              .formatted(out));
    }
    DataWords.of(run.data()).forEach(terminal.human()::println);
    terminal.human().println("optimizer      " + run.experiment().groups().print());
    warnings.forEach(terminal.human()::println);
    terminal.sayWhatComputes(threads);
    create(out);
    RangeResult result;
    try (Workers workers = new Workers(threads);
        RangeProgress progress = RangeProgress.of(terminal, (long) ladder.steps() * seeds)) {
      result = test.test(workers, progress);
    }
    tell(terminal, result);
    ObjectNode found = RangeJson.of(result);
    if (use) {
      use(test, result.consensus().suggestion().value(), terminal.human(), found);
    }
    RangeFiles.write(result, run, Invocation.of(command), found.toPrettyString(), out);
    SpecFile.write(command, Map.of(), out.resolve("spec.yaml"));
    terminal.human().println("written to " + out);
    if (json) {
      terminal.machine().println(found);
    }
    return 0;
  }

  /** Before the test: who cannot write should not wait for that. */
  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          "%s: cannot be written: %s"
              .formatted(folder, Messages.oneLine(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private Ladder ladder(PreparedRun run) {
    boolean usual =
        spacing == Ladder.Spacing.EXPONENTIAL && parameter.equals(Optimizer.LEARNING_RATE);
    if (!usual && (from == null || to == null)) {
      throw new InputException(
          "give --from and --to: %s has no usual range"
              .formatted(spacing == Ladder.Spacing.LINEAR ? "a linear ladder" : parameter));
    }
    Ladder byDefault = Ladder.ofRates(run.data().iterationsPerEpoch(run.experiment().batch()));
    return new Ladder(
        spacing,
        from == null ? byDefault.from() : from,
        to == null ? byDefault.to() : to,
        steps == null ? byDefault.steps() : steps);
  }

  private static void tell(Terminal terminal, RangeResult result) {
    PrintStream out = terminal.human();
    out.println();
    out.println(RangeWords.setting(result));
    out.println(RangePlot.of(result, terminal.unicode()));
    out.println();
    for (SuggestionRule rule : SuggestionRule.values()) {
      out.println("%-17s %s".formatted(rule, RangeWords.of(result.by(rule))));
    }
    out.println();
    out.println(RangeWords.suggestion(result));
    RangeWords.agreement(result).ifPresent(out::println);
    RangeWords.notes(result).forEach(out::println);
  }

  private void use(RangeTest test, OptionalDouble value, PrintStream out, ObjectNode json) {
    if (value.isEmpty()) {
      json.putNull("use");
      return;
    }
    String optimizer = test.found(value.getAsDouble()).print();
    String train =
        Invocation.of(
            command, "train", Map.of("optimizer", List.of(optimizer), "schedule", List.of()));
    json.putObject("use").put("optimizer", optimizer).put("command", train);
    out.println(train);
  }
}
