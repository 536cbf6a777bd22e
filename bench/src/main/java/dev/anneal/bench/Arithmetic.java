package dev.anneal.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What JMH reports next to the throughput of arithmetic, given that it divides by nanoseconds: the
 * rate in GFLOP/s, and the part of the ceiling measured in the same process just before.
 */
@AuxCounters
@State(Scope.Thread)
public class Arithmetic {
  /** Operations done: per nanosecond, billions in a second. */
  public double gflops;

  /** Nanoseconds that they take at the ceiling: per nanosecond, a part of it. */
  public double ofCeiling;

  /** A class that JMH must be able to create. */
  public Arithmetic() {}

  void add(double flops, Team team) {
    gflops += flops;
    ofCeiling += flops / team.ceiling;
  }
}
