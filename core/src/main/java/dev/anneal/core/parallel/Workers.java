package dev.anneal.core.parallel;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads for short parallel loops. The calling thread works too. A loop allocates
 * nothing; between loops the others spin for some microseconds, then park.
 *
 * <p>Which thread runs which index is left to chance, so results must not depend on it: split work
 * by its shape, never by the number of threads. One loop runs at a time; the tasks of a loop must
 * not start another.
 *
 * <p>Besides, one loop may be on offer ({@link #offer}): threads that would wait take tasks of it
 * instead.
 */
public final class Workers implements AutoCloseable {
  /** The body of a parallel loop. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does one part of the work.
     *
     * @param index which part
     * @param worker which thread does it, from 0 to {@code threads() - 1}; no two at a time have
     *     the same number. For working memory, never for the result
     */
    void run(int index, int worker);
  }

  /**
   * About 30 microseconds: longer than the serial gaps within a training step, shorter than what
   * would starve the JIT's threads.
   */
  private static final int SPINS = 1000;

  private final Thread[] helpers;
  private final Loop loop;
  private final Loop offered;
  private volatile boolean closed;

  /**
   * Starts a team.
   *
   * @param threads how many threads work, the caller's included; at least 1
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread, not " + threads);
    }
    loop = new Loop(threads);
    offered = new Loop(threads);
    helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] =
          Thread.ofPlatform().daemon().name("anneal-worker-" + worker).start(() -> help(worker));
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
    check();
    if (helpers.length == 0 || tasks <= 1) {
      for (int i = 0; i < tasks; i++) {
        task.run(i, 0);
      }
      return;
    }
    loop.begin(tasks, task);
    wake();
    loop.finish();
  }

  /**
   * Puts a loop on offer, for threads that have nothing else to do while the caller goes on. One
   * that is on offer already is finished first; what its tasks threw is lost.
   *
   * @param tasks how many; each should be short, for a {@link #run} may have to wait for it
   * @param task the body
   * @throws IllegalStateException if the team is closed
   */
  public void offer(int tasks, Task task) {
    check();
    offered.complete();
    offered.begin(tasks, task);
    wake();
  }

  /**
   * Returns when all tasks of the loop on offer are done, and helps with what is left of it.
   *
   * @throws RuntimeException what a task threw
   */
  public void finishOffered() {
    offered.finish();
  }

  private void check() {
    if (closed) {
      throw new IllegalStateException("these workers are closed");
    }
  }

  private void wake() {
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private void help(int worker) {
    for (int spin = 0; !closed; spin++) {
      if (loop.take(worker) || offered.take(worker)) {
        spin = 0;
      }
      pause(spin);
    }
  }

  /** Waits a moment: at first awake, later until someone calls. */
  private static void pause(int spin) {
    if (spin < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park();
    }
  }

  /** Ends the team's threads. */
  @Override
  public void close() {
    closed = true;
    wake();
  }

  /**
   * Tasks that several threads share. Each worker has a range of its own and begins there, so that
   * in loop after loop it finds in its cache what it had before; then it takes what others have
   * left.
   */
  private static final class Loop {
    /** Distance of two counters: each in a cache line that no other worker writes. */
    private static final int PADDING = 32;

    private final int workers;

    /**
     * For each worker, tasks of its range that nobody has taken yet; the next is the first of them.
     */
    private final AtomicIntegerArray left;

    /** Tasks that are done. */
    private final AtomicInteger done = new AtomicInteger();

    private volatile @Nullable Throwable failure;
    // Written before `left` is, and read only by who has taken a task: the loop cannot end before
    // that task.
    private @Nullable Thread caller;
    private @Nullable Task task;
    private int tasks;

    Loop(int workers) {
      this.workers = workers;
      left = new AtomicIntegerArray((workers + 1) * PADDING);
    }

    void begin(int tasks, Task task) {
      caller = Thread.currentThread();
      this.task = task;
      this.tasks = tasks;
      failure = null;
      done.set(0);
      for (int worker = 0; worker < workers; worker++) {
        left.set((worker + 1) * PADDING, first(worker + 1) - first(worker));
      }
    }

    /** The first task of a worker's range. */
    private int first(int worker) {
      return (int) ((long) tasks * worker / workers);
    }

    /** Takes and runs one task, if any is left. */
    boolean take(int worker) {
      for (int i = 0; i < workers; i++) {
        int owner = worker + i < workers ? worker + i : worker + i - workers;
        int counter = (owner + 1) * PADDING;
        for (int open = left.get(counter); open > 0; open = left.get(counter)) {
          if (left.compareAndSet(counter, open, open - 1)) {
            run(first(owner + 1) - open, worker);
            return true;
          }
        }
      }
      return false;
    }

    private void run(int index, int worker) {
      try {
        requireNonNull(task).run(index, worker);
      } catch (Throwable thrown) { // even an Error must reach the caller, and not leave it waiting
        failure = thrown;
      }
      Thread waiting = caller;
      int all = tasks;
      if (done.incrementAndGet() == all) {
        LockSupport.unpark(waiting);
      }
    }

    void finish() {
      complete();
      Throwable thrown = failure;
      if (thrown != null) {
        failure = null;
        throw thrown instanceof RuntimeException unchecked
            ? unchecked
            : new IllegalStateException(thrown);
      }
    }

    /** The caller's part: takes tasks until none is left, then waits for the others. */
    void complete() {
      while (take(0)) {}
      // A helper that was slow to wake finds nothing left and is not waited for: only tasks are.
      for (int spin = 0; done.get() < tasks; spin++) {
        pause(spin);
      }
    }
  }
}
