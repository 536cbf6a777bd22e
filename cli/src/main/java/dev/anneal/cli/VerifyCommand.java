package dev.anneal.cli;

import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.RunFolder;
import dev.anneal.experiments.Verification;
import dev.anneal.nn.training.TrainingListener;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal verify}. */
@Command(
    name = "verify",
    description = "Repeats a finished run and compares weights and metrics, bit by bit.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code 1 where they differ.",
      "",
      "Examples:",
      "  anneal train --data ionosphere --out mine",
      "  anneal verify mine"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  @ParentCommand Main main = new Main();

  @Parameters(paramLabel = "RUN", description = "The folder of the run.")
  Path folder = Path.of("");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Changes the speed, not the result (default: the processors).")
  @Nullable Integer threads;

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(json);
    Verification verification = Verification.of(folder, main.catalogue());
    verification.warnings().forEach(line -> terminal.human().println("warning: " + line));
    try (Workers workers = new Workers(RunOptions.threads(threads));
        RunProgress progress =
            RunProgress.of(terminal, "verify", verification.epochs(), verification.samples())) {
      verification.repeat(workers, TrainingListener.all(progress));
    }
    verification.differences().forEach(line -> terminal.human().println("differs: " + line));
    if (verification.differences().isEmpty()) {
      terminal
          .human()
          .println(
              "verified: %d epochs and the weights (sha256 %s) have the same bits"
                  .formatted(
                      verification.outcome().result().epochs().size(),
                      verification.outcome().result().weightsSha256()));
    }
    if (json) {
      terminal.machine().println(RunFolder.json(verification.outcome()));
    }
    return verification.differences().isEmpty() ? 0 : DIFFERENT;
  }
}
