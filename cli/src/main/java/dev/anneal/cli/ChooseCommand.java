package dev.anneal.cli;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.SpecYaml;
import dev.anneal.experiments.TableFile;
import dev.anneal.experiments.TrainingData;
import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeTest;
import dev.anneal.experiments.range.Suggestion;
import dev.anneal.search.Portfolio;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal choose}. */
@Command(
    name = "choose",
    description = {
      "Does the whole job: looks at the data, finds the rate, tries optimizers, schedules and"
          + " networks, compares the best few over seeds, tests once.",
      "Leaves the model, the report, the experiment, and the schedule as code for Keras, PyTorch"
          + " and Optax."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Of a table, a part is set aside to test (--test-split 0.2). What is given is not searched:"
          + " --model 32-32, --dropout 0, --batch 64; it may be left open as in `anneal tune`.",
      "",
      "Examples:",
      "  anneal choose --data ionosphere",
      "  anneal choose --data csv:mine.csv --target y --within 10min --out chosen"
    })
final class ChooseCommand implements Callable<Integer> {
  /** Where a range test suggests none, by family: what is usual. */
  private static final Map<String, Double> USUAL = Map.of("sgd", 0.03, "adam", 0.003);

  // Trials are judged by their last epoch, not by their best: of 36 validation rows of wine the
  // best
  // of 100 epochs has a loss of 0 by luck, and 3.9 on the test rows; the last has 0.001
  // (2026-11-28).

  /** Climbs of each range test. */
  private static final int SEEDS = 5;

  private static final String TEST_SPLIT = "0.2";

  @ParentCommand Main main = new Main();

  @Mixin SearchOptions search = new SearchOptions();

  @Mixin RunOptions options = new RunOptions();

  @Mixin LintCheck lint = new LintCheck();

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  /** Whether it goes on with what is in its folder. */
  private boolean again;

  @Override
  public Integer call() throws IOException {
    MatrixProduct.warmUp();
    Terminal terminal = Terminal.of(json);
    search.budget(); // wrong ones are refused before the data are read
    Path out = options.out("choose");
    SearchFolder folder = SearchFolder.of(out, again);
    SequencedMap<String, List<String>> given =
        new LinkedHashMap<>(SpecFile.given(command, Map.of()).values());
    if (TableFile.is(options.data) && options.testSplit == null) {
      given.put("test-split", List.of(TEST_SPLIT));
    }
    Map<String, Double> rates = rates(given, terminal);
    if (options.model == null) {
      given.put("model", List.of(networks()));
      given.computeIfAbsent("dropout", _ -> List.of("uniform(0, 0.5)"));
    }
    Portfolio portfolio = new Portfolio(given, options.seed, rates, main.catalogue());
    Optional<SearchSummary> summary =
        new Tuning(
                portfolio,
                portfolio.space().dimensions(),
                search,
                lint,
                options.seed,
                options.threads(),
                main.catalogue(),
                terminal)
            .run(folder, command);
    int exit = Tuning.end(summary, out, terminal, json);
    if (summary.isPresent()) {
      new Chosen(summary.get(), folder, main.translators(), terminal).leave();
    }
    return exit;
  }

  private String networks() {
    return options.data.startsWith("fashion-mnist")
        ? "choice(512-200, 512-512)"
        : "choice(64, 128, 256-256)";
  }

  /** What range tests suggest for each family, on the usual network; says so. */
  private Map<String, Double> rates(Map<String, List<String>> given, Terminal terminal) {
    Map<String, Double> rates = new LinkedHashMap<>();
    @Nullable TrainingData data = null;
    for (Map.Entry<String, String> family : Portfolio.families().entrySet()) {
      SequencedMap<String, List<String>> texts = new LinkedHashMap<>(given);
      texts.values().removeIf(each -> each.stream().anyMatch(SearchSpace::isOpen));
      texts.put("optimizer", List.of(family.getValue()));
      Experiment experiment = Experiment.of(new SpecYaml("", texts), main.catalogue());
      if (data == null) {
        data = RunOptions.open(experiment, terminal);
      }
      PreparedRun run = PreparedRun.of(experiment, data);
      Suggestion found = found(run, terminal);
      rates.put(family.getKey(), found.value().orElse(USUAL.getOrDefault(family.getKey(), 0.01)));
      terminal
          .human()
          .println(
              "%-14s %s%s"
                  .formatted(
                      "rate of " + family.getKey(),
                      NumberFormats.brief(rates.getOrDefault(family.getKey(), 0.0)),
                      found.value().isPresent()
                          ? ", by a range test"
                          : ", as is usual: " + Messages.oneLine(found.reason())));
    }
    return rates;
  }

  private Suggestion found(PreparedRun run, Terminal terminal) {
    Ladder ladder = Ladder.ofRates(run.data().iterationsPerEpoch(run.experiment().batch()));
    RangeTest test = new RangeTest(run, Optimizer.LEARNING_RATE, Optional.empty(), ladder, SEEDS);
    try (Workers workers = new Workers(options.threads());
        RangeProgress progress = RangeProgress.of(terminal, (long) ladder.steps() * SEEDS)) {
      return test.test(workers, progress).consensus().suggestion();
    }
  }

  /**
   * Goes on with one that was stopped or killed.
   *
   * @param main knows the plugins
   * @param folder of it
   * @param threads how many compute; nothing for the processors
   * @param json whether it ends with a line of JSON
   * @return the exit code
   */
  static int goOn(Main main, Path folder, @Nullable Integer threads, boolean json)
      throws IOException {
    ChooseCommand choose = new ChooseCommand();
    choose.main = main;
    choose.again = true;
    SpecFile.read(new SearchFolder(folder).options(), choose);
    choose.options.out = folder;
    choose.options.threads = threads;
    choose.json = json;
    return choose.call();
  }

  /** Whether a search was begun by this command. */
  static boolean began(Path folder) {
    return new SearchFolder(folder).commandLine().startsWith("anneal choose");
  }
}
