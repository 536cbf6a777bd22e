package dev.anneal.core.codegen;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the calling thread has allocated since it began, to the byte. */
final class Allocated {
  /** Where a JVM cannot tell, each question has another answer: nothing passes for compiled. */
  private static final boolean TOLD;

  private static final ThreadMXBean THREADS;

  static {
    THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    TOLD = THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled();
  }

  private Allocated() {}

  /**
   * Asks; this allocates nothing.
   *
   * @return a number of bytes
   */
  static long bytes() {
    return TOLD ? THREADS.getCurrentThreadAllocatedBytes() : System.nanoTime();
  }
}
