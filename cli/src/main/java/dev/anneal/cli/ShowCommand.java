package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.RunStore;
import dev.anneal.experiments.StoredRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anneal show}. */
@Command(
    name = "show",
    description = "Shows a run: its description, how far it is, and how it ended.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Examples:", "  anneal train --data ionosphere --out mine", "  anneal show mine"})
final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The folder of the run.")
  Path folder = Path.of("");

  @Option(names = "--json", description = "One line of JSON on standard output.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(json);
    String description = RunStore.description(folder);
    StoredRun run = RunStore.open(folder);
    if (run.problem().isPresent()) {
      throw new InputException("%s is broken: %s".formatted(folder, run.problem().get()));
    }
    if (json) {
      terminal.machine().println(StoredRuns.json(run));
    } else {
      show(terminal.human(), run, description);
    }
    return 0;
  }

  private static void show(PrintStream out, StoredRun run, String description) {
    out.println(
        "%s: %s, epoch %d of %d"
            .formatted(
                run.folder(),
                run.status().name().toLowerCase(Locale.ROOT),
                run.done(),
                run.epochs()));
    out.println();
    out.print(description);
    if (!run.plugins().isEmpty()) {
      out.println();
      out.println("plugins");
      run.plugins()
          .forEach(plugin ->
              out.println(
                  "  %-20s %s  sha256 %s"
                      .formatted(plugin.jar(), plugin.version(), plugin.sha256())));
    }
    if (!run.last().isEmpty()) {
      out.println();
      out.println("epoch " + run.done());
      run.last()
          .forEach((name, value) -> {
            if (!name.equals("epoch")) {
              out.println("  %-20s %s".formatted(name, NumberFormats.four(value)));
            }
          });
    }
    if (!run.summary().isEmpty()) {
      out.println();
      out.println("end");
      run.summary().forEach((name, value) -> out.println("  %-20s %s".formatted(name, value)));
    }
  }
}
