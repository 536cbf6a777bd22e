package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.RunStore;
import dev.anneal.experiments.StoredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anneal runs}. */
@Command(
    name = "runs",
    description = "Lists the runs of a folder: finished, running, stopped or broken.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Examples:", "  anneal runs", "  anneal runs report --json"})
final class RunsCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      defaultValue = "runs",
      description = "The folder to look in (default: ${DEFAULT-VALUE}).")
  Path folder = Path.of("runs");

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only runs with this word; of several, with all.")
  List<String> tags = List.of();

  @Option(names = "--json", description = "A JSON object a run, one a line.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(json);
    List<StoredRun> runs =
        RunStore.list(folder).stream().filter(run -> run.tags().containsAll(tags)).toList();
    for (StoredRun run : runs) {
      if (json) {
        terminal.machine().println(StoredRuns.json(run));
      } else {
        terminal.human().println(line(run));
      }
    }
    if (runs.isEmpty()) {
      terminal.human().println("no runs in " + folder);
    }
    return 0;
  }

  private static String line(StoredRun run) {
    String status = run.status().name().toLowerCase(Locale.ROOT);
    if (run.problem().isPresent()) {
      return "%-8s  %s: %s".formatted(status, run.folder(), run.problem().get());
    }
    double loss = run.last().getOrDefault("val_loss", run.last().getOrDefault("loss", Double.NaN));
    return "%-8s  %s  %s  epoch %d/%d  loss %s  %s"
        .formatted(
            status,
            run.folder(),
            run.name(),
            run.done(),
            run.epochs(),
            NumberFormats.four(loss),
            String.join(" ", run.tags()))
        .stripTrailing();
  }
}
