package dev.anneal.cli;

import dev.anneal.nn.training.TrainingListener;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how a range test gets on: a bar of its updates on a terminal, else nothing.
 *
 * @param bar nothing where there is no terminal
 */
record RangeProgress(Optional<ProgressBar> bar) implements TrainingListener, AutoCloseable {
  /**
   * Begins to show a test.
   *
   * @param updates how many it takes, at most
   */
  static RangeProgress of(Terminal terminal, long updates) {
    return new RangeProgress(
        terminal.live()
            ? Optional.of(terminal.bar("find-lr", updates).showSpeed().build())
            : Optional.empty());
  }

  @Override
  public void batch(Live live) {
    bar.ifPresent(ProgressBar::step);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
