package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFolder;
import dev.anneal.search.Journal;
import dev.anneal.search.TrialRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a search lies: its journal; a folder in {@code trials} for each that may still go on; the
 * finals, which are a comparison.
 *
 * @param folder the folder
 */
record SearchFolder(Path folder) {
  private static final String OPTIONS = "search.yaml";

  /**
   * Takes a folder.
   *
   * @param again whether the search goes on that is in it
   * @throws InputException if it is to be a new one and something else is in it
   */
  static SearchFolder of(Path folder, boolean again) {
    if (again) {
      return new SearchFolder(folder);
    }
    if (is(folder)) {
      throw new InputException(
          "%s has a search in it; go on with it by anneal resume %s, or write to another folder: --out"
              .formatted(folder, folder));
    }
    if (RunFolder.isRun(folder) || Files.isDirectory(folder.resolve(RunFolder.RUNS))) {
      throw new InputException(
          "%s has a run or a comparison in it; write the search to another folder: --out"
              .formatted(folder));
    }
    return new SearchFolder(folder);
  }

  /** Whether a search has begun there: its options are written before the first trial. */
  static boolean is(Path folder) {
    return Files.exists(folder.resolve(Journal.FILE)) && Files.exists(folder.resolve(OPTIONS));
  }

  private Path trials() {
    return folder.resolve("trials");
  }

  Path trial(TrialRun run) {
    return trials().resolve(run.name());
  }

  /** Where what was chosen is trained once more. */
  Path model() {
    return folder.resolve("model");
  }

  /** The page of the finals. */
  Path finals() {
    return folder.resolve("finals.html");
  }

  /** Where the description of the best one is: what to train. */
  Path best() {
    return folder.resolve("spec.yaml");
  }

  /** The file with the command line that began it. */
  Path command() {
    return asComparison().command();
  }

  /** The command line that began it. */
  String commandLine() {
    return asComparison().commandLine();
  }

  /** The finals lie in the same folder. */
  private ComparisonFolder asComparison() {
    return new ComparisonFolder(folder);
  }

  /** The file with the options of the search. */
  Path options() {
    return folder.resolve(OPTIONS);
  }

  /** Whether the trial's folder is that of this run, begun. */
  boolean has(TrialRun run, PreparedRun needed) {
    return ComparisonFolder.has(trial(run), needed);
  }

  /** Removes the folders of all trials but some; what they did is in the journal. */
  void keep(List<TrialRun> some) {
    List<Path> kept = some.stream().map(this::trial).toList();
    if (!Files.isDirectory(trials())) {
      return;
    }
    try (Stream<Path> there = Files.list(trials())) {
      for (Path trial : there.filter(each -> !kept.contains(each)).toList()) {
        delete(trial);
      }
      if (kept.isEmpty()) {
        delete(trials());
      }
    } catch (IOException e) {
      throw new InputException("%s: cannot be removed: %s".formatted(trials(), e.getMessage()), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
