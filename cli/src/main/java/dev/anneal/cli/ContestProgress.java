package dev.anneal.cli;

import dev.anneal.comparison.Contest;
import dev.anneal.comparison.Entry;
import dev.anneal.experiments.RunRecord;
import dev.anneal.nn.training.TrainingListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;

/** Shows how a round of runs gets on: one bar on a terminal, else a line for each run that ends. */
final class ContestProgress implements AutoCloseable {
  private final Terminal terminal;
  private final int runs;
  private final AtomicInteger ended = new AtomicInteger();
  private final Optional<ProgressBar> bar;

  private ContestProgress(Terminal terminal, int runs, Optional<ProgressBar> bar) {
    this.terminal = terminal;
    this.runs = runs;
    this.bar = bar;
  }

  static ContestProgress of(Terminal terminal, Contest contest, List<Entry> entries) {
    if (!terminal.live()) {
      return new ContestProgress(terminal, entries.size(), Optional.empty());
    }
    long samples = entries.stream().mapToLong(ContestProgress::samples).sum();
    return new ContestProgress(
        terminal,
        entries.size(),
        Optional.of(terminal.bar("round %d".formatted(contest.round() + 1), samples).build()));
  }

  private static long samples(Entry entry) {
    return (long) entry.run().experiment().epochs() * entry.run().data().training().size();
  }

  /** Looks on at one of the runs. */
  TrainingListener of(Entry entry) {
    return new TrainingListener() {
      private final int epoch = entry.run().data().training().size();
      private long before;

      @Override
      public void batch(Live live) {
        long now = (live.epoch() - 1L) * epoch + live.samples();
        bar.ifPresent(shown -> shown.stepBy(now - before));
        before = now;
      }
    };
  }

  /** One of the runs has ended, by itself or not. */
  void ended(Entry entry, RunRecord run) {
    int count = ended.incrementAndGet();
    bar.ifPresentOrElse(
        shown ->
            shown.setExtraMessage(" %d of %d runs, last %s".formatted(count, runs, run.name())),
        () -> terminal.human().println(ContestJob.words(entry, run)));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
