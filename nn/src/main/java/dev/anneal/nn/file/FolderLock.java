package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder that one process at a time may write to. The operating system lets go of the lock when
 * the process dies, however it does.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = ".lock";

  /** Behind the process number, which can be read so where a lock keeps others from reading. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * What this process holds. Asking the operating system would not do: POSIX lets go of a lock as
   * soon as its process closes the file, through whichever channel.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @param folder made if it is missing
   * @return the lock, to be closed
   * @throws InputException if this or another process holds it, or it cannot be written to
   */
  public static FolderLock acquire(Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.toRealPath().resolve(NAME);
      if (!HELD.add(file)) {
        throw refusal(folder, Long.toString(ProcessHandle.current().pid()));
      }
      try {
        return new FolderLock(file, lock(folder, file));
      } catch (IOException | RuntimeException e) {
        HELD.remove(file);
        throw e;
      }
    } catch (IOException e) {
      throw IoFailure.writing(folder.resolve(NAME), e);
    }
  }

  /** Whether somebody is writing to a folder now; nothing is written for that. */
  static boolean isHeld(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return false;
    }
    try {
      if (HELD.contains(file.toRealPath())) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        return channel.tryLock(LOCKED_BYTE, 1, false) == null;
      }
    } catch (IOException _) {
      return false; // nobody who may not write there holds it
    }
  }

  private static FileChannel lock(Path folder, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw refusal(folder, Files.readString(file, StandardCharsets.ISO_8859_1).strip());
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.ISO_8859_1)));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static InputException refusal(Path folder, String pid) {
    String holder = pid.matches("\\d+") ? "process " + pid : "another process";
    return new InputException(
        "%s: %s is writing to this folder; wait until it ends, or take another folder"
            .formatted(folder, holder));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // the end of the process lets go of it
    } finally {
      HELD.remove(file);
    }
  }
}
