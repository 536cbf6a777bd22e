package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contest;
import dev.anneal.comparison.Criterion;
import dev.anneal.comparison.Draws;
import dev.anneal.comparison.Verdict;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Preset;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.preview.Preview;
import dev.anneal.report.HtmlReport;
import dev.anneal.report.ResultFiles;
import dev.anneal.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

/** {@code anneal compare}. */
@Command(
    name = "compare",
    description =
        "Trains the same network with several schedules, each with several seeds, and says which to"
            + " choose.",
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
      "  anneal compare --data ionosphere --folds 5 --by val_accuracy",
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

  @Option(
      names = "--seeds",
      paramLabel = "N|LIST",
      description =
          "How many seeds each takes at most, from --seed on, in rounds and no more than the"
              + " verdict needs; or which, such as 3,7,9 (default: 8; 3 for fashion-mnist).")
  @Nullable String seeds;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "Cross-validation: each of K folds validates in turn, for each seed.")
  @Nullable Integer folds;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "val_loss",
      description =
          "What they are compared by: val_loss, val_accuracy, best (the lowest val_loss of any"
              + " epoch), time-to (epochs to the val_loss --to) (default: ${DEFAULT-VALUE}).")
  String by = "val_loss";

  @Option(names = "--to", paramLabel = "LOSS", description = "The val_loss to reach.")
  @Nullable Double to;

  @Option(
      names = "--margin",
      paramLabel = "X",
      description =
          "Differences below count for nothing (default: 1 % of what there is to gain; half a"
              + " point of accuracy; an epoch).")
  @Nullable Double margin;

  @Mixin RunOptions options = new RunOptions();

  @Mixin LintCheck lint = new LintCheck();

  @Option(names = "--json", description = "End with the results as JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  /** Whether it goes on with what is in its folder. */
  private boolean again;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(json);
    Contest contest = contest(terminal);
    List<Preview> previews = contest.first().stream().map(Previews::of).toList();
    List<String> warnings = lint.of(previews, contest.any());
    int threads = options.threads();
    Abreast abreast = Abreast.of(contest.any(), contest.next().size(), threads);
    terminal.human().println(abreast.sentence());
    DataWords.of(contest.any().data()).forEach(terminal.human()::println);
    warnings.forEach(terminal.human()::println);
    ComparisonFolder folders =
        ComparisonFolder.of(
            options.out("compare"),
            previews.stream().map(Preview::label).toList(),
            contest.draws());
    if (!again) {
      Files.createDirectories(folders.runs());
      AtomicFile.write(folders.command(), Invocation.of(command) + "\n");
      SpecFile.write(command, Map.of(), folders.spec());
    }
    terminal.sayWhatComputes(threads);
    ContestJob job = new ContestJob(contest, folders, abreast, again, terminal);
    Optional<Verdict> decided;
    try (Interruption interruption = new Interruption()) {
      decided =
          job.decide(
              main.catalogue(),
              interruption,
              verdict -> {
                report(contest, verdict, previews, folders);
                if (!contest.isDecided()) {
                  terminal
                      .human()
                      .print(TextReport.wrapped("so far: " + verdict.text(), terminal.unicode()));
                }
                return true;
              });
    }
    if (decided.isEmpty()) {
      return TrainingEnd.stopped(terminal, folders.folder());
    }
    Comparison comparison = report(contest, decided.get(), previews, folders);
    terminal.human().println();
    terminal.human().println(TextReport.render(comparison, terminal.unicode()));
    terminal.human().println();
    terminal.human().println("report: " + folders.folder().resolve("report.html"));
    if (json) {
      terminal.machine().print(Files.readString(folders.folder().resolve("results.json")));
    }
    return contest.contenders().stream().allMatch(each -> each.average().diverged())
        ? TrainingEnd.DIVERGED
        : 0;
  }

  /**
   * Goes on with a comparison that was stopped or killed.
   *
   * @param main knows the plugins
   * @param folder of the comparison
   * @param threads how many compute; nothing for the processors
   * @param json whether it ends with the results as JSON
   * @return the exit code
   */
  static int goOn(Main main, Path folder, @Nullable Integer threads, boolean json)
      throws IOException {
    CompareCommand compare = new CompareCommand();
    compare.main = main;
    compare.again = true;
    SpecFile.read(folder.resolve("spec.yaml"), compare);
    compare.options.out = folder;
    compare.options.threads = threads;
    compare.json = json;
    return compare.call();
  }

  private Comparison report(
      Contest contest, Verdict verdict, List<Preview> previews, ComparisonFolder folders) {
    Comparison comparison =
        Comparison.of(contest, verdict, previews, options.threads(), folders.commandLine());
    HtmlReport.write(comparison, folders.folder().resolve("report.html"));
    ResultFiles.write(comparison, folders.folder());
    return comparison;
  }

  private Contest contest(Terminal terminal) {
    if (folds != null && (options.validationSplit != null || options.fold != null)) {
      throw new InputException(
          "with --folds each fold validates in turn; leave out --validation-split and --fold");
    }
    if (folds != null && "ordered".equals(options.split)) {
      throw new InputException("--folds are drawn; leave out --split ordered");
    }
    Draws draws =
        Draws.parse(
            seeds != null
                ? seeds
                : folds != null ? "1" : String.valueOf(Preset.of(options.data).seeds()),
            options.seed);
    return new Contest(
        contenders(),
        folds == null ? draws : draws.folds(folds),
        Criterion.parse(by, to == null ? OptionalDouble.empty() : OptionalDouble.of(to)),
        margin == null ? OptionalDouble.empty() : OptionalDouble.of(margin),
        experiment -> RunOptions.open(experiment, terminal));
  }

  /** What to compare; a name that comes again gets a number. */
  private List<Experiment> contenders() {
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
    return chosen.values().stream()
        .map(each -> Experiment.of(SpecFile.given(command, each), main.catalogue()))
        .toList();
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
