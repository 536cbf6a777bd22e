package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.CheckpointFolder.Checkpoint;
import dev.anneal.nn.file.CrashingStorage.Crash;
import dev.anneal.nn.file.CrashingStorage.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whenever the machine crashes, the checkpoint before or the new one is there, and whole. */
class CrashTest {
  static final Path RUN = Path.of("run").toAbsolutePath();
  private static final Path CHECKPOINTS = RUN.resolve("checkpoints");
  private static final long GENERATIONS = 7;

  private static CheckpointFolder open(Storage storage) throws IOException {
    return new CheckpointFolder(storage, RUN, 2, () -> {});
  }

  /** Every third is the best so far. */
  private static void write(CheckpointFolder folder, long position) {
    folder.write(position, TestFiles.numbered(position), position % 3 == 1);
  }

  private static long position(Optional<Checkpoint> checkpoint) {
    checkpoint.ifPresent(
        one -> TestFiles.assertSame(TestFiles.numbered(one.position()), one.content()));
    return checkpoint.map(Checkpoint::position).orElse(0L);
  }

  /** Writes until the storage fails; whether it did not. */
  private static boolean survives(CrashingStorage storage) throws IOException {
    long begun = 0;
    long done = 0;
    try {
      CheckpointFolder folder = open(storage);
      while (done < GENERATIONS) {
        begun = done + 1;
        write(folder, begun);
        done = begun;
      }
      return true;
    } catch (Crash _) {
      for (CrashingStorage left : storage.afterCrash()) {
        assertGoesOn(left, done, begun);
      }
      return false;
    }
  }

  private static void assertGoesOn(CrashingStorage left, long done, long begun) throws IOException {
    List<String> damage = new ArrayList<>();
    CheckpointFolder folder = open(left);
    long latest = position(folder.latest(damage::add));
    assertTrue(latest == done || latest == begun, () -> latest + ", not " + done);
    long best = position(folder.best(damage::add));
    assertTrue(best == lastBest(done) || best == lastBest(begun), () -> best + " of " + done);
    assertEquals(List.of(), damage, "nothing half written has the name of a checkpoint");
    assertTrue(left.list(CHECKPOINTS).stream().allMatch(name -> name.startsWith("step-")));
    write(folder, latest + 1);
    assertEquals(latest + 1, position(folder.latest(damage::add)));
  }

  private static long lastBest(long position) {
    return position == 0 ? 0 : position - (position - 1) % 3;
  }

  @ParameterizedTest
  @EnumSource(value = Moment.class, names = "FULL", mode = EnumSource.Mode.EXCLUDE)
  void theOldOrTheNewCheckpointIsThereWhole(Moment moment) throws IOException {
    int failing = 1;
    while (!survives(new CrashingStorage(failing, moment))) {
      failing++;
    }
    assertTrue(failing > 5 * GENERATIONS, "all operations had their turn");
  }

  @Test
  void bytesAreForcedBeforeTheyHaveTheNameAndTheNameBeforeAnythingIsRemoved() throws IOException {
    CrashingStorage storage = new CrashingStorage();
    CheckpointFolder folder = open(storage);
    folder.write(1, TestFiles.numbered(1), false);
    folder.write(2, TestFiles.numbered(2), false);
    storage.log.clear();
    folder.write(3, TestFiles.numbered(3), false);
    String beside = ".step-000000000003.safetensors." + ProcessHandle.current().pid();
    assertEquals(
        List.of(
            "write " + beside,
            "force " + beside,
            "rename " + beside,
            "forceFolder checkpoints",
            "list checkpoints",
            "delete step-000000000001.safetensors"),
        storage.log);
  }

  @Test
  void theNewFolderIsForcedToo() throws IOException {
    CrashingStorage storage = new CrashingStorage();
    open(storage);
    assertEquals(
        List.of("createFolder checkpoints", "forceFolder run", "list checkpoints"), storage.log);
  }

  /** Where the disk is full, the run goes on with the checkpoints before, and later ones work. */
  @Test
  void aFullDiskLeavesTheCheckpointsBefore() throws IOException {
    for (int failing = 14; failing <= 19; failing++) {
      CrashingStorage storage = new CrashingStorage(failing, Moment.FULL);
      CheckpointFolder folder = open(storage);
      write(folder, 2);
      write(folder, 3);
      assertEquals(13, storage.log.size());
      InputException error = assertThrows(InputException.class, () -> write(folder, 4));
      assertEquals(
          CHECKPOINTS.resolve("step-000000000004.best.safetensors")
              + ": cannot be written: No space left on device",
          error.getMessage());
      assertTrue(
          storage.list(CHECKPOINTS).stream().noneMatch(name -> name.startsWith(".")),
          "what was half written is gone");
      long latest = position(folder.latest(message -> {}));
      assertEquals(failing <= 16 ? 3 : 4, latest, "the new one is there once it has its name");
      write(folder, 5);
      assertEquals(5, position(folder.latest(message -> {})));
    }
  }
}
