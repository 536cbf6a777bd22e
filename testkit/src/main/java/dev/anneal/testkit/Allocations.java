package dev.anneal.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the bytes that threads allocate, as the JVM does: exactly. */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long[] threads;

  /** Counts for the calling thread and the workers' threads that live now. */
  public Allocations() {
    threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(
                t -> t.equals(Thread.currentThread()) || t.getName().startsWith("anneal-worker-"))
            .mapToLong(Thread::threadId)
            .toArray();
  }

  /**
   * All bytes so far. Asking allocates nothing.
   *
   * @return a count that only grows
   */
  public long bytes() {
    long sum = 0;
    for (long thread : threads) {
      sum += THREADS.getThreadAllocatedBytes(thread);
    }
    return sum;
  }

  /**
   * Repeats a round of work until one allocates nothing: the first rounds load classes and make
   * what is kept, and what the JIT compiles later may still be made as objects.
   *
   * @param seconds how long to try, in the calling thread's own time: a machine that is busy with
   *     something else slows the JIT down as much
   * @param round the work
   * @return whether there was such a round within the time
   */
  public boolean vanish(int seconds, Runnable round) {
    long end = THREADS.getCurrentThreadCpuTime() + seconds * 1_000_000_000L;
    boolean clean;
    do {
      long before = bytes();
      round.run();
      clean = bytes() == before;
    } while (!clean && THREADS.getCurrentThreadCpuTime() < end);
    return clean;
  }
}
