package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.nn.file.CheckpointFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what runs leave. A run that cannot be read is named, and hides no other. */
public final class RunStore {
  /** A comparison keeps its runs two folders down. */
  private static final int DEPTH = 4;

  private RunStore() {}

  /**
   * Finds runs.
   *
   * @param folder to look in, and in what is in it
   * @return all of them, by the names of their folders
   * @throws InputException if there is no such folder
   */
  public static List<StoredRun> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException("there is no folder " + folder);
    }
    try (Stream<Path> files = Files.find(folder, DEPTH, (path, _) -> isRun(path))) {
      return files.sorted().map(RunStore::open).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          "cannot look into %s: %s".formatted(folder, Messages.oneLine(String.valueOf(e))), e);
    }
  }

  /** A comparison has a description too, but no metrics of its own. */
  private static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(RunFolder.METRICS))
        && !String.valueOf(folder.getFileName()).startsWith(".");
  }

  /**
   * Reads a run.
   *
   * @param folder of the run
   * @return what is known of it; broken where its files cannot be read
   */
  public static StoredRun open(Path folder) {
    try {
      return read(folder);
    } catch (InputException e) {
      return StoredRun.broken(folder, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      return StoredRun.broken(folder, Messages.oneLine(String.valueOf(e)));
    }
  }

  private static StoredRun read(Path folder) throws IOException {
    SpecYaml spec = SpecYaml.read(folder.resolve(RunFolder.SPEC));
    spec.checkKnown(ExperimentText.KEYS, "an experiment");
    List<Map<String, Double>> rows = MetricsFile.rows(folder.resolve(RunFolder.METRICS));
    Map<String, String> summary = summary(folder);
    StoredRun.Status status =
        CheckpointFolder.isInUse(folder)
            ? StoredRun.Status.RUNNING
            : summary.isEmpty() ? StoredRun.Status.STOPPED : StoredRun.Status.FINISHED;
    return new StoredRun(
        folder,
        status,
        text(spec, "name"),
        spec.values().getOrDefault("tag", List.of()),
        text(spec, "data"),
        text(spec, "optimizer"),
        Integer.parseInt(text(spec, "epochs")),
        rows.size(),
        rows.isEmpty() ? Map.of() : rows.getLast(),
        summary,
        plugins(folder),
        Optional.empty());
  }

  private static String text(SpecYaml spec, String key) {
    return spec.values().getOrDefault(key, List.of("")).getFirst();
  }

  private static Map<String, String> summary(Path folder) throws IOException {
    Path file = folder.resolve(RunFolder.SUMMARY);
    Map<String, String> summary = new LinkedHashMap<>();
    if (Files.exists(file)) {
      try {
        JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
        json.properties()
            .forEach(each ->
                summary.put(
                    each.getKey(),
                    each.getValue().isValueNode()
                        ? each.getValue().asString("")
                        : each.getValue().toString()));
      } catch (JacksonException e) {
        throw new InputException(file + ": it is no JSON", e);
      }
    }
    return summary;
  }

  /** The jars that a run began with; none where that is not recorded. */
  static List<PluginJar> plugins(Path folder) throws IOException {
    Path file = folder.resolve(RunFolder.ENVIRONMENT);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return JsonMapper.shared()
          .readTree(Files.readString(file))
          .path(RunFolder.PLUGINS)
          .valueStream()
          .map(each ->
              new PluginJar(
                  each.path("jar").asString(""),
                  each.path("version").asString(""),
                  each.path("sha256").asString("")))
          .toList();
    } catch (JacksonException e) {
      throw new InputException(file + ": it is no JSON", e);
    }
  }

  /**
   * The experiment of a run, as text.
   *
   * @param folder of the run
   * @return YAML that {@link Experiment#parse} reads
   * @throws InputException if there is none
   */
  public static String description(Path folder) {
    Path file = folder.resolve(RunFolder.SPEC);
    if (!Files.exists(file)) {
      throw new InputException(
          "%s is no folder of a run: it has no %s".formatted(folder, RunFolder.SPEC));
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InputException(
          "cannot read %s: %s".formatted(file, Messages.oneLine(String.valueOf(e.getMessage()))),
          e);
    }
  }
}
