package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.experiments.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a comparison lies: a folder for each run in {@code runs}, and what was made of them beside
 * it. Repeated there, it replaces its runs one by one; another comparison needs another folder.
 *
 * @param folder the folder
 */
record ComparisonFolder(Path folder) {
  /**
   * Takes a folder.
   *
   * @param names of all runs of the comparison
   * @throws InputException if there are runs of something else in it
   */
  static ComparisonFolder of(Path folder, Collection<String> names) throws IOException {
    if (RunFolder.isRun(folder)) {
      throw new InputException(
          "%s is the folder of a run; write the comparison to another: --out".formatted(folder));
    }
    Path runs = folder.resolve(RunFolder.RUNS);
    if (Files.isDirectory(runs)) {
      Set<String> own = names.stream().map(Folders::part).collect(Collectors.toSet());
      try (Stream<Path> there = Files.list(runs)) {
        List<String> others =
            there
                .map(run -> run.getFileName().toString())
                .filter(run -> !own.contains(run))
                .sorted()
                .toList();
        if (!others.isEmpty()) {
          throw new InputException(
              "%s has runs of another comparison (%s); write to another folder: --out, or remove it"
                  .formatted(folder, Messages.list(others, "and")));
        }
      }
    }
    return new ComparisonFolder(folder);
  }

  Path run(String name) {
    return folder.resolve(RunFolder.RUNS).resolve(Folders.part(name));
  }
}
