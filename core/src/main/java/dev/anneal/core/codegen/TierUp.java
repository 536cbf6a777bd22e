package dev.anneal.core.codegen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Vector code beside its scalar reference: which of the two to run now. Until the JIT has compiled
 * it for good, code that uses the Vector API makes an object of every vector and is many times
 * slower than plain Java. So work begins with the scalar code, while a thread of our own runs the
 * vector code on memory of its own; once that is compiled it takes over. Both compute the same
 * bits.
 *
 * @param <T> the kind of code
 */
public final class TierUp<T> {
  /**
   * Set to {@code false}, vector code runs from the start: tests want to see that and no scalar
   * code.
   */
  private static final String PROPERTY = "anneal.warm-up";

  /** So many calls the interpreter runs; they should be short. */
  private static final int SHORT_CALLS = 250;

  /**
   * The first compiler counts calls and rounds of loops, and asks for the second one after 600
   * calls and 15,000 of both. These should be like real work, for it optimizes for what it has
   * seen.
   */
  private static final int CALLS = 900;

  /** Calls of which the fastest tells how slow the code is as long as vectors are objects. */
  private static final int REFERENCE_CALLS = 600;

  /**
   * The second compiler's code is 50 times faster than the first one's and more, that one 16 times
   * faster than the interpreter (2026-11-21).
   */
  private static final int FASTER = 20;

  /** A JVM that has not compiled it by then will not: it stays with the scalar code. */
  private static final long GIVE_UP_NANOS = 30_000_000_000L;

  /** One call of some code. */
  @FunctionalInterface
  interface Exercise<T> {
    /**
     * Calls it.
     *
     * @param code what to call
     * @param brief whether to do next to nothing, or about 50 rounds of its loop
     */
    void call(T code, boolean brief);
  }

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
        if (next.isPresent()) {
          TierUp<?> cold = next.get();
          while (cold.calls < CALLS && !cold.hot()) {
            compiling.removeIf(TierUp::done);
          }
          compiling.add(cold);
        } else {
          LockSupport.parkNanos(POLL_NANOS);
        }
        compiling.removeIf(TierUp::done);
        next = take(!compiling.isEmpty());
      }
    }
  }

  private final Supplier<T> maker;
  private final Exercise<T> exercise;
  private final long begun = System.nanoTime();
  private volatile T now;
  private long reference = Long.MAX_VALUE;
  private int calls;
  private boolean hot;
  private @Nullable T vector;

  private TierUp(T now, Supplier<T> maker, Exercise<T> exercise) {
    this.now = now;
    this.maker = maker;
    this.exercise = exercise;
  }

  /** Code that needs no warming. */
  static <T> TierUp<T> always(T code) {
    return new TierUp<>(code, () -> code, (_, _) -> {});
  }

  /**
   * Begins with the scalar code.
   *
   * @param vector makes the vector code, on the warming thread too
   * @param exercise calls the vector code on memory of its own
   */
  static <T> TierUp<T> up(T scalar, Supplier<T> vector, Exercise<T> exercise) {
    if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
      return always(vector.get());
    }
    TierUp<T> tierUp = new TierUp<>(scalar, vector, exercise);
    Background.SHARED.add(tierUp);
    return tierUp;
  }

  /**
   * What to run.
   *
   * @return the vector code if it is compiled, else the scalar code
   */
  public T now() {
    return now;
  }

  /** Whether there is nothing left to do: it is compiled, or never will be. */
  private boolean done() {
    return hot() || System.nanoTime() - begun > GIVE_UP_NANOS;
  }

  /** Calls the vector code once; if that shows it to be compiled, it takes over. */
  private boolean hot() {
    T code = vector;
    if (code == null) {
      code = maker.get();
      vector = code;
    }
    long start = System.nanoTime();
    exercise.call(code, calls < SHORT_CALLS);
    long time = System.nanoTime() - start;
    calls++;
    if (calls > SHORT_CALLS && calls <= REFERENCE_CALLS) {
      reference = Math.min(reference, time);
    }
    hot |= calls > REFERENCE_CALLS && time * FASTER < reference;
    if (hot) {
      now = code;
    }
    return hot;
  }
}
