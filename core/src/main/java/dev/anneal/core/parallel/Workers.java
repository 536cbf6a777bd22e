package dev.anneal.core.parallel;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads for short parallel loops. The calling thread works too. A loop allocates
 * nothing; between loops the others spin for some microseconds, then park.
 *
 * <p>Which thread runs which index is left to chance, so results must not depend on it: split work
 * by its shape, never by the number of threads.
 *
 * <p>Any number of threads may run loops on one team at once, and the tasks of a loop may run
 * others. The team helps with one of these loops at a time; a thread that finds it taken runs its
 * loop alone. So none waits for another's loop.
 *
 * <p>Besides, loops may be on offer ({@link Offer}): threads that would wait take tasks of them
 * instead.
 *
 * <p>Where others keep the processors busy, so that a team takes longer than one thread would,
 * loops are run by one thread for a while ({@link Pace}).
 *
 * <p>An interrupt of a thread that runs a loop changes nothing and is kept for later.
 */
public final class Workers implements AutoCloseable {
  /** The body of a parallel loop. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does one part of the work.
     *
     * @param index which part
     * @param worker which thread does it, from 0 to {@code threads() - 1}; no two parts of a loop
     *     have the same number at a time. For working memory of the loop, never for the result
     */
    void run(int index, int worker);
  }

  /**
   * A loop for threads that have nothing else to do, while the one that offers it goes on. It can
   * be offered again and again, by one thread at a time, and allocates nothing then.
   */
  public final class Offer {
    private final Task task;
    private final Loop own = new Loop(threads());

    private Offer(Task task) {
      this.task = task;
    }

    /**
     * Puts tasks 0 to {@code tasks - 1} on offer. Of several offers the threads see the last one.
     *
     * @param tasks how many; each should be short, for a {@link #run} may have to wait for it
     * @throws IllegalStateException if the tasks before are neither finished nor canceled, or if
     *     the team is closed
     */
    public void begin(int tasks) {
      check();
      if (!own.claim()) {
        throw new IllegalStateException("the tasks before must be finished or canceled first");
      }
      own.begin(tasks, task);
      offered = own;
      wake();
    }

    /**
     * Returns when all tasks are done, and helps with what is left of them. Not for the tasks
     * themselves, which would wait for their own end.
     *
     * @throws RuntimeException what a task threw, itself; if several did, of one of them
     * @throws Error likewise
     * @throws IllegalStateException if nothing is on offer
     */
    public void finish() {
      if (!own.takeOver()) {
        throw new IllegalStateException("nothing is on offer");
      }
      own.finish(null);
    }

    /**
     * Returns when no task is under way, and leaves out those that nobody has begun. What a task
     * threw is lost. Where nothing is on offer, nothing happens.
     */
    public void cancel() {
      if (own.takeOver()) {
        own.cancel();
      }
    }
  }

  /**
   * About 30 microseconds: longer than the serial gaps within a training step, shorter than what
   * would starve the JIT's threads.
   */
  private static final int SPINS = 1000;

  private final Thread[] helpers;

  /** The loop that the team helps with. */
  private final Loop loop;

  /** The last one on offer; at first an empty one. No more than a hint: its owner finishes it. */
  private volatile Loop offered;

  /** Told by the owner of the loop, asked by anyone. */
  private final Pace pace = new Pace();

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
   * @throws RuntimeException what a task threw, itself; if several did, of one of them. Then other
   *     tasks may not have been run
   * @throws Error likewise
   * @throws IllegalStateException if the team is closed
   */
  public void run(int tasks, Task task) {
    check();
    if (helpers.length == 0 || tasks <= 1 || pace.isAlone(System::nanoTime) || !loop.claim()) {
      for (int i = 0; i < tasks; i++) {
        task.run(i, 0);
      }
      return;
    }
    loop.begin(tasks, task);
    wake();
    loop.finish(pace);
  }

  /**
   * Makes a loop that can be put on offer.
   *
   * @param task the body
   * @return nothing is on offer yet
   */
  public Offer offer(Task task) {
    return new Offer(task);
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
      if (spin >= SPINS) {
        Thread.interrupted(); // what a task has left behind would keep the thread awake
      }
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

  /**
   * Ends the team's threads. Loops that are under way are finished by those who began them; others
   * are refused.
   */
  @Override
  public void close() {
    closed = true;
    wake();
  }

  /**
   * Tasks that several threads share. Each worker has a range of its own and begins there, so that
   * in loop after loop it finds in its cache what it had before; then it takes what others have
   * left.
   *
   * <p>Why nothing is lost, seen too early or too late:
   *
   * <ul>
   *   <li>A loop has one owner, from a compare-and-set of {@code owner} until it is set back. Only
   *       the owner begins the loop and waits for its end. So an owner has seen the end of all its
   *       tasks before the next one writes here: what it reads and writes <em>happens-before</em>
   *       (JLS 17.4.5) what the next one does.
   *   <li>{@code begin} writes what is plain, then {@code left}. A thread takes a task by a
   *       compare-and-set of {@code left}, so it sees what was written before; it reads no plain
   *       field until it has a task. Whether the number it read there was an earlier loop's does
   *       not matter: a compare-and-set that succeeds takes a task of the loop that is there now,
   *       and which one follows from what is read after that.
   *   <li>A task that is taken keeps the loop from ending until it is counted in {@code undone},
   *       and what is plain is read before that. So the next loop's {@code begin} cannot come
   *       between. What the task wrote, its error too, happens-before its count, and that before
   *       the owner's reading of 0.
   *   <li>The owner stands in {@code owner} before it reads {@code undone} for the last time and
   *       parks; the thread that counts the last task reads {@code owner} after that. So one of the
   *       two sees the other: no wake-up is lost. One that comes late reaches an owner that looks
   *       again, or nobody.
   *   <li>An owner waits for tasks that others have taken, never for a loop to be free. Loops that
   *       those tasks begin are younger than its own, so waiting goes in no circle.
   * </ul>
   */
  private static final class Loop {
    /** Distance of two counters: each in a cache line that no other worker writes. */
    private static final int PADDING = 32;

    private final int workers;

    /** The thread that began the loop and has not seen its end, or took it over from that one. */
    private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();

    /**
     * For each worker, tasks of its range that nobody has taken yet; the next is the first of them.
     */
    private final AtomicIntegerArray left;

    /** Tasks that are not done. */
    private final AtomicInteger undone = new AtomicInteger();

    private volatile @Nullable Throwable failure;
    private @Nullable Task task;
    private int tasks;

    Loop(int workers) {
      this.workers = workers;
      left = new AtomicIntegerArray((workers + 1) * PADDING);
    }

    /** Makes the calling thread the owner, if there is none. */
    boolean claim() {
      return owner.compareAndSet(null, Thread.currentThread());
    }

    /** Makes the calling thread the owner, if there is one. */
    boolean takeOver() {
      if (owner.get() == null) {
        return false;
      }
      owner.set(Thread.currentThread());
      return true;
    }

    /** The owner's beginning. */
    void begin(int tasks, Task task) {
      this.task = task;
      this.tasks = tasks;
      undone.setPlain(tasks);
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
      } catch (Throwable thrown) { // even an Error must reach the owner, and not leave it waiting
        failure = thrown;
      }
      if (undone.decrementAndGet() == 0) {
        LockSupport.unpark(owner.get());
      }
    }

    /**
     * The owner's part: takes tasks until none is left, then waits for the others.
     *
     * @param pace is told how long that took
     */
    void finish(@Nullable Pace pace) {
      long begun = System.nanoTime();
      int own = 0;
      while (take(0)) {
        own++;
      }
      long worked = System.nanoTime();
      await();
      if (pace != null) {
        long now = System.nanoTime();
        pace.after(worked - begun, now - worked, own, tasks, now);
      }
      Throwable thrown = failure;
      end();
      if (thrown != null) {
        Loop.<RuntimeException>raise(thrown);
      }
    }

    /** The owner's part where nothing more is wanted. */
    void cancel() {
      for (int worker = 0; worker < workers; worker++) {
        undone.addAndGet(-left.getAndSet((worker + 1) * PADDING, 0));
      }
      await();
      end();
    }

    /** A helper that was slow to wake finds nothing left and is not waited for: only tasks are. */
    private void await() {
      for (int spin = 0; undone.get() > 0; spin++) {
        pause(spin);
      }
    }

    private void end() {
      if (failure != null) {
        failure = null;
      }
      task = null; // a team may outlive by far what it has worked for
      owner.setRelease(null);
    }

    /** Throws what a task threw, also what the compiler would not let it throw. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }
}
