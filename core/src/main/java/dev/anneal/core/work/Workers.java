package dev.anneal.core.work;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads for short parallel loops. The calling thread works too. A loop allocates
 * nothing; between loops the others spin for some microseconds, then park.
 *
 * <p>Which thread runs which index is left to chance, so tasks must not depend on it: split work by
 * its shape, never by the number of threads. One loop runs at a time; the tasks of a loop must not
 * start another.
 */
public final class Workers implements AutoCloseable {
  /** The body of a parallel loop. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does one part of the work.
     *
     * @param index which part
     */
    void run(int index);
  }

  /**
   * About 30 microseconds: longer than the serial gaps within a training step, shorter than what
   * would starve the JIT's threads.
   */
  private static final int SPINS = 1000;

  private final Thread[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger loops = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  private @Nullable Task task;
  private int tasks;

  /**
   * Starts a team.
   *
   * @param threads how many threads work, the caller's included; at least 1
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread, not " + threads);
    }
    helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = Thread.ofPlatform().daemon().name("anneal-worker-" + (i + 1)).start(this::help);
    }
  }

  /**
   * How many threads work, the caller's included.
   *
   * @return at least 1
   */
  public int threads() {
    return helpers.length + 1;
  }

  /**
   * Runs tasks 0 to {@code tasks - 1} and returns when all are done.
   *
   * @param tasks how many
   * @param task the body
   * @throws RuntimeException what a task threw
   * @throws IllegalStateException if the team is closed
   */
  public void run(int tasks, Task task) {
    if (closed) {
      throw new IllegalStateException("these workers are closed");
    }
    if (helpers.length == 0 || tasks <= 1) {
      for (int i = 0; i < tasks; i++) {
        task.run(i);
      }
      return;
    }
    this.task = task;
    this.tasks = tasks;
    next.set(0);
    busy.set(helpers.length);
    loops.incrementAndGet(); // publishes the fields above
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    work(task, tasks);
    while (busy.get() > 0) {
      Thread.onSpinWait();
    }
    this.task = null;
    rethrow();
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw thrown instanceof RuntimeException unchecked
          ? unchecked
          : new IllegalStateException(thrown);
    }
  }

  private void work(Task body, int count) {
    try {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        body.run(i);
      }
    } catch (Throwable thrown) { // even an Error must reach the caller, and not leave it waiting
      next.set(count);
      failure = thrown;
    }
  }

  private void help() {
    int done = 0;
    while (true) {
      done = await(done);
      if (closed) {
        return;
      }
      Task body = task;
      if (body != null) {
        work(body, tasks);
      }
      busy.decrementAndGet();
    }
  }

  /** Waits until the count of loops is no longer {@code done}, and returns it. */
  private int await(int done) {
    for (int spin = 0; loops.get() == done && !closed; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
    return loops.get();
  }

  /** Ends the team's threads. */
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
