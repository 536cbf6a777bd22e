package dev.anneal.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work come to a good end when the process is asked to end (SIGTERM, SIGINT): the virtual
 * machine waits for it.
 */
final class Interruption implements AutoCloseable {
  /** Longer than any step; whoever asks loses patience earlier, and kills. */
  private static final long MOST_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Runnable stop) {
    hook =
        Thread.ofPlatform()
            .name("anneal-stop")
            .unstarted(() -> {
              stop.run();
              try {
                done.await(MOST_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /**
   * From now on.
   *
   * @param stop asks the work to end; called from another thread
   * @return to be closed when the work has ended
   */
  static Interruption of(Runnable stop) {
    Interruption interruption = new Interruption(stop);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending.
    }
  }
}
