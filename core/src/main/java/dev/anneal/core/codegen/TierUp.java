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

  /**
   * Counted from those calls on. A JVM that has not compiled it by then will not: it stays with the
   * scalar code. Half a minute was too short for a search on two processors that other work was
   * using too, twice in some fifty (2026-11-28): runs and the compiler share what is left.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
          while (cold.calls < CALLS && !cold.done()) {
            compiling.removeIf(TierUp::done);
          }
          compiling.add(cold);
        } else {
          LockSupport.parkNanos(POLL_NANOS);
        }
        compiling.removeIf(TierUp::done);
        next = take(!compiling.isEmpty());
      }
      // Here, where nobody waits for it: a process's first use of a logger takes 25 ms.
      System.getLogger(Fallback.LOGGER).log(Level.DEBUG, Vectorization.now());
    }
  }

  private final Supplier<T> maker;
  private final Exercise<T> exercise;
  private final Duration patience;
  private volatile T now;
  private long asked;
  private long reference = Long.MAX_VALUE;
  private int calls;
  private boolean done;
  private @Nullable T vector;

  private TierUp(T now, Supplier<T> maker, Exercise<T> exercise, Duration patience) {
    this.now = now;
    this.maker = maker;
    this.exercise = exercise;
    this.patience = patience;
  }

  /** Code that needs no warming. */
  static <T> TierUp<T> always(T code) {
    return new TierUp<>(code, () -> code, (_, _) -> {}, PATIENCE);
  }

  /**
   * Begins with the scalar code.
   *
   * @param vector makes the vector code, on the warming thread too
   * @param exercise calls the vector code on memory of its own
   */
  static <T> TierUp<T> up(T scalar, Supplier<T> vector, Exercise<T> exercise) {
    return up(scalar, vector, exercise, PATIENCE);
  }

  /** The same with another patience. */
  static <T> TierUp<T> up(T scalar, Supplier<T> vector, Exercise<T> exercise, Duration patience) {
    Vectorization.begin();
    if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
      TierUp<T> hot = always(vector.get());
      Vectorization.takeOver();
      return hot;
    }
    TierUp<T> tierUp = new TierUp<>(scalar, vector, exercise, patience);
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

  /**
   * Calls the vector code once more, unless there is nothing left to do: it has taken over, or
   * never will.
   *
   * @return whether that is so
   */
  private boolean done() {
    if (!done) {
      try {
        T code = vector == null ? maker.get() : vector;
        vector = code;
        if (isCompiled(code)) {
          now = code;
          Vectorization.takeOver();
          done = true;
        } else if (calls == CALLS) {
          asked = System.nanoTime();
        } else if (calls > CALLS && System.nanoTime() - asked > patience.toNanos()) {
          Fallback.NOT_COMPILED.tell();
          stay();
        }
      } catch (RuntimeException | LinkageError broken) { // the other kernels wait for this thread
        Fallback.NOT_COMPILED.tell(broken);
        stay();
      }
    }
    return done;
  }

  private void stay() {
    Vectorization.giveUp();
    done = true;
  }

  /** Calls the vector code once, which may show it to be compiled. */
  private boolean isCompiled(T code) {
    long start = System.nanoTime();
    exercise.call(code, calls < SHORT_CALLS);
    long time = System.nanoTime() - start;
    calls++;
    if (calls > SHORT_CALLS && calls <= REFERENCE_CALLS) {
      reference = Math.min(reference, time);
    }
    return calls > REFERENCE_CALLS && time * FASTER < reference;
  }
}
