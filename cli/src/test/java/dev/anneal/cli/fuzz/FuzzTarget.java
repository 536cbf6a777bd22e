package dev.anneal.cli.fuzz;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import java.io.IOException;
import java.time.Duration;

/** What a fuzzer calls: a reader must take any input within a second, or refuse it in a line. */
final class FuzzTarget {
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** Lists of what is known are long. */
  private static final int LONGEST_MESSAGE = 4000;

  private static final Reader READER = Reader.valueOf(System.getProperty("anneal.fuzz", "CSV"));

  private FuzzTarget() {}

  /** A way to read. */
  @FunctionalInterface
  interface Reading {
    /**
     * Reads.
     *
     * @param input anything
     * @throws InputException if that is what is wrong with it
     */
    void read(byte[] input) throws IOException;
  }

  /** Called by Jazzer, for the reader that the process was started for. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    check(READER, input);
  }

  /**
   * Reads an input.
   *
   * @throws AssertionError if it takes too long or ends in any other way
   */
  static void check(Reading reader, byte[] input) throws IOException {
    long begin = System.nanoTime();
    read(reader, input);
    if (System.nanoTime() - begin > LONGEST.toNanos()) {
      // Classes may have been loaded, and others may have had the processor.
      Duration before = processorTime();
      read(reader, input);
      Duration taken = processorTime().minus(before);
      if (taken.compareTo(LONGEST) > 0) {
        throw new AssertionError("reading takes " + taken);
      }
    }
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }

  private static void read(Reading reader, byte[] input) throws IOException {
    try {
      reader.read(input);
    } catch (InputException e) {
      String message = String.valueOf(e.getMessage());
      if (!Messages.oneLine(message).equals(message) || message.length() > LONGEST_MESSAGE) {
        throw new AssertionError("no message for people: " + message, e);
      }
    }
  }
}
