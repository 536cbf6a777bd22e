package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.comparison.Draw;
import dev.anneal.comparison.Draws;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFolder;
import dev.anneal.experiments.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a comparison lies: a folder for each seed of each contender in {@code runs}, and what was
 * made of them beside it. Repeated there, it replaces its runs one by one; another comparison needs
 * another folder.
 *
 * @param folder the folder
 */
record ComparisonFolder(Path folder) {
  private static final String SPEC = "spec.yaml";

  /**
   * Takes a folder.
   *
   * @param names of all contenders
   * @param draws of each of them, at most
   * @throws InputException if there are runs of something else in it
   */
  static ComparisonFolder of(Path folder, Collection<String> names, Draws draws)
      throws IOException {
    if (RunFolder.isRun(folder)) {
      throw new InputException(
          "%s is the folder of a run; write the comparison to another: --out".formatted(folder));
    }
    Path runs = folder.resolve(RunFolder.RUNS);
    if (Files.isDirectory(runs)) {
      Set<String> own = names.stream().map(Folders::part).collect(Collectors.toSet());
      Set<String> drawn = draws.all().stream().map(Draw::folder).collect(Collectors.toSet());
      try (Stream<Path> there = Files.walk(runs, 2)) {
        List<String> others =
            there
                .filter(path -> !path.equals(runs))
                .map(runs::relativize)
                .filter(path -> !(path.getNameCount() == 1 ? own : drawn).contains(name(path)))
                .map(Path::toString)
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

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** Whether a comparison has begun there. */
  static boolean is(Path folder) {
    return Files.exists(folder.resolve(SPEC))
        && Files.isDirectory(folder.resolve(RunFolder.RUNS))
        && !RunFolder.isRun(folder);
  }

  /**
   * Whether a run was begun in its folder, and is the same as one that is needed. One that was
   * killed before it was described has done nothing yet.
   */
  static boolean has(Path run, PreparedRun needed) {
    return RunFolder.isRun(run)
        && Files.exists(run.resolve(SPEC))
        && RunStore.description(run).equals(needed.experiment().print());
  }

  /** Where the runs are. */
  Path runs() {
    return folder.resolve(RunFolder.RUNS);
  }

  /** The file with the options. */
  Path spec() {
    return folder.resolve(SPEC);
  }

  /** The file with the command line that began it. */
  Path command() {
    return folder.resolve("command.txt");
  }

  /** The command line that began it. */
  String commandLine() {
    try {
      return Files.readString(command()).strip();
    } catch (IOException e) {
      throw new InputException("%s: cannot be read: %s".formatted(command(), e.getMessage()), e);
    }
  }

  Path run(String name, Draw draw) {
    return folder.resolve(RunFolder.RUNS).resolve(Folders.part(name)).resolve(draw.folder());
  }
}
