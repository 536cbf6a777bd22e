package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.CrashingStorage.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void aFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = folder.resolve("page.html");
    AtomicFile.write(file, "a much longer text than the next one");
    AtomicFile.write(file, "größer");
    assertEquals("größer", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  /** A name may contain it, and a report of it is better than none. */
  @Test
  void halfOfASurrogatePairIsAQuestionMark() throws IOException {
    Path file = folder.resolve("page.html");
    AtomicFile.write(file, "a\ud800b");
    assertEquals("a?b", Files.readString(file));
  }

  @Test
  void aFailureRemovesWhatWasWrittenBeside() throws IOException {
    Path file = Files.createDirectories(folder.resolve("file").resolve("in the way")).getParent();
    assertThrows(InputException.class, () -> AtomicFile.write(file, "text"));
    assertEquals(List.of(file), files());
    Path nowhere = folder.resolve("missing").resolve("file");
    assertEquals(
        nowhere + ": cannot be written: no such file or folder",
        assertThrows(InputException.class, () -> AtomicFile.write(nowhere, "text")).getMessage());
  }

  @Test
  void aFullDiskLeavesTheEarlierFile() throws IOException {
    Path file = CrashTest.RUN.resolve("file");
    for (int failing = 5; failing <= 7; failing++) {
      CrashingStorage storage = new CrashingStorage(failing, Moment.FULL);
      AtomicFile.write(storage, file, TestFiles.numbered(1)::writeTo);
      assertThrows(
          IOException.class, () -> AtomicFile.write(storage, file, TestFiles.numbered(2)::writeTo));
      assertEquals(List.of("file"), storage.list(CrashTest.RUN));
      assertEquals(TestFiles.write(TestFiles.numbered(1)).length, storage.size(file));
    }
  }
}
