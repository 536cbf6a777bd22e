package dev.anneal.experiments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as its folder tells of it.
 *
 * @param folder where it is
 * @param status how far it is
 * @param name what the user calls it; empty for a broken one
 * @param tags words to find it by
 * @param data what it trains on
 * @param optimizer how
 * @param epochs how many are planned; 0 for a broken one
 * @param done how many are recorded
 * @param last the last recorded epoch, by the names of its metrics
 * @param summary how it ended, by the names of {@code summary.json}; empty where it has not
 * @param plugins jars that it was made with, beside the program
 * @param problem what is broken, in one line
 */
public record StoredRun(
    Path folder,
    Status status,
    String name,
    List<String> tags,
    String data,
    String optimizer,
    int epochs,
    int done,
    Map<String, Double> last,
    Map<String, String> summary,
    List<PluginJar> plugins,
    Optional<String> problem) {
  /** How far a run is. */
  public enum Status {
    /** All is done. */
    FINISHED,
    /** A process is at work on it. */
    RUNNING,
    /** It was stopped, and can be taken up. */
    STOPPED,
    /** It cannot be read. */
    BROKEN
  }

  static StoredRun broken(Path folder, String problem) {
    return new StoredRun(
        folder,
        Status.BROKEN,
        "",
        List.of(),
        "",
        "",
        0,
        0,
        Map.of(),
        Map.of(),
        List.of(),
        Optional.of(problem));
  }
}
