package dev.anneal.nn.plan;

import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import org.jspecify.annotations.Nullable;

/**
 * Brings samples to the inputs of plans, batch after batch. While a plan computes with one, threads
 * that have nothing to do gather the next.
 */
public final class DataLoader {
  /** Samples of a task: a few microseconds' work. */
  private static final int ROWS = 8;

  private final Inputs inputs;
  private final int batch;
  private final Workers workers;
  private final Samples samples;
  private final int[] order;
  private final Workers.Task gather = this::gather;
  private Input input;
  private int from;
  private int to;
  private volatile @Nullable RuntimeException failure;

  /**
   * Starts with the first batch.
   *
   * @param order which samples, in this order
   */
  public DataLoader(Inputs inputs, int batch, Workers workers, Samples samples, int[] order) {
    this(inputs, batch, workers, samples, order, 0);
  }

  /**
   * Starts with a batch.
   *
   * @param order which samples, in this order
   * @param first the place in the order of the batch's first
   */
  public DataLoader(
      Inputs inputs, int batch, Workers workers, Samples samples, int[] order, int first) {
    this.inputs = inputs;
    this.batch = batch;
    this.workers = workers;
    this.samples = samples;
    this.order = order;
    this.to = first;
    this.input = inputs.next();
    offer();
  }

  private void offer() {
    input = inputs.next();
    from = to;
    to = Math.min(order.length, from + batch);
    workers.offer(Math.ceilDiv(to - from, ROWS), gather);
  }

  private void gather(int index, int worker) {
    int first = from + index * ROWS;
    int last = Math.min(to, first + ROWS);
    try {
      for (int i = first; i < last; i++) {
        input.set(i - from, samples, order[i]);
      }
    } catch (RuntimeException thrown) { // kept until the batch is wanted: others may come between
      failure = thrown;
    }
  }

  /**
   * Makes the next batch the current one.
   *
   * @return how many samples it has; 0 if there are no more
   */
  public int advance() {
    int count = to - from;
    workers.finishOffered();
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    inputs.advance();
    offer();
    return count;
  }
}
