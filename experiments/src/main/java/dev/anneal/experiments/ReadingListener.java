package dev.anneal.experiments;

import java.nio.file.Path;

/** Is told how far the reading of tables is. */
@FunctionalInterface
public interface ReadingListener {
  /** Nobody listens. */
  ReadingListener NONE = (_, _) -> {};

  /**
   * A part has been read.
   *
   * @param file of a table
   * @param bytes of it that have been read; a file may be gone through twice
   */
  void read(Path file, long bytes);
}
