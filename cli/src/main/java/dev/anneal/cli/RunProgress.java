package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Metric;
import dev.anneal.nn.training.TrainingListener;
import java.util.StringJoiner;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how a run gets on: a bar on a terminal, else a plain line an epoch. */
interface RunProgress extends TrainingListener, AutoCloseable {
  @Override
  void close();

  /**
   * Begins to show a run.
   *
   * @param terminal where
   * @param name the run's name
   * @param epochs its epochs
   * @param samples training samples in an epoch
   */
  static RunProgress of(Terminal terminal, String name, int epochs, int samples) {
    return terminal.live()
        ? new Bar(terminal, name, epochs, samples)
        : new Lines(terminal, name, epochs);
  }

  /** A line an epoch. */
  record Lines(Terminal terminal, String name, int epochs) implements RunProgress {
    @Override
    public void epoch(Live live, EpochMetrics metrics) {
      StringJoiner line = new StringJoiner("  ");
      line.add("%s: epoch %d/%d".formatted(name, metrics.epoch(), epochs));
      for (Metric metric : metrics.values().keySet()) {
        if (!metric.part().isEmpty() && !Hyperparameter.isLearningRate(metric.name())) {
          continue; // of several groups, which have a good many, the record has all
        }
        double value = metrics.value(metric);
        line.add(
            metric.name()
                + " "
                + (metric.equals(Metric.SAMPLES_PER_SECOND)
                    ? NumberFormats.count(Math.round(value))
                    : NumberFormats.four(value)));
      }
      terminal.human().println(line);
    }

    @Override
    public void close() {}
  }

  /** A bar with the time left, samples a second, loss, accuracy and learning rate. */
  final class Bar implements RunProgress {
    private static final int MILLISECONDS = 100;

    /** Columns that stay empty: a line that fills the last one wraps on some terminals. */
    private static final int MARGIN = 2;

    private final int epochs;
    private final int samples;
    private final ProgressBar bar;
    private long shown;
    private double rate;
    private String validation = "";

    Bar(Terminal terminal, String name, int epochs, int samples) {
      this.epochs = epochs;
      this.samples = samples;
      bar = begin(terminal, name, (long) epochs * samples);
    }

    /** A bar that is empty, with its speed. */
    static ProgressBar begin(Terminal terminal, String name, long most) {
      return new ProgressBarBuilder()
          .setTaskName(name)
          .setInitialMax(most)
          .setStyle(terminal.unicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(MILLISECONDS)
          .showSpeed()
          .setConsumer(
              new ConsoleProgressBarConsumer(terminal.human(), terminal.columns() - MARGIN))
          .build();
    }

    /** Numbers change faster than anyone reads: only some updates are worth a text. */
    @Override
    public void batch(Live live) {
      rate = live.learningRate();
      bar.stepTo((live.epoch() - 1L) * samples + live.samples());
      long now = System.nanoTime();
      if (now - shown > MILLISECONDS * 1_000_000L) {
        shown = now;
        show(live.epoch(), live.loss(), live.accuracy());
      }
    }

    @Override
    public void epoch(Live live, EpochMetrics metrics) {
      if (!Double.isNaN(metrics.value(MetricHistory.VAL_LOSS))) {
        validation =
            ", val_loss %s%s"
                .formatted(
                    NumberFormats.brief(metrics.value(MetricHistory.VAL_LOSS)),
                    accuracy(" val_acc", metrics.value(MetricHistory.VAL_ACCURACY)));
      }
      show(
          metrics.epoch(),
          metrics.value(MetricHistory.LOSS),
          metrics.value(MetricHistory.ACCURACY));
    }

    private void show(int epoch, double loss, double accuracy) {
      bar.setExtraMessage(
          " epoch %d/%d, lr %s, loss %s%s%s"
              .formatted(
                  epoch,
                  epochs,
                  NumberFormats.brief(rate),
                  NumberFormats.brief(loss),
                  accuracy(" acc", accuracy),
                  validation));
    }

    /** Where labels are quantities there is none. */
    private static String accuracy(String name, double value) {
      return Double.isNaN(value) ? "" : name + " " + NumberFormats.brief(value);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
