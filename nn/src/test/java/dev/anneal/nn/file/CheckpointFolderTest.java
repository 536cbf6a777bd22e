package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.CheckpointFolder.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  @TempDir Path run;

  private final List<String> damage = new ArrayList<>();

  private CheckpointFolder open() {
    return CheckpointFolder.open(run, 2);
  }

  private static void write(CheckpointFolder folder, long position) {
    folder.write(position, TestFiles.numbered(position), false);
  }

  private static void writeBest(CheckpointFolder folder, long position) {
    folder.write(position, TestFiles.numbered(position), true);
  }

  private Path file(String name) {
    return run.resolve("checkpoints").resolve(name);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static long position(Optional<Checkpoint> checkpoint) {
    checkpoint.ifPresent(
        one -> TestFiles.assertSame(TestFiles.numbered(one.position()), one.content()));
    return checkpoint.map(Checkpoint::position).orElse(-1L);
  }

  @Test
  void theNewestIsReadBackByTheNextProcess() {
    try (CheckpointFolder folder = open()) {
      assertEquals(Optional.empty(), folder.latest(damage::add));
      write(folder, 0);
      write(folder, 1_000_000_000_000L);
    }
    try (CheckpointFolder folder = open()) {
      Checkpoint latest = folder.latest(damage::add).orElseThrow();
      assertEquals(1_000_000_000_000L, latest.position());
      assertEquals(file("step-1000000000000.safetensors"), latest.file());
      TestFiles.assertSame(TestFiles.numbered(1_000_000_000_000L), latest.content());
      assertEquals(Optional.empty(), folder.best(damage::add));
    }
    assertEquals(List.of(), damage);
  }

  @Test
  void theNewestFewAndTheBestAreKept() throws IOException {
    try (CheckpointFolder folder = open()) {
      writeBest(folder, 10);
      write(folder, 20);
      write(folder, 30);
      write(folder, 40);
      assertEquals(
          List.of(
              "step-000000000010.best.safetensors",
              "step-000000000030.safetensors",
              "step-000000000040.safetensors"),
          names());
      assertEquals(10, position(folder.best(damage::add)));
    }
  }

  /** Whoever goes on from the one before the newest wants the best that was known there. */
  @Test
  void aNewBestDoesNotReplaceTheBestOfTheCheckpointBefore() throws IOException {
    try (CheckpointFolder folder = open()) {
      writeBest(folder, 10);
      write(folder, 20);
      writeBest(folder, 30);
      assertEquals(30, position(folder.best(damage::add)));
      assertEquals(3, names().size());
      write(folder, 40);
      assertEquals(
          List.of("step-000000000030.best.safetensors", "step-000000000040.safetensors"), names());
    }
  }

  @Test
  void aDamagedCheckpointIsReportedAndTheOneBeforeIsTaken() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 1);
      write(folder, 2);
      Path newest = file("step-000000000002.safetensors");
      byte[] bytes = Files.readAllBytes(newest);
      bytes[bytes.length - 1] ^= 1;
      Files.write(newest, bytes);
      assertEquals(1, position(folder.latest(damage::add)));
      assertEquals(
          List.of(newest + ": the checksum does not fit the content; the file is damaged"), damage);
      Files.write(file("step-000000000001.safetensors"), new byte[0]);
      assertEquals(-1, position(folder.latest(damage::add)));
      assertEquals(3, damage.size());
    }
  }

  /** It would take the place of one that can be read. */
  @Test
  void aDamagedCheckpointDoesNotCountAmongThoseKept() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 10);
      write(folder, 20);
      Files.write(file("step-000000000020.safetensors"), new byte[100]);
      assertEquals(10, position(folder.latest(damage::add)));
      write(folder, 25);
      assertEquals(
          List.of("step-000000000010.safetensors", "step-000000000025.safetensors"), names());
    }
  }

  @Test
  void aDamagedCheckpointThatIsWrittenAnewIsGoodAgain() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 10);
      write(folder, 20);
      Files.write(file("step-000000000020.safetensors"), new byte[100]);
      assertEquals(10, position(folder.latest(damage::add)));
      write(folder, 20);
      assertEquals(20, position(folder.latest(damage::add)));
    }
  }

  @Test
  void checkpointsBeyondOneThatTrainingWentOnFromAreRemoved() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 10);
      writeBest(folder, 20);
      writeBest(folder, 15);
      assertEquals(
          List.of("step-000000000010.safetensors", "step-000000000015.best.safetensors"), names());
      write(folder, 15);
      assertEquals(
          List.of("step-000000000010.safetensors", "step-000000000015.safetensors"), names());
    }
  }

  @Test
  void aRunThatBeginsAnewRemovesAll() throws IOException {
    try (CheckpointFolder folder = open()) {
      write(folder, 10);
      writeBest(folder, 20);
      Files.writeString(file("notes.txt"), "mine");
      folder.clear();
      assertEquals(List.of("notes.txt"), names());
    }
  }

  @Test
  void whatADeadProcessLeftIsRemovedAndNothingElse() throws IOException {
    open().close();
    Files.writeString(file(".step-000000000007.safetensors.123"), "half");
    Files.writeString(file(".step-000000000007.best.safetensors.123"), "half");
    Files.writeString(file("notes.txt"), "mine");
    Files.writeString(file("step-7.safetensors"), "mine too");
    open().close();
    assertEquals(List.of("notes.txt", "step-7.safetensors"), names());
  }

  @Test
  void atLeastTwoAreKept() {
    assertEquals(
        "at least 2 checkpoints are kept, not 1: the newest may be damaged one day",
        assertThrows(InputException.class, () -> CheckpointFolder.open(run, 1)).getMessage());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(run.resolve("file"), "");
    String message =
        assertThrows(InputException.class, () -> CheckpointFolder.open(file, 2)).getMessage();
    assertTrue(message.startsWith(file + "/.lock: cannot be written: "), message);
    assertEquals(1, message.lines().count());
    Files.writeString(run.resolve("checkpoints"), "in the way");
    assertThrows(InputException.class, this::open);
    Files.delete(run.resolve("checkpoints"));
    open().close(); // the lock was let go
  }
}
