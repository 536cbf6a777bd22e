package dev.anneal.data.table;

import dev.anneal.api.InputException;
import java.nio.file.Path;

/**
 * The memory that a table may take: a small packed file may hold a table of any size, and a clear
 * message is better than an {@link OutOfMemoryError} somewhere else.
 */
final class Memory {
  /** Of the heap; the rest is for what reads. */
  private static final double PART = 0.75;

  /** A text as a Java object, in a list or a map. */
  private static final int TEXT = 100;

  private final Path file;
  private final long most = (long) (PART * Runtime.getRuntime().maxMemory());
  private long taken;

  Memory(Path file) {
    this.file = file;
  }

  /**
   * Takes some.
   *
   * @throws InputException if there is not so much
   */
  void take(long bytes) {
    taken += bytes;
    if (taken > most) {
      throw new InputException(
          "%s: the table does not fit in the memory that Java may use, %d MB; raise it by -Xmx"
              .formatted(file, Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  /** Takes what a text of so many letters needs. */
  void takeText(int letters) {
    take(TEXT + 2L * letters);
  }

  void give(long bytes) {
    taken -= bytes;
  }
}
