package dev.anneal.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The ceiling by itself: what a mean over seconds reaches of the best run. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
public class FmaCeilingBenchmark {
  /** A class that JMH must be able to create. */
  public FmaCeilingBenchmark() {}

  /**
   * Runs the chains once on every thread.
   *
   * @param team the threads
   * @param done counts
   */
  @Benchmark
  public void fma(Team team, Arithmetic done) {
    done.add(team.fma(), team);
  }
}
