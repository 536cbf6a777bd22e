package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.CrashingStorage.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackgroundWriterTest {
  /** A disk that writes a file when it is allowed to. */
  private static final class SlowStorage extends CrashingStorage {
    final Semaphore begun = new Semaphore(0);
    final Semaphore allowed = new Semaphore(0);

    SlowStorage() {}

    SlowStorage(int failing) {
      super(failing, Moment.FULL);
    }

    @Override
    public void write(Path file, Content content) throws IOException {
      begun.release();
      allowed.acquireUninterruptibly();
      super.write(file, content);
    }
  }

  private static BackgroundWriter writer(Storage storage) throws IOException {
    return new BackgroundWriter(new CheckpointFolder(storage, CrashTest.RUN, 9, () -> {}));
  }

  private static List<String> written(CrashingStorage storage) throws IOException {
    return storage.list(CrashTest.RUN.resolve("checkpoints")).stream()
        .map(name -> name.replaceAll("step-0*|.safetensors", ""))
        .toList();
  }

  private static void submit(BackgroundWriter writer, long position) {
    writer.submit(position, TestFiles.numbered(position), false);
  }

  private static void submitBest(BackgroundWriter writer, long position) {
    writer.submit(position, TestFiles.numbered(position), true);
  }

  @Test
  void closingWritesWhatWasHandedOver() throws IOException {
    CrashingStorage storage = new CrashingStorage();
    try (BackgroundWriter writer = writer(storage)) {
      submit(writer, 1);
      writer.flush();
      assertEquals(List.of("1"), written(storage));
      submit(writer, 2);
    }
    assertEquals(List.of("1", "2"), written(storage));
  }

  @Test
  void aNewerOneTakesThePlaceOfTheOneThatWaits() throws IOException {
    SlowStorage storage = new SlowStorage();
    try (BackgroundWriter writer = writer(storage)) {
      submit(writer, 1);
      storage.begun.acquireUninterruptibly();
      submit(writer, 2);
      submit(writer, 3);
      submitBest(writer, 4);
      submitBest(writer, 5);
      storage.allowed.release(2);
      writer.flush();
      assertEquals(List.of("1", "5.best"), written(storage));
    }
  }

  @Test
  void theBestThatWaitsIsNotGivenUpForOneThatIsNot() throws IOException {
    SlowStorage storage = new SlowStorage();
    try (BackgroundWriter writer = writer(storage)) {
      submit(writer, 1);
      storage.begun.acquireUninterruptibly();
      submitBest(writer, 2);
      Thread.ofPlatform().start(() -> storage.allowed.release(3));
      submit(writer, 3);
      writer.flush();
      assertEquals(List.of("1", "2.best", "3"), written(storage));
    }
  }

  @Test
  void aFailureIsThrownOnceAtTheNextCallAndLaterOnesAreWritten() throws IOException {
    SlowStorage storage = new SlowStorage(4); // the first write
    try (BackgroundWriter writer = writer(storage)) {
      submit(writer, 1);
      storage.allowed.release(9);
      InputException error = assertThrows(InputException.class, writer::flush);
      assertTrue(error.getMessage().endsWith("cannot be written: No space left on device"));
      writer.check();
      submit(writer, 2);
      writer.flush();
      assertEquals(List.of("2"), written(storage));
    }
  }

  @Test
  void submittingAndClosingThrowItToo() throws IOException {
    SlowStorage storage = new SlowStorage(4);
    BackgroundWriter writer = writer(storage);
    submit(writer, 1);
    storage.allowed.release(9);
    assertThrows(
        InputException.class,
        () -> {
          while (true) {
            submit(writer, 2);
          }
        });
    writer.close();
    SlowStorage other = new SlowStorage(4);
    BackgroundWriter closing = writer(other);
    submit(closing, 1);
    other.allowed.release(9);
    assertThrows(InputException.class, closing::close);
    closing.close();
  }

  /** A crash is an error and no exception: it is not lost either. */
  @Test
  void anErrorIsThrownToo() throws IOException {
    BackgroundWriter writer = writer(new CrashingStorage(4, Moment.BEFORE));
    submit(writer, 1);
    assertThrows(CrashingStorage.Crash.class, writer::close);
  }

  @Test
  void nothingIsTakenAfterTheEnd() throws IOException {
    BackgroundWriter writer = writer(new CrashingStorage());
    writer.close();
    assertThrows(IllegalStateException.class, () -> submit(writer, 1));
  }
}
