package dev.anneal.cli;

import dev.anneal.experiments.TableFile;
import dev.anneal.search.Portfolio;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
  // Trials are judged by their last epoch, not by their best: of 36 validation rows of wine the
  // best of 100 epochs has a loss of 0 by luck, and 3.9 on the test rows; the last has 0.001
  // (2026-11-28).

  private static final String TEST_SPLIT = "0.2";
  private static final String EPOCHS = "epochs";

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
    long begun = System.nanoTime();
    Terminal terminal = Terminal.of(json);
    Budget budget = search.budget(); // a wrong one is refused before the data are read
    Path out = options.out("choose");
    SearchFolder folder = SearchFolder.of(out, again);
    SequencedMap<String, List<String>> given =
        new LinkedHashMap<>(SpecFile.given(command, Map.of()).values());
    if (TableFile.is(options.data) && options.testSplit == null) {
      given.put("test-split", List.of(TEST_SPLIT));
    }
    boolean modelled = options.model != null && !SearchSpace.isOpen(options.model);
    Map<String, String> found = new LinkedHashMap<>();
    FirstLook look =
        FirstLook.of(
            given,
            main.catalogue(),
            options.threads(),
            run -> lint.introduce(run, modelled, terminal.human()),
            terminal);
    if (options.model == null) {
      given.put("model", List.of(networks()));
      given.computeIfAbsent("dropout", _ -> List.of("uniform(0, 0.5)"));
    }
    OptionalInt epochs = affordable(portfolio(given, look), look, budget, begun);
    epochs.ifPresent(number -> {
      terminal.human().println("%-14s %d: more take too long".formatted(EPOCHS, number));
      found.put(EPOCHS, String.valueOf(number));
      given.put(EPOCHS, List.of(String.valueOf(number)));
    });
    Portfolio portfolio = portfolio(given, look);
    Optional<SearchSummary> summary =
        new Tuning(
                portfolio,
                portfolio.space().dimensions(),
                search,
                _ -> {}, // was said before the range tests
                options.seed,
                new Finish(isFoldable(), true),
                options.threads(),
                main.catalogue(),
                terminal)
            .run(folder, begun, command, found);
    int exit = Tuning.end(summary, out, terminal, json);
    if (summary.isPresent()) {
      new Chosen(summary.get(), folder, main.translators(), terminal).leave();
    }
    return exit;
  }

  /** For how many epochs there is time, where that is less than usual and nothing else is said. */
  private OptionalInt affordable(Portfolio usual, FirstLook look, Budget budget, long begun) {
    if (options.epochs == null && budget instanceof Budget.Within time) {
      double left = time.seconds() - (System.nanoTime() - begun) * 1e-9;
      DoubleSummaryStatistics seconds = look.epochSeconds(usual);
      int epochs = Plan.epochs(left, seconds);
      if (seconds.getCount() > 0 && epochs < usual.experiment(0).epochs()) {
        return OptionalInt.of(epochs);
      }
    }
    return OptionalInt.empty();
  }

  private Portfolio portfolio(Map<String, List<String>> given, FirstLook look) {
    return new Portfolio(given, options.seed, look.rates(), main.catalogue());
  }

  /** Whether nothing is said of the rows of a table that validate. */
  private boolean isFoldable() {
    return TableFile.is(options.data)
        && options.validationSplit == null
        && options.validationData == null
        && options.fold == null
        && !"ordered".equals(options.split);
  }

  private String networks() {
    return options.data.startsWith("fashion-mnist")
        ? "choice(512-200, 512-512)"
        : "choice(linear, 64, 128, 256-256)";
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
