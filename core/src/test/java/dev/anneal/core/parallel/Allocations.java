package dev.anneal.core.parallel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;

/**
 * Counts the bytes that threads allocate, as the JVM does: exactly. The module under test does not
 * read {@code jdk.management}, so the method is looked up by its name.
 */
public final class Allocations {
  private static final MethodHandle ALLOCATED_BYTES = allocatedBytes();

  private final long[] threads;

  /** Counts for the calling thread and the workers' threads that live now. */
  public Allocations() {
    threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t == Thread.currentThread() || t.getName().startsWith("anneal-worker-"))
            .mapToLong(Thread::threadId)
            .toArray();
  }

  private static MethodHandle allocatedBytes() {
    try {
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      return MethodHandles.publicLookup()
          .findVirtual(
              Class.forName("com.sun.management.ThreadMXBean"),
              "getThreadAllocatedBytes",
              MethodType.methodType(long.class, long.class))
          .bindTo(bean);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JVM does not count allocated bytes", e);
    }
  }

  /** All bytes so far. Asking allocates nothing. */
  public long bytes() {
    long sum = 0;
    for (long thread : threads) {
      try {
        sum += (long) ALLOCATED_BYTES.invokeExact(thread);
      } catch (Throwable e) {
        throw new LinkageError("no count of allocated bytes", e);
      }
    }
    return sum;
  }

  /** How many workers' threads are counted. */
  public int workers() {
    return threads.length - 1;
  }

  /**
   * Repeats a round of work until one allocates nothing: vectors are objects until the JIT has
   * compiled the loop that they live in.
   *
   * @return whether there was such a round within the time
   */
  public boolean vanish(int seconds, Runnable round) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    BooleanSupplier allocates =
        () -> {
          long before = bytes();
          round.run();
          return bytes() != before;
        };
    boolean some = allocates.getAsBoolean();
    while (some && System.nanoTime() < end) {
      some = allocates.getAsBoolean();
    }
    return !some;
  }
}
