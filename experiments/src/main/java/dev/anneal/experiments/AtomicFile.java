package dev.anneal.experiments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that appear complete or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes beside the file and then takes its place, so that no reader ever meets half a file.
   *
   * @param file where to; it is replaced if it exists
   * @param text what, in UTF-8
   * @throws IOException if it cannot be written; an earlier file is left as it was
   */
  public static void write(Path file, String text) throws IOException {
    Path beside =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      // Not Files.writeString: it fails on half a surrogate pair, which a name may well contain.
      Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
