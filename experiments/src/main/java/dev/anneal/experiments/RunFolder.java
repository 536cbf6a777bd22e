package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.training.EarlyStopping;
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
 * What a run leaves behind: {@code spec.json} and {@code environment.json} from the start, {@code
 * metrics.jsonl} with a line as soon as an epoch ends, and {@code summary.json} when all is done. A
 * folder without a summary belongs to a run that did not finish.
 */
public final class RunFolder implements TrainingListener, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
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
   * @param data on what
   * @param threads how many threads will compute
   * @throws InputException if nothing can be written there
   */
  public RunFolder(Path folder, Experiment experiment, TrainingData data, int threads) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve(SUMMARY));
      Files.deleteIfExists(folder.resolve(REPORT));
      write("spec.json", spec(experiment, data));
      write("environment.json", JSON.convertValue(Machine.describe(threads), Map.class));
      metrics = Files.newBufferedWriter(folder.resolve(METRICS));
    } catch (IOException e) {
      throw new InputException("cannot write a run to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, @Nullable Object> spec(Experiment experiment, TrainingData data) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
    spec.put("name", experiment.name());
    spec.put("data", data.set().name());
    spec.put("training_samples", data.training().size());
    spec.put("validation_samples", data.validationSize());
    spec.put("model", experiment.model().toString());
    spec.put("hidden", experiment.model().hidden().kind());
    spec.put("kernel", experiment.model().kernel().toString());
    spec.put("dropout", dropout(experiment.model().dropout()));
    spec.put("loss", experiment.model().loss().kind());
    spec.put("optimizer", experiment.groups().print());
    spec.put("epochs", experiment.epochs());
    spec.put("batch", experiment.batch());
    spec.put("seed", experiment.seed());
    spec.put("restore_best", experiment.best().isPresent());
    spec.put("early_stopping", experiment.stopping().map(RunFolder::stopping).orElse(null));
    return spec;
  }

  /** A number where the rate is one. */
  private static Object dropout(Schedule rate) {
    return rate instanceof Constant(double value) ? (Object) value : Catalogue.describe(rate);
  }

  private static Map<String, Object> stopping(EarlyStopping stopping) {
    return Map.of(
        "monitor", stopping.monitor().metric(),
        "patience", stopping.patience(),
        "min_delta", stopping.monitor().minDelta());
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
