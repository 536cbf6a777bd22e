package dev.anneal.experiments;

import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.History;
import dev.anneal.nn.training.Metric;
import dev.anneal.nn.training.Session;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import dev.anneal.nn.training.TrainingListener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Carries experiments out.
 *
 * @param workers who computes; their number changes no bit of the result
 */
public record Runner(Workers workers) {
  /** Points of a learning-rate curve, at most: more than a chart has pixels. */
  private static final int CURVE = 1000;

  /**
   * Runs an experiment.
   *
   * @param run what to do
   * @param listener looks on
   * @return how it ended
   */
  public Outcome run(PreparedRun run, TrainingListener listener) {
    Experiment experiment = run.experiment();
    TrainingData data = run.data();
    RateRecorder rates = new RateRecorder(Math.ceilDiv(run.updates(), CURVE));
    Training training =
        Training.ofGroups(run.model(), run.loss(), experiment.groups())
            .batch(experiment.batch())
            .epochs(experiment.epochs())
            .seed(experiment.seed())
            .workers(workers)
            .listener(TrainingListener.all(rates, listener));
    data.validation().ifPresent(training::validation);
    experiment.stopping().ifPresent(training::stopping);
    experiment.best().ifPresent(training::restoringBest);
    if (experiment.diagnosed()) {
      training.diagnosed();
    }
    Trainer trainer = training.trainer();
    Session session = trainer.session(data.training());
    long start = System.nanoTime();
    History history = session.run();
    double seconds = (System.nanoTime() - start) * 1e-9;
    String rate = run.learningRates().keySet().iterator().next();
    List<EpochRecord> rows = history.rows().stream().map(epoch -> row(epoch, rate)).toList();
    RunRecord result =
        new RunRecord(
            experiment.name(),
            run.schedule(),
            run.optimizerWithoutRate(),
            rows,
            session.keptEpoch() + 1,
            session.ending().orElseThrow(),
            rates.curves(),
            experiment.diagnosed() ? Diagnostics.of(history, run.model()) : Diagnostics.NONE,
            seconds,
            history.last().value(Metric.SAMPLES_PER_SECOND),
            sha256(trainer.weights()));
    return new Outcome(result, data.set().test().map(trainer::evaluate));
  }

  private static EpochRecord row(EpochMetrics metrics, String rate) {
    return new EpochRecord(
        metrics.epoch(),
        metrics.value(MetricHistory.LOSS),
        metrics.value(MetricHistory.ACCURACY),
        metrics.value(MetricHistory.VAL_LOSS),
        metrics.value(MetricHistory.VAL_ACCURACY),
        metrics.value(rate));
  }

  /** The checksum of weights as little-endian floats in their order. */
  static String sha256(float[] weights) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * weights.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
