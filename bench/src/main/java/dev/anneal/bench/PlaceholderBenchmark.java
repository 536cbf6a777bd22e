package dev.anneal.bench;

import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Shows that benchmarks compile, pack and run, until the first real one arrives. */
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@State(Scope.Thread)
public class PlaceholderBenchmark {
  /** A class JMH must be able to extend and create. */
  public PlaceholderBenchmark() {}

  /**
   * Fills a vector.
   *
   * @return the vector
   */
  @Benchmark
  public FloatVector broadcast() {
    return FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 1);
  }
}
