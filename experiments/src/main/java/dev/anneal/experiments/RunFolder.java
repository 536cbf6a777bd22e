package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Evaluation;
import dev.anneal.nn.training.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run leaves behind: {@code spec.yaml} and {@code environment.json} from the start, {@code
 * metrics.jsonl} with a line as soon as an epoch ends, and {@code summary.json} when all is done. A
 * folder without a summary belongs to a run that did not finish.
 */
public final class RunFolder implements TrainingListener, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The file with the description of the run. */
  static final String SPEC = "spec.yaml";

  private static final String SUMMARY = "summary.json";

  /** The page of a run that was diagnosed. */
  public static final String REPORT = "report.html";

  /** The file with a line for each epoch. */
  static final String METRICS = "metrics.jsonl";

  private final Path folder;
  private final BufferedWriter metrics;

  /**
   * Begins a folder. Files of an earlier run in it are replaced.
   *
   * @param folder where; made if it is missing
   * @param experiment what will be run
   * @param threads how many threads will compute
   * @throws InputException if nothing can be written there
   */
  public RunFolder(Path folder, Experiment experiment, int threads) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve(SUMMARY));
      Files.deleteIfExists(folder.resolve(REPORT));
      AtomicFile.write(folder.resolve(SPEC), experiment.print());
      write("environment.json", JSON.convertValue(Machine.describe(threads), Map.class));
      metrics = Files.newBufferedWriter(folder.resolve(METRICS));
    } catch (IOException e) {
      throw new InputException("cannot write a run to " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void epoch(Live live, EpochMetrics row) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("epoch", row.epoch());
    row.values().forEach((metric, value) -> line.put(metric.name(), finite(value)));
    try {
      metrics.write(JSON.writeValueAsString(line) + "\n");
      metrics.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder.resolve(METRICS), e);
    }
  }

  /**
   * Ends the folder.
   *
   * @param outcome how the run ended
   */
  public void summarize(Outcome outcome) {
    try {
      write(SUMMARY, summary(outcome));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder.resolve(SUMMARY), e);
    }
  }

  /**
   * The end of a run as one line of JSON: losses, accuracies, the last learning rate, speed, and
   * the checksum of the weights. What was not measured, or is not finite, is null.
   *
   * @param outcome how the run ended
   * @return an object with names in snake case
   */
  public static String json(Outcome outcome) {
    return JSON.writeValueAsString(summary(outcome));
  }

  private static Map<String, @Nullable Object> summary(Outcome outcome) {
    RunRecord result = outcome.result();
    EpochRecord kept = result.kept();
    Map<String, @Nullable Object> summary = new LinkedHashMap<>();
    summary.put("name", result.name());
    summary.put("val_loss", finite(kept.valLoss()));
    summary.put("val_accuracy", finite(kept.valAccuracy()));
    summary.put("loss", finite(kept.loss()));
    summary.put("accuracy", finite(kept.accuracy()));
    outcome.test().ifPresent(test -> add(summary, test));
    summary.put("learning_rate", finite(kept.learningRate()));
    summary.put("epochs", result.epochs().size());
    summary.put("diverged", result.diverged());
    summary.put("seconds", result.seconds());
    summary.put("samples_per_second", result.samplesPerSecond());
    summary.put("weights_sha256", result.weightsSha256());
    return summary;
  }

  private static void add(Map<String, @Nullable Object> summary, Evaluation test) {
    summary.put("test_loss", finite(test.loss()));
    summary.put("test_accuracy", finite(test.accuracy()));
  }

  /** JSON has no notation for NaN and infinities. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private void write(String file, Object content) throws IOException {
    AtomicFile.write(
        folder.resolve(file),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }

  /** Lets go of the metrics file. */
  @Override
  public void close() {
    try {
      metrics.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }
}
