package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {
  @TempDir Path folder;

  /** Another process: takes the folder, says so, and holds it until it is killed. */
  static final class Holder {
    public static void main(String[] arguments) throws InterruptedException {
      try (FolderLock _ = FolderLock.acquire(Path.of(arguments[0]))) {
        System.out.println("taken");
        Thread.sleep(Long.MAX_VALUE);
      } catch (InputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static Process start(Path folder) throws IOException {
    String classes =
        Stream.of(FolderLock.class, Holder.class, InputException.class)
            .map(FolderLockTest::location)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classes,
            Holder.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private String refusal(String holder) {
    return folder
        + ": "
        + holder
        + " is writing to this folder; wait until it ends, or take another folder";
  }

  private String refused() {
    return assertThrows(InputException.class, () -> FolderLock.acquire(folder)).getMessage();
  }

  @Test
  void aFolderIsTakenOnceAtATime() {
    String holder = "process " + ProcessHandle.current().pid();
    try (FolderLock _ = FolderLock.acquire(folder)) {
      assertEquals(refusal(holder), refused());
    }
    FolderLock.acquire(folder).close();
  }

  @Test
  void theSameFolderUnderAnotherNameIsTakenToo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (FolderLock _ = FolderLock.acquire(folder)) {
      assertThrows(InputException.class, () -> FolderLock.acquire(link));
    }
    FolderLock.acquire(link).close();
  }

  @Test
  void anotherProcessIsNamedAndItsDeathLetsGo() throws IOException, InterruptedException {
    Process process = start(folder);
    try (BufferedReader out = process.inputReader()) {
      assertEquals("taken", out.readLine());
      assertEquals(refusal("process " + process.pid()), refused());
      Files.writeString(folder.resolve(".lock"), "");
      assertEquals(refusal("another process"), refused());
    } finally {
      process.destroyForcibly().waitFor();
    }
    FolderLock.acquire(folder).close();
  }

  /** POSIX would let go of the lock when the second try closes the file. */
  @Test
  void aRefusedTryOfThisProcessDoesNotLetAnotherIn() throws IOException, InterruptedException {
    try (FolderLock _ = FolderLock.acquire(folder)) {
      refused();
      Process process = start(folder);
      try (BufferedReader out = process.inputReader()) {
        assertEquals(refusal("process " + ProcessHandle.current().pid()), out.readLine());
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
