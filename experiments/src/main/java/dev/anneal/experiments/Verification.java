package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.training.Metric;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.nn.training.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Repeats a finished run, with what was changed by the way, and compares. */
public final class Verification {
  /** A part of a run: until which step, and as what. */
  private record Part(Experiment experiment, long until) {}

  private final Path folder;
  private final StoredRun stored;
  private final List<Part> parts;
  private final TrainingData data;
  private final List<String> differences = new ArrayList<>();
  private Optional<Outcome> outcome = Optional.empty();

  private Verification(Path folder, StoredRun stored, List<Part> parts) {
    this.folder = folder;
    this.stored = stored;
    this.parts = parts;
    data =
        parts
            .getLast()
            .experiment
            .data()
            .open(parts.getLast().experiment.seed(), ReadingListener.NONE);
  }

  /**
   * A run to repeat.
   *
   * @param folder of the run
   * @param catalogue knows the plugins
   * @return not repeated yet
   * @throws InputException if it is not finished, or cannot be read
   */
  public static Verification of(Path folder, Catalogue catalogue) {
    String description = RunStore.description(folder);
    StoredRun stored = RunStore.open(folder);
    if (stored.status() != StoredRun.Status.FINISHED) {
      throw new InputException(
          "%s is not finished, but %s%s"
              .formatted(
                  folder,
                  stored.status().name().toLowerCase(java.util.Locale.ROOT),
                  stored.problem().map(problem -> ": " + problem).orElse("")));
    }
    List<Part> parts = new ArrayList<>();
    for (JsonNode each : overrides(folder)) {
      parts.add(
          new Part(
              Experiment.parse(
                  folder.resolve(RunFolder.OVERRIDES).toString(),
                  each.path("before").asString(""),
                  catalogue),
              each.path("iteration").asLong(0)));
    }
    String file = folder.resolve(RunFolder.SPEC).toString();
    parts.add(new Part(Experiment.parse(file, description, catalogue), Long.MAX_VALUE));
    return new Verification(folder, stored, List.copyOf(parts));
  }

  private static List<JsonNode> overrides(Path folder) {
    Path file = folder.resolve(RunFolder.OVERRIDES);
    try {
      return Files.exists(file)
          ? Files.readString(file).lines().map(JsonMapper.shared()::readTree).toList()
          : List.of();
    } catch (IOException | JacksonException e) {
      throw new InputException(
          "cannot read %s: %s".formatted(file, Messages.oneLine(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /**
   * What might explain a difference.
   *
   * @return a sentence for each jar of plugins that is not the one that the run began with
   */
  public List<String> warnings() {
    return PluginJar.changes(stored.plugins(), PluginJar.of(parts.getLast().experiment));
  }

  /**
   * Epochs of the run.
   *
   * @return as planned
   */
  public int epochs() {
    return parts.getLast().experiment.epochs();
  }

  /**
   * Training samples.
   *
   * @return at least 1
   */
  public int samples() {
    return data.training().size();
  }

  /**
   * Repeats the run.
   *
   * @param workers who computes
   * @param listener looks on
   */
  public void repeat(Workers workers, TrainingListener listener) {
    String now = Checksums.of(data);
    String then = stored.summary().getOrDefault(RunFolder.DATA, now);
    if (!then.equals(now)) {
      throw new InputException(
          "%s: the data are not those that the run was trained on (checksum %s, then %s)"
              .formatted(folder, now, then));
    }
    Optional<TrainingState> state = Optional.empty();
    for (Part part : parts) {
      ActiveRun active = new ActiveRun(PreparedRun.of(part.experiment, data), workers, listener);
      state.ifPresent(from -> active.restore(from, 0));
      long perEpoch = active.session().stepsPerEpoch();
      boolean more = true;
      while (more && position(active, perEpoch) < part.until) {
        more = active.step();
      }
      if (part.until < Long.MAX_VALUE) {
        state = Optional.of(active.session().state());
      } else {
        compare(active);
      }
    }
  }

  private static long position(ActiveRun active, long perEpoch) {
    return active.session().epoch() * perEpoch + active.session().stepOfEpoch();
  }

  private void compare(ActiveRun active) {
    Outcome repeated = active.finish();
    outcome = Optional.of(repeated);
    String sha256 = stored.summary().getOrDefault("weights_sha256", "");
    if (!sha256.equals(repeated.result().weightsSha256())) {
      differences.add(
          "the weights have the checksum %s, recorded is %s"
              .formatted(repeated.result().weightsSha256(), sha256));
    }
    List<Map<String, Double>> recorded;
    try {
      recorded = MetricsFile.rows(folder.resolve(RunFolder.METRICS));
    } catch (IOException e) {
      throw new InputException(
          "cannot read the metrics of %s: %s"
              .formatted(folder, Messages.oneLine(String.valueOf(e.getMessage()))),
          e);
    }
    var rows = active.session().history().rows();
    if (rows.size() != recorded.size()) {
      differences.add(
          "there are %d epochs, recorded are %d".formatted(rows.size(), recorded.size()));
    }
    for (int i = 0; i < Math.min(rows.size(), recorded.size()); i++) {
      Map<String, Double> then = recorded.get(i);
      int epoch = i + 1;
      rows.get(i)
          .values()
          .forEach((metric, value) -> {
            double was = then.getOrDefault(metric.name(), Double.NaN);
            boolean same = was == value || (!Double.isFinite(value) && Double.isNaN(was));
            if (metric.source() != Metric.Source.CLOCK && !same) {
              differences.add(
                  "%s of epoch %d is %s, recorded is %s"
                      .formatted(metric.name(), epoch, value, was));
            }
          });
    }
  }

  /**
   * What differs.
   *
   * @return a line each; nothing where all is the same
   */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /**
   * How the repetition ended.
   *
   * @return the outcome
   * @throws java.util.NoSuchElementException before {@link #repeat}
   */
  public Outcome outcome() {
    return outcome.orElseThrow();
  }
}
