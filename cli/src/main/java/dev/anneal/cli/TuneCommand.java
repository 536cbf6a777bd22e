package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.comparison.Criterion;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.report.SearchFiles;
import dev.anneal.report.SearchJson;
import dev.anneal.report.SearchText;
import dev.anneal.search.Journal;
import dev.anneal.search.OpenOptions;
import dev.anneal.search.Rungs;
import dev.anneal.search.Search;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
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

/** {@code anneal tune}. */
@Command(
    name = "tune",
    description = {
      "Tries values that are left open, stops most trials early, and compares the best few over"
          + " fresh seeds.",
      "Any value of train's options may be log(a, b), uniform(a, b), int(a, b) or choice(x, y,"
          + " ...)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "On each rung a third of the trials goes on, with three times the epochs; each trains the"
          + " schedule written for the epochs of its rung.",
      "",
      "Examples:",
      "  anneal tune --data ionosphere --schedule \"cosine(initial=log(1e-3, 1)) per iteration\"",
      "  anneal tune --data csv:wine.csv --target class --model \"dense(choice(16, 64)), relu\" \\",
      "      --optimizer \"choice(adam, sgd(momentum=0.9))\" --schedule \"cosine(initial=log(1e-3,"
          + " 1)) per iteration\"",
      "  anneal tune --epochs 30 --batch \"choice(32, 128)\" --schedule \"log(0.01, 1)\" --within"
          + " 10min --json"
    })
final class TuneCommand implements Callable<Integer> {
  /** Values may contradict each other; if so many do, the first says why. */
  private static final int ATTEMPTS = 9;

  @ParentCommand Main main = new Main();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How many trials (default: 27, where no other budget is given).")
  @Nullable Integer trials;

  @Option(
      names = "--epoch-budget",
      paramLabel = "N",
      description = "As many trials as fit in so many epochs of training, finals included.")
  @Nullable Long epochBudget;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      description = "As many as fit in a time, such as 90s, 10min or 2h, finals included.")
  @Nullable String within;

  @Option(
      names = "--seeds",
      paramLabel = "N|LIST",
      defaultValue = "5",
      description =
          "How many seeds the best few take at most, from --seed + 1 on; or which; 0 leaves the"
              + " finals out (default: ${DEFAULT-VALUE}).")
  String seeds = "5";

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "val_loss",
      description = "What trials are ranked by: val_loss, val_accuracy, best, time-to.")
  String by = "val_loss";

  @Option(names = "--to", paramLabel = "LOSS", description = "The val_loss to reach.")
  @Nullable Double to;

  @Mixin DescriptionOptions description = new DescriptionOptions();

  @Mixin RunOptions options = new RunOptions();

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  /** Whether it goes on with what is in its folder. */
  private boolean again;

  @Override
  public Integer call() throws IOException {
    MatrixProduct.warmUp();
    Terminal terminal = Terminal.of(json);
    Budget budget = Budget.of(trials, epochBudget, within);
    Criterion criterion =
        Criterion.parse(by, to == null ? OptionalDouble.empty() : OptionalDouble.of(to));
    SearchSpace space = new SearchSpace(SpecFile.given(command, Map.of()).values(), options.seed);
    OpenOptions open = new OpenOptions(space, main.catalogue());
    PreparedRun any = any(open, terminal);
    if (any.data().validation().isEmpty()) {
      throw new InputException(
          "trials are ranked by what is measured on validation samples; give --validation-split");
    }
    int threads = options.threads();
    Rungs rungs =
        Rungs.of(
            any.experiment().epochs(), any.data().iterationsPerEpoch(any.experiment().batch()));
    Plan plan = new Plan(budget, rungs, seeds, options.seed);
    Path out = options.out("tune");
    SearchFolder folder = again ? new SearchFolder(out) : SearchFolder.fresh(out);
    Abreast abreast = Abreast.of(any, plan.trials(), threads);
    terminal.human().println(abreast.sentence());
    DataWords.of(any.data()).forEach(terminal.human()::println);
    terminal.human().println("%-14s %s".formatted("open", space));
    try (Journal journal = Journal.open(out);
        Interruption interruption = new Interruption()) {
      if (!again) {
        AtomicFile.write(folder.command(), Invocation.of(command) + "\n");
        SpecFile.write(command, folder.spec());
      }
      terminal.sayWhatComputes(threads);
      Search search =
          new Search(
              open,
              rungs,
              plan.trials(journal),
              criterion,
              experiment -> RunOptions.open(experiment, terminal));
      journal.results().forEach(search::record);
      SearchJob job = new SearchJob(search, folder, journal, abreast, terminal);
      Optional<SearchSummary> summary =
          new Tuning(job, plan, space.dimensions(), main.catalogue(), interruption).run();
      if (summary.isEmpty()) {
        return TrainingEnd.stopped(terminal, out);
      }
      tell(terminal, summary.get(), out);
      return summary.get().isDiverged() ? TrainingEnd.DIVERGED : 0;
    }
  }

  private void tell(Terminal terminal, SearchSummary summary, Path out) {
    terminal.human().println();
    terminal.human().print(SearchText.of(summary, terminal.unicode()));
    terminal.human().println();
    terminal.human().println("report: " + out.resolve(SearchFiles.PAGE));
    if (json) {
      terminal.machine().println(SearchJson.line(summary));
    }
  }

  /**
   * Goes on with a search that was stopped or killed.
   *
   * @param main knows the plugins
   * @param folder of the search
   * @param threads how many compute; nothing for the processors
   * @param json whether it ends with a line of JSON
   * @return the exit code
   */
  static int goOn(Main main, Path folder, @Nullable Integer threads, boolean json)
      throws IOException {
    TuneCommand tune = new TuneCommand();
    tune.main = main;
    tune.again = true;
    SpecFile.read(folder.resolve("spec.yaml"), tune);
    tune.options.out = folder;
    tune.options.threads = threads;
    tune.json = json;
    return tune.call();
  }

  /** The first that can be trained: they share their data and their length. */
  private static PreparedRun any(OpenOptions open, Terminal terminal) {
    InputException first = null;
    for (int trial = 0; trial < ATTEMPTS; trial++) {
      try {
        Experiment experiment = open.experiment(trial);
        return PreparedRun.of(experiment, RunOptions.open(experiment, terminal));
      } catch (InputException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IllegalStateException("nothing was tried") : first;
  }
}
