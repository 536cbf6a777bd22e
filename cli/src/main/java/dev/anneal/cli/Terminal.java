package dev.anneal.cli;

import dev.anneal.core.backend.Backend;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Where the command writes: what people read to {@code human}, what programs read to {@code
 * machine}.
 *
 * @param human standard output, or standard error where a program reads standard output
 * @param machine standard output
 * @param live whether {@code human} is a terminal, on which a line can be drawn again
 * @param unicode whether it shows more than ASCII
 * @param columns how wide it is
 */
record Terminal(
    PrintStream human, PrintStream machine, boolean live, boolean unicode, int columns) {
  /** The launcher lists the streams that are terminals: Java cannot tell for standard error. */
  private static final String PROPERTY = "anneal.terminals";

  /** It also says how wide they are, which Java could only ask a native library. */
  private static final String COLUMNS = "anneal.columns";

  /** Where nobody says, or knows. */
  private static final int USUAL = 80;

  /** Between two drawings of a bar. */
  static final int MILLISECONDS = 100;

  /** Columns that stay empty: a line that fills the last one wraps on some terminals. */
  private static final int MARGIN = 2;

  /** The bar does not get by with less. */
  private static final int LEAST = 20;

  /**
   * The streams of this process.
   *
   * @param machineReadsOutput whether standard output belongs to a program
   */
  @SuppressWarnings("SystemOut") // this is where they are handed out
  static Terminal of(boolean machineReadsOutput) {
    PrintStream human = machineReadsOutput ? System.err : System.out;
    int columns = Integer.getInteger(COLUMNS, USUAL);
    List<String> terminals = List.of(System.getProperty(PROPERTY, "").split(","));
    return new Terminal(
        human,
        System.out,
        terminals.contains(machineReadsOutput ? "err" : "out"),
        human.charset().equals(StandardCharsets.UTF_8),
        columns > 0 ? Math.max(LEAST, columns) : USUAL);
  }

  /** A bar that is drawn again and again in one line. */
  ProgressBarBuilder bar(String task, long most) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(most)
        .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MILLISECONDS)
        .setConsumer(new ConsoleProgressBarConsumer(human, columns - MARGIN));
  }

  /** Whether a program reads standard output. */
  boolean forMachines() {
    return !human.equals(machine);
  }

  /** The line with which a run starts. */
  void sayWhatComputes(int threads) {
    human.println("%-14s %s; threads: %d".formatted("engine", Backend.now().summary(), threads));
  }
}
