package dev.anneal.core.work;

import static java.util.Objects.requireNonNull;

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

  /** Tasks of the running loop that nobody has taken yet; the next to be taken is one less. */
  private final AtomicInteger left = new AtomicInteger();

  /** Tasks of the running loop that are done. */
  private final AtomicInteger done = new AtomicInteger();

  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  // Written before `left` is, and read only by who has taken a task: the loop cannot end before
  // that task.
  private @Nullable Thread caller;
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
    caller = Thread.currentThread();
    this.task = task;
    this.tasks = tasks;
    done.set(0);
    left.set(tasks);
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    takeAll();
    // A helper that was slow to wake finds nothing left and is not waited for: only tasks are.
    for (int spin = 0; done.get() < tasks; spin++) {
      pause(spin);
    }
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

  private void help() {
    for (int spin = 0; !closed; spin++) {
      if (left.get() > 0) {
        takeAll();
        spin = 0;
      }
      pause(spin);
    }
  }

  /** Takes tasks until none is left. */
  private void takeAll() {
    for (int open = left.get(); open > 0; open = left.get()) {
      if (left.compareAndSet(open, open - 1)) {
        run(tasks - open);
      }
    }
  }

  private void run(int index) {
    try {
      requireNonNull(task).run(index);
    } catch (Throwable thrown) { // even an Error must reach the caller, and not leave it waiting
      failure = thrown;
    }
    Thread waiting = caller;
    int all = tasks;
    if (done.incrementAndGet() == all) {
      LockSupport.unpark(waiting);
    }
  }

  /** Waits a moment: at first awake, later until someone calls. */
  private void pause(int spin) {
    if (spin < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
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
