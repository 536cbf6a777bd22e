package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.core.backend.Backend;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.data.prepare.Pipeline;
import dev.anneal.nn.JavaModel;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.nn.file.BackgroundWriter;
import dev.anneal.nn.file.CheckpointFolder;
import dev.anneal.nn.file.CheckpointFolder.Checkpoint;
import dev.anneal.nn.file.Safetensors;
import dev.anneal.nn.predict.ModelFile;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Incident;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.nn.training.TrainingState;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run leaves behind: {@code spec.yaml} and {@code environment.json} from the start, {@code
 * metrics.jsonl} with a line as soon as an epoch ends, {@code checkpoints} to go on from, and
 * {@code model.safetensors} and {@code summary.json} when all is done. A folder without a summary
 * belongs to a run that did not finish. While a run is at work no other can write there.
 *
 * <p>What an earlier run has left stays until the first checkpoint of the new one.
 */
public final class RunFolder implements TrainingListener, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The file with the description of the run. */
  static final String SPEC = "spec.yaml";

  /** The file with how it ended. */
  static final String SUMMARY = "summary.json";

  /** The page of a run that was diagnosed. */
  public static final String REPORT = "report.html";

  /** Where the runs of a comparison lie in its folder. */
  public static final String RUNS = "runs";

  /** The file with a line for each epoch. */
  static final String METRICS = "metrics.jsonl";

  /** The file with a line each time that the description was changed by the way. */
  static final String OVERRIDES = "overrides.jsonl";

  /** The file with where it was made. */
  static final String ENVIRONMENT = "environment.json";

  /** Where a run writes while the results of an earlier one are kept. */
  private static final String NEXT = ".next";

  /** The checksum of the samples. */
  static final String DATA = "data_crc32c";

  /** The jars with plugins that did not come with the program. */
  static final String PLUGINS = "plugins";

  private static final String SECONDS = "seconds";
  private static final String EXPERIMENT = "experiment";

  private final Path folder;
  private final CheckpointPolicy policy;
  private final CheckpointFolder checkpoints;
  private final BackgroundWriter writer;
  private final String description;
  private final String data;
  private final Environment environment;
  private final List<PluginJar> plugins;
  private Optional<BufferedWriter> metrics = Optional.empty();
  private Optional<ActiveRun> active = Optional.empty();

  /** Whether there are results of an earlier run, which this one has not replaced yet. */
  private boolean beside;

  private long saved = -1;
  private long savedAt = System.nanoTime();

  private RunFolder(Path folder, PreparedRun run, CheckpointPolicy policy, int threads) {
    this.folder = folder;
    this.policy = policy;
    description = run.experiment().print();
    data = Checksums.of(run.data());
    environment = Machine.describe(threads);
    plugins = PluginJar.of(run.experiment());
    checkpoints = CheckpointFolder.open(folder, policy.keep());
    writer = new BackgroundWriter(checkpoints);
  }

  /**
   * Begins a folder.
   *
   * @param folder where; made if it is missing
   * @param run what will be done
   * @param policy when its state is saved
   * @param threads how many threads will compute
   * @return the folder, for a run from its start
   * @throws InputException if nothing can be written there, another run is at work there, or it has
   *     a folder of runs, as that of a comparison
   */
  public static RunFolder begin(
      Path folder, PreparedRun run, CheckpointPolicy policy, int threads) {
    if (Files.isDirectory(folder.resolve(RUNS))) {
      throw new InputException(
          "%s has other runs in it (%s); give the run a folder of its own: --out"
              .formatted(folder, folder.resolve(RUNS)));
    }
    RunFolder begun = new RunFolder(folder, run, policy, threads);
    return begun.guarded(() -> {
      begun.deleteNext();
      begun.beside = Files.exists(folder.resolve(SPEC));
      if (begun.beside) {
        Files.createDirectory(folder.resolve(NEXT));
      }
      begun.describe();
    });
  }

  /**
   * Takes a folder up where its run was stopped.
   *
   * @param folder of a run
   * @param run its experiment, perhaps with other epochs
   * @param policy when its state is saved
   * @param threads how many threads will compute
   * @param warnings is told of checkpoints that are damaged, and of plugins that have changed
   * @param begin makes the run, which is given the folder to look on
   * @return the folder, which tracks that run
   * @throws InputException if the data are not those that it was trained on, nothing can be written
   *     there, or another run is at work there
   */
  public static RunFolder resume(
      Path folder,
      PreparedRun run,
      CheckpointPolicy policy,
      int threads,
      Consumer<String> warnings,
      Function<RunFolder, ActiveRun> begin) {
    RunFolder resumed = new RunFolder(folder, run, policy, threads);
    return resumed.guarded(() -> {
      resumed.deleteNext();
      Optional<Checkpoint> latest = resumed.checkpoints.latest(warnings);
      ActiveRun active = begin.apply(resumed);
      if (latest.isPresent()) {
        resumed.restore(active, latest.get());
      }
      resumed.track(active);
      PluginJar.changes(RunStore.plugins(folder), resumed.plugins).forEach(warnings);
      resumed.deleteResults();
      String before = Files.readString(folder.resolve(SPEC));
      if (!before.equals(resumed.description)) {
        resumed.override(before, latest.map(Checkpoint::position).orElse(0L));
      }
      resumed.describe();
      for (EpochMetrics row : active.session().history().rows()) {
        resumed.add(row);
      }
    });
  }

  /**
   * Whether a run has left anything in a folder.
   *
   * @param folder any
   * @return whether it has metrics or checkpoints
   */
  public static boolean isRun(Path folder) {
    return Files.exists(folder.resolve(METRICS))
        || Files.isDirectory(folder.resolve("checkpoints"));
  }

  /** Something that may fail to write. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  /** Does something at the beginning; lets go of the folder where it fails. */
  private RunFolder guarded(Writing action) {
    try {
      action.run();
      return this;
    } catch (IOException e) {
      close();
      throw new InputException(Failures.writing(folder, e), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void describe() throws IOException {
    AtomicFile.write(at(SPEC), description);
    write(ENVIRONMENT, environment());
    metrics = Optional.of(Files.newBufferedWriter(at(METRICS)));
  }

  private Map<String, Object> environment() {
    Map<String, Object> all = environment.with(Backend.now());
    if (!plugins.isEmpty()) {
      all.put(PLUGINS, plugins);
    }
    return all;
  }

  private void restore(ActiveRun active, Checkpoint checkpoint) {
    String then = TrainingState.beside(checkpoint.content(), DATA).orElse("");
    if (!then.equals(data)) {
      throw new InputException(
          "%s: the data are not those that the run was trained on (checksum %s, then %s)"
              .formatted(folder, data, then));
    }
    double seconds =
        TrainingState.beside(checkpoint.content(), SECONDS).map(Double::valueOf).orElse(0.0);
    active.restore(TrainingState.of(checkpoint.content()), seconds);
    saved = checkpoint.position();
  }

  /** The description that comes now is another: since when, and what it was before. */
  private void override(String before, long position) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("iteration", position);
    line.put("before", before);
    Path file = folder.resolve(OVERRIDES);
    String earlier = Files.exists(file) ? Files.readString(file) : "";
    AtomicFile.write(file, earlier + JSON.writeValueAsString(line) + "\n");
  }

  /**
   * The run that this is the folder of.
   *
   * @param run asked for its state when that is to be saved
   */
  public void track(ActiveRun run) {
    active = Optional.of(run);
  }

  private Path at(String file) {
    return beside ? folder.resolve(NEXT).resolve(file) : folder.resolve(file);
  }

  @Override
  public void batch(Live live) {
    writer.check();
    boolean due =
        switch (policy.unit()) {
          case EPOCHS -> false;
          case ITERATIONS -> live.iterations() % policy.amount() == 0;
          case SECONDS -> System.nanoTime() - savedAt > policy.amount() * 1_000_000_000L;
        };
    if (due) {
      save(live.iterations(), live.state());
    }
  }

  @Override
  public void epoch(Live live, EpochMetrics row) {
    try {
      add(row);
    } catch (IOException e) {
      throw new InputException(Failures.writing(folder, e), e);
    }
    if (policy.unit() == CheckpointPolicy.Unit.EPOCHS && row.epoch() % policy.amount() == 0) {
      save(live.iterations(), live.state());
    }
  }

  private void add(EpochMetrics row) throws IOException {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("epoch", row.epoch());
    row.values().forEach((metric, value) -> line.put(metric.name(), finite(value)));
    if (metrics.isPresent()) {
      metrics.get().write(JSON.writeValueAsString(line) + "\n");
      metrics.get().flush();
    }
  }

  private void save(long position, TrainingState state) {
    if (position == saved) {
      return;
    }
    saved = position;
    savedAt = System.nanoTime();
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put(EXPERIMENT, description);
    texts.put(DATA, data);
    active.ifPresent(run -> texts.put(SECONDS, Double.toString(run.seconds())));
    Safetensors content = state.toFile(texts);
    if (beside) {
      takeOver();
      checkpoints.write(position, content, false);
    } else {
      writer.submit(position, content, false);
    }
  }

  /** From now on the folder is this run's: what an earlier one has left goes. */
  private void takeOver() {
    try {
      deleteResults();
      checkpoints.clear();
      Files.deleteIfExists(folder.resolve(OVERRIDES));
      closeMetrics();
      for (String file : List.of(SPEC, ENVIRONMENT, METRICS)) {
        Files.move(
            at(file),
            folder.resolve(file),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      beside = false;
      deleteNext();
      metrics = Optional.of(Files.newBufferedWriter(at(METRICS), StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new InputException(Failures.writing(folder, e), e);
    }
  }

  private void deleteResults() throws IOException {
    for (String file : List.of(SUMMARY, REPORT, ModelFile.NAME)) {
      Files.deleteIfExists(folder.resolve(file));
    }
  }

  private void closeMetrics() throws IOException {
    if (metrics.isPresent()) {
      metrics.get().close();
    }
  }

  private void deleteNext() throws IOException {
    Path next = folder.resolve(NEXT);
    if (Files.isDirectory(next)) {
      try (Stream<Path> files = Files.list(next)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(next);
    }
  }

  /**
   * Saves the state as it is now; returns when that is on the disk.
   *
   * @param run between two steps, and not finished
   * @throws InputException if it cannot be written
   */
  public void checkpoint(ActiveRun run) {
    long position =
        (long) run.session().epoch() * run.session().stepsPerEpoch() + run.session().stepOfEpoch();
    save(position, run.session().state());
    writer.flush();
  }

  /**
   * Ends the folder: the model, and how the run ended.
   *
   * @param outcome how the run ended
   * @throws InputException if it cannot be written
   */
  public void summarize(Outcome outcome) {
    try {
      if (beside) {
        takeOver();
      }
      active.ifPresent(run -> modelFile(run.run(), outcome).write(folder.resolve(ModelFile.NAME)));
      write(ENVIRONMENT, environment());
      write(SUMMARY, summary(outcome));
    } catch (IOException e) {
      throw new InputException(Failures.writing(folder, e), e);
    }
  }

  private ModelFile modelFile(PreparedRun run, Outcome outcome) {
    return ModelFile.of(
        run.model(),
        run.experiment().model() instanceof JavaModel built ? built.name() : "model",
        outcome.weights(),
        run.data().classNames(),
        description,
        run.data().pipeline().map(Pipeline::print).orElse(""));
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
    if (result.hasAccuracy()) {
      summary.put("val_accuracy", finite(kept.valAccuracy()));
    }
    summary.put("loss", finite(kept.loss()));
    if (result.hasAccuracy()) {
      summary.put("accuracy", finite(kept.accuracy()));
    }
    kept.measures().forEach((name, value) -> summary.put(name, finite(value)));
    result.test().forEach((name, value) -> summary.put(name, finite(value)));
    summary.put("learning_rate", finite(kept.learningRate()));
    summary.put("epochs", result.epochs().size());
    summary.put("kept_epoch", kept.epoch());
    summary.put("diverged", result.diverged());
    if (!result.incidents().isEmpty()) {
      summary.put("incidents", result.incidents().stream().map(Incident::toString).toList());
    }
    summary.put("seconds", result.seconds());
    summary.put("samples_per_second", finite(result.samplesPerSecond()));
    if (!outcome.alarms().isEmpty()) {
      summary.put("alarms", outcome.alarms().stream().map(DataFinding::sentence).toList());
    }
    summary.put(DATA, outcome.data());
    summary.put("weights_sha256", result.weightsSha256());
    return summary;
  }

  /** JSON has no notation for NaN and infinities. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private void write(String file, Object content) throws IOException {
    AtomicFile.write(
        at(file), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }

  /** Waits for what is being written, and lets go of the folder. */
  @Override
  public void close() {
    try (checkpoints;
        writer) {
      closeMetrics();
      if (beside) {
        deleteNext();
      }
    } catch (IOException e) {
      throw new InputException(Failures.writing(folder, e), e);
    }
  }
}
