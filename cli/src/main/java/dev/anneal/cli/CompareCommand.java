package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.experiments.CheckpointPolicy;
import dev.anneal.experiments.Comparison;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.Preset;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainingData;
import dev.anneal.preview.Preview;
import dev.anneal.report.HtmlReport;
import dev.anneal.report.ResultFiles;
import dev.anneal.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal compare}. */
@Command(
    name = "compare",
    description = "Trains the same network with several schedules and reports which to choose.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Without --schedule and --run it compares constant, linear, time-based, exponential and step"
          + " schedules, and Adam.",
      "",
      "Examples:",
      "  anneal compare",
      "  anneal compare --data ionosphere --out report",
      "  anneal compare --epochs 20 --schedule \"constant(0.1)\" \\",
      "      --schedule \"exponential(initial=0.5, rate=0.1) per epoch\" --run adam"
    })
final class CompareCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Option(
      names = "--schedule",
      paramLabel = "SPEC",
      description = "A run with this schedule of the learning rate; as many as you like.")
  List<String> schedules = List.of();

  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      defaultValue = "sgd",
      description = "The optimizer of the runs with --schedule (default: ${DEFAULT-VALUE}).")
  String optimizer = "";

  @Option(
      names = "--run",
      paramLabel = "SPEC",
      description = "A run with this optimizer and the schedules in it; as many as you like.")
  List<String> runs = List.of();

  @Mixin RunOptions options = new RunOptions();

  @Mixin LintCheck lint = new LintCheck();

  @Option(names = "--json", description = "End with the results as JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    MatrixProduct.warmUp();
    Terminal terminal = Terminal.of(json);
    List<PreparedRun> contenders = contenders(terminal);
    List<Preview> previews = contenders.stream().map(Previews::of).toList();
    List<String> warnings = lint.of(previews, contenders.getFirst());
    DataWords.of(contenders.getFirst().data()).forEach(terminal.human()::println);
    warnings.forEach(terminal.human()::println);
    int threads = options.threads();
    Path out = options.out("compare");
    ComparisonFolder folders =
        ComparisonFolder.of(
            out, contenders.stream().map(contender -> contender.experiment().name()).toList());
    List<RunRecord> results = new ArrayList<>();
    for (PreparedRun contender : contenders) {
      Path folder = folders.run(contender.experiment().name());
      Optional<Outcome> outcome =
          new TrainingJob(contender, folder, CheckpointPolicy.USUAL, threads, terminal, false)
              .start();
      if (outcome.isEmpty()) {
        return TrainingEnd.stopped(terminal, folder);
      }
      results.add(outcome.get().result());
    }
    Comparison comparison =
        Comparison.of(contenders.getFirst(), previews, results, threads, Invocation.of(command));
    HtmlReport.write(comparison, out.resolve("report.html"));
    ResultFiles.write(comparison, out);
    SpecFile.write(command, out.resolve("spec.yaml"));
    terminal.human().println();
    terminal.human().println(TextReport.render(comparison, terminal.unicode()));
    terminal.human().println();
    terminal.human().println("report: " + out.resolve("report.html"));
    if (json) {
      terminal.machine().print(Files.readString(out.resolve("results.json")));
    }
    return results.stream().allMatch(RunRecord::diverged) ? TrainingEnd.DIVERGED : 0;
  }

  /** What to compare; a name that comes again gets a number. */
  private List<PreparedRun> contenders(Terminal terminal) {
    Map<String, Map<String, List<String>>> chosen = new LinkedHashMap<>();
    for (String schedule : schedules) {
      add(chosen, head(schedule), optimizer, List.of(schedule));
    }
    for (String run : runs) {
      add(chosen, head(run), run, List.of());
    }
    if (chosen.isEmpty()) {
      for (Preset.Contender contender : Preset.of(options.data).contenders()) {
        add(chosen, contender.name(), contender.optimizer(), List.of());
      }
    }
    if (chosen.size() < 2) {
      throw new InputException("a comparison takes at least 2 runs; give more --schedule or --run");
    }
    List<PreparedRun> contenders = new ArrayList<>();
    for (Map<String, List<String>> each : chosen.values()) {
      Optional<TrainingData> data = contenders.stream().findFirst().map(PreparedRun::data);
      contenders.add(RunOptions.run(command, each, main.catalogue(), terminal, data));
    }
    return contenders;
  }

  private static void add(
      Map<String, Map<String, List<String>>> chosen,
      String name,
      String optimizer,
      List<String> schedule) {
    String unique = name;
    for (int i = 2; chosen.containsKey(unique); i++) {
      unique = name + "-" + i;
    }
    chosen.put(
        unique,
        Map.of("name", List.of(unique), "optimizer", List.of(optimizer), "schedule", schedule));
  }

  /** The name at the head of a specification; of a bare number, the number. */
  private static String head(String specification) {
    return specification.strip().split("[(\\s;:]", 2)[0];
  }
}
