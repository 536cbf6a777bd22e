package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.search.OpenOptions;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
      "On each rung a quarter of the trials goes on, with three times the epochs; each trains the"
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
  @ParentCommand Main main = new Main();

  @Mixin SearchOptions search = new SearchOptions();

  @Mixin DescriptionOptions description = new DescriptionOptions();

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
    search.budget(); // wrong ones are refused before the data are read
    if (description.name != null) {
      throw new InputException("--name has no effect: trials are called by their numbers");
    }
    boolean modelled = options.model == null || !SearchSpace.isOpen(options.model);
    SearchSpace space = new SearchSpace(SpecFile.given(command, Map.of()).values(), options.seed);
    OpenOptions open = new OpenOptions(space, main.catalogue());
    Path out = options.out("tune");
    Optional<SearchSummary> summary =
        new Tuning(
                open,
                space.dimensions(),
                search,
                run -> lint.introduce(run, modelled, terminal.human()),
                options.seed,
                Finish.SEEDS,
                options.threads(),
                main.catalogue(),
                terminal)
            .run(SearchFolder.of(out, again), begun, command, Map.of());
    return Tuning.end(summary, out, terminal, json);
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
    SpecFile.read(new SearchFolder(folder).options(), tune);
    tune.options.out = folder;
    tune.options.threads = threads;
    tune.json = json;
    return tune.call();
  }
}
