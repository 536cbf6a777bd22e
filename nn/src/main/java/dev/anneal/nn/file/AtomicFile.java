package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files that appear complete or not at all, also after a crash. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes beside the file and then takes its place, so that no reader ever meets half a file;
   * returns when it is on the disk.
   *
   * @param file where to; it is replaced if it exists
   * @param text what, in UTF-8; half of a surrogate pair, which a name may well contain, becomes a
   *     question mark
   * @throws InputException if it cannot be written; an earlier file is left as it was
   */
  public static void write(Path file, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try {
      write(
          Storage.DISK,
          file,
          channel -> {
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
          });
    } catch (IOException e) {
      throw IoFailure.writing(file, e);
    }
  }

  /**
   * As above. The bytes are forced before they get the name: a file system may keep a rename and
   * lose what was written before it (Pillai and others, "All File Systems Are Not Created Equal",
   * OSDI 2014). The folder is forced last: what returns has happened.
   */
  static void write(Storage storage, Path file, Storage.Content content) throws IOException {
    Path beside =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      storage.write(beside, content);
      storage.force(beside);
      storage.rename(beside, file);
    } catch (IOException | RuntimeException | Error failure) {
      try {
        storage.delete(beside);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
    storage.forceFolder(file.resolveSibling("").toAbsolutePath());
  }
}
