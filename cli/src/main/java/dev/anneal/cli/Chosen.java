package dev.anneal.cli;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.comparison.Contender;
import dev.anneal.comparison.DrawnRun;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.interop.Translators;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.search.SearchSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a choice leaves beside its search: the model, and its schedule in other languages.
 *
 * @param summary of the search
 * @param folder of it
 * @param translators know other languages
 * @param terminal where to say what is left
 */
record Chosen(
    SearchSummary summary, SearchFolder folder, Translators translators, Terminal terminal) {
  private static final String MODEL = "model.safetensors";

  private static final List<Framework> LANGUAGES =
      List.of(Framework.KERAS, Framework.TORCH, Framework.OPTAX);

  /** Writes the files. */
  void leave() throws IOException {
    Path model = folder.folder().resolve(MODEL);
    Files.copy(run().resolve(MODEL), model, StandardCopyOption.REPLACE_EXISTING);
    terminal.human().println("model: " + model);
    terminal.human().println("experiment: " + folder.best());
    if (summary.search().whole(summary.taken().run().trial()).data().test().isEmpty()) {
      terminal
          .human()
          .println("no samples were set aside to test what was chosen; --test-split 0.2 does so");
    }
    code();
  }

  /**
   * The last one; where there is none, of the seeds of the winner the one in the middle: the best
   * on the validation samples would be luck.
   */
  private Path run() {
    if (summary.model().isPresent()) {
      return folder.model();
    }
    Optional<Contender> winner = summary.winner();
    if (winner.isEmpty()) {
      return folder.trial(summary.taken().run());
    }
    List<DrawnRun> runs =
        winner.get().runs().stream()
            .filter(each -> !each.run().diverged())
            .sorted(Comparator.comparingDouble(DrawnRun::value))
            .toList();
    DrawnRun middle = runs.isEmpty() ? winner.get().runs().getFirst() : runs.get(runs.size() / 2);
    return new ComparisonFolder(folder.folder()).run(summary.best().name(), middle.draw());
  }

  private void code() {
    int trial = summary.taken().run().trial();
    PreparedRun run = summary.search().whole(trial);
    Schedule rate = run.learningRates().values().iterator().next();
    for (Framework language : LANGUAGES) {
      Path file =
          folder.folder().resolve("schedule." + language.name().toLowerCase(Locale.ROOT) + ".py");
      try {
        AtomicFile.write(
            file,
            translators
                .translate(
                    rate,
                    language,
                    run.data().iterationsPerEpoch(run.experiment().batch()),
                    run.updates())
                .text());
        terminal.human().println("schedule: " + file);
      } catch (InputException e) {
        terminal
            .human()
            .println(
                "no schedule for %s: %s"
                    .formatted(language, Messages.oneLine(String.valueOf(e.getMessage()))));
      }
    }
  }
}
