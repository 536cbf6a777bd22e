package dev.anneal.cli;

import dev.anneal.experiments.ActiveRun;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets runs come to a good end when the process is asked to end (SIGTERM, SIGINT): each after its
 * step, with a checkpoint. The virtual machine waits for them.
 */
final class Interruption implements AutoCloseable {
  /** Longer than any step; whoever asks loses patience earlier, and kills. */
  private static final long MOST_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Set<ActiveRun> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean come;
  private final Thread hook;

  /** From now on; to be closed when the work has ended. */
  Interruption() {
    hook =
        Thread.ofPlatform()
            .name("anneal-stop")
            .unstarted(() -> {
              come = true;
              runs.forEach(ActiveRun::stop);
              try {
                done.await(MOST_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A run that is to be ended too. */
  void watch(ActiveRun run) {
    runs.add(run);
    if (come) {
      run.stop();
    }
  }

  /** A run that has ended. */
  void forget(ActiveRun run) {
    runs.remove(run);
  }

  /** Whether the process was asked to end. */
  boolean hasCome() {
    return come;
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
