package dev.anneal.core.codegen;

import dev.anneal.core.kernel.Fallback;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Vector code beside its scalar reference: which of the two to run now. Until the JIT has compiled
 * it for good, code that uses the Vector API makes an object of every vector and is many times
 * slower than plain Java. So work begins with the scalar code. When that has done so much that
 * compiling can pay, a thread of our own runs the vector code on memory of its own, and once that
 * is compiled it takes over. Both compute the same bits.
 *
 * <p>Compiled for good is code that allocates nothing: a count, where a time would depend on what
 * else the machine does.
 *
 * @param <T> the kind of code
 */
public final class TierUp<T> {
  /**
   * Set to {@code false}, vector code runs from the start: tests want to see that and no scalar
   * code.
   */
  private static final String PROPERTY = "anneal.warm-up";

  /**
   * Operations on single floats after which vector code is made. A scalar tile takes 27 to 69 ms
   * for the first so many, and a vector tile 24 to 92 ms until it takes over (2026-11-28, Zen 5,
   * the first of a process 220 to 790). So a small training never pays for compiling, and a large
   * one is held up by a fraction of its first epoch.
   */
  private static final long WORTH = 1 << 25;

  /**
   * Calls of the vector code in one go. With the loops in them they bring both compilers to their
   * default thresholds: 200 calls in the interpreter, then 15,000 calls and rounds of loops.
   */
  private static final int CALLS = 2400;

  /** In one go where they were not enough, since a compiler was busy. */
  private static final int MORE_CALLS = 64;

  /**
   * Counted from those calls on. A JVM that has not compiled it by then will not: it stays with the
   * scalar code. Half a minute was too short for a search on two processors that other work was
   * using too, twice in some fifty (2026-11-28): runs and the compiler share what is left.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The thread that runs vector code until it is compiled; it ends when there is none left. */
  private static final class Background implements Runnable {
    static final Background SHARED = new Background();
    private static final long POLL_NANOS = 2_000_000;

    private final Deque<TierUp<?>> queue = new ArrayDeque<>();
    private boolean running;

    synchronized void add(TierUp<?> cold) {
      queue.add(cold);
      if (!running) {
        running = true;
        Thread.ofPlatform().daemon().name("anneal-warm-up").start(this);
      }
    }

    /** The next in the queue; where there is none, and none is being compiled, the thread ends. */
    private synchronized Optional<TierUp<?>> take(boolean compiling) {
      Optional<TierUp<?>> next = Optional.ofNullable(queue.poll());
      running = compiling || next.isPresent();
      return next;
    }

    @Override
    public void run() {
      List<TierUp<?>> compiling = new ArrayList<>();
      Optional<TierUp<?>> next = take(false);
      while (next.isPresent() || !compiling.isEmpty()) {
        if (next.isEmpty()) {
          LockSupport.parkNanos(POLL_NANOS);
        } else if (!next.get().done(CALLS)) {
          compiling.add(next.get());
        }
        compiling.removeIf(cold -> cold.done(MORE_CALLS));
        next = take(!compiling.isEmpty());
      }
      // Here, where nobody waits for it: a process's first use of a logger takes 25 ms.
      System.getLogger(Fallback.LOGGER).log(Level.DEBUG, Vectorization.now());
    }
  }

  private final Supplier<T> maker;
  private final Consumer<T> exercise;
  private final Duration patience;
  private volatile T now;

  /** Operations until vector code is worth its making; threads may lose one another's. */
  private long left;

  private boolean asked;
  private long since;
  private @Nullable T vector;

  private TierUp(T now, long left, Supplier<T> maker, Consumer<T> exercise, Duration patience) {
    this.now = now;
    this.left = left;
    this.maker = maker;
    this.exercise = exercise;
    this.patience = patience;
  }

  /** Code that needs no warming. */
  static <T> TierUp<T> always(T code) {
    return new TierUp<>(code, 0, () -> code, _ -> {}, PATIENCE);
  }

  /**
   * Begins with the scalar code.
   *
   * @param vector makes the vector code, on the warming thread too
   * @param exercise calls the vector code on memory of its own, with some rounds of all its loops
   */
  static <T> TierUp<T> up(T scalar, Supplier<T> vector, Consumer<T> exercise) {
    return up(scalar, vector, exercise, PATIENCE);
  }

  /** The same with another patience. */
  static <T> TierUp<T> up(T scalar, Supplier<T> vector, Consumer<T> exercise, Duration patience) {
    Vectorization.make();
    if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
      Vectorization.begin();
      TierUp<T> hot = always(vector.get());
      Vectorization.takeOver();
      return hot;
    }
    return new TierUp<>(scalar, WORTH, vector, exercise, patience);
  }

  /**
   * What to run for some work.
   *
   * @param operations how many operations on single floats; 0 does not count
   * @return the vector code if it is compiled, else the scalar code
   */
  public T now(long operations) {
    if (left > 0) {
      left -= operations;
      if (left <= 0) {
        ask();
      }
    }
    return now;
  }

  /** Has the vector code made at once: whoever calls knows of much work to come. */
  public void hurry() {
    if (left > 0) {
      left = 0;
      ask();
    }
  }

  private synchronized void ask() {
    if (!asked) {
      asked = true;
      Vectorization.begin();
      Background.SHARED.add(this);
    }
  }

  /**
   * Calls the vector code some times, unless it has taken over before that.
   *
   * @return whether there is nothing left to do: it has taken over, or never will
   */
  private boolean done(int calls) {
    try {
      T code = vector == null ? maker.get() : vector;
      vector = code;
      for (int i = 0; i < calls; i++) {
        long before = Allocated.bytes();
        exercise.accept(code);
        if (Allocated.bytes() == before) {
          now = code;
          Vectorization.takeOver();
          return true;
        }
      }
      if (since == 0) {
        since = System.nanoTime();
      }
      if (System.nanoTime() - since <= patience.toNanos()) {
        return false;
      }
      Fallback.NOT_COMPILED.tell();
    } catch (RuntimeException | LinkageError broken) { // the other kernels wait for this thread
      Fallback.NOT_COMPILED.tell(broken);
    }
    Vectorization.giveUp();
    return true;
  }
}
