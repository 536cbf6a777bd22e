package dev.anneal.bench;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Schedule;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One reading of a schedule, at every update of a run of 100 epochs with 250 updates in turn. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ScheduleBenchmark {
  private static final int PER_EPOCH = 250;
  private static final int TOTAL = 100 * PER_EPOCH;

  /** The schedule. */
  @Param({
    "0.1",
    "exponential(initial=0.5, rate=0.1) per epoch",
    "exponential(initial=0.5, rate=0.0004) per iteration",
    "polynomial(initial=0.5) per iteration",
    "polynomial(initial=0.5, power=2) per iteration",
    "step(initial=0.5, factor=0.8, every=10ep) per epoch",
    "polynomial(initial=0.5, power=0.9) per iteration",
    "exponential-decay(initial=0.5, rate=0.96, over=1ep) per iteration",
    "cosine(initial=0.5) per iteration",
    "cosine-restarts(initial=0.5, period=5ep, period_multiplier=1.5, height_multiplier=0.9) per"
        + " iteration",
    "multi-step(initial=0.5, factor=0.1, at=[30%, 60%, 80%]) per iteration",
    "tanh(initial=0.5) per iteration",
    "time-based(initial=0.1, decay=0.002) per iteration",
    "time-based(initial=0.1, decay=0.001, form=recursive) per epoch",
    "warmup(sequence([clamp(scale(0.1, factor=0.5), low=0.01), repeat(polynomial(0.1) per"
        + " iteration, every=10ep)], boundaries=[50%]), over=5ep) per iteration",
    "sequence([warmup(repeat(shift(polynomial(0.1) per iteration, by=3%), every=10%), over=5ep) per"
        + " iteration, 0.1], boundaries=[90%])",
    "product([max([sequence([0.5, warmup(polynomial(0.1) per epoch, over=7%, curve=cosine) per"
        + " epoch], boundaries=[1ep]), 0.01]), 0.5])"
  })
  public String schedule;

  private Schedule parsed;
  private final Cursor cursor = new Cursor(PER_EPOCH, TOTAL, MetricHistory.NONE);
  private int iteration;

  /** A class that JMH must be able to create. */
  public ScheduleBenchmark() {}

  /** Parses the schedule. */
  @Setup
  public void parse() {
    parsed = Catalogue.load().schedule(schedule);
  }

  /**
   * One reading.
   *
   * @return the value
   */
  @Benchmark
  public double read() {
    iteration = iteration == TOTAL - 1 ? 0 : iteration + 1;
    return parsed.at(cursor.moveTo(iteration));
  }
}
