package dev.anneal.bench;

import dev.anneal.core.parallel.Workers;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The threads that a benchmark computes on, and what they can do at most, measured beside it. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class Team {
  /** How many threads. */
  @Param({"1", "2"})
  public int threads;

  Workers workers;
  double ceiling;
  private FmaCeiling fma;

  /** A class that JMH must be able to create. */
  public Team() {}

  /** Starts the threads and warms the ceiling up. */
  @Setup(Level.Trial)
  public void start() {
    workers = new Workers(threads);
    fma = new FmaCeiling(workers);
  }

  /** Measures the ceiling of this moment. */
  @Setup(Level.Iteration)
  public void measure() {
    ceiling = fma.gigaflops();
  }

  /** Reaches for the ceiling once, and tells how many operations that took. */
  double fma() {
    return fma.run();
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    workers.close();
  }
}
