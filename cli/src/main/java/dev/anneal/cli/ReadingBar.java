package dev.anneal.cli;

import dev.anneal.experiments.ReadingListener;
import java.nio.file.Path;
import java.util.function.Function;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bar on a terminal while a table is read, if that takes long. */
final class ReadingBar implements ReadingListener, AutoCloseable {
  /** Nanoseconds: who waits less wants no bar. */
  private static final long LONG = 1_000_000_000;

  private static final int MEGABYTE = 1 << 20;

  private final Terminal terminal;
  private final long wait;
  private final long begun = System.nanoTime();
  private @Nullable ProgressBar bar;

  /**
   * Waits for the reading to begin.
   *
   * @param wait nanoseconds before the bar is shown
   */
  ReadingBar(Terminal terminal, long wait) {
    this.terminal = terminal;
    this.wait = wait;
  }

  /** Shows how far something is that reads tables. */
  static <T> T show(Terminal terminal, Function<ReadingListener, T> reading) {
    try (ReadingBar bar = new ReadingBar(terminal, LONG)) {
      return reading.apply(bar);
    }
  }

  @Override
  public void read(Path file, long bytes) {
    if (bar == null && terminal.live() && System.nanoTime() - begun > wait) {
      bar = terminal.bar("reading", 0).setUnit(" MB", MEGABYTE).build();
    }
    if (bar != null) {
      bar.maxHint(file.toFile().length());
      bar.stepTo(bytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
