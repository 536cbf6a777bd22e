package dev.anneal.nn.plan;

import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;

/**
 * Brings samples to the inputs of plans, batch after batch. While a plan computes with one, threads
 * that have nothing to do gather the next.
 */
public final class DataLoader {
  /** Samples of a task: a few microseconds' work. */
  private static final int ROWS = 8;

  private final Inputs inputs;
  private final int batch;
  private final Samples samples;
  private final int[] order;
  private final Workers.Offer gathering;
  private Input input;
  private int from;
  private int to;

  /**
   * Starts with the first batch. A loader before it on the same inputs must not go on.
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
    this.samples = samples;
    this.order = order;
    this.to = first;
    gathering = workers.offer(this::gather);
    input = inputs.next(gathering);
    begin();
  }

  private void begin() {
    from = to;
    to = Math.min(order.length, from + batch);
    gathering.begin(Math.ceilDiv(to - from, ROWS));
  }

  private void gather(int index, int worker) {
    int first = from + index * ROWS;
    int last = Math.min(to, first + ROWS);
    for (int i = first; i < last; i++) {
      input.set(i - from, samples, order[i]);
    }
  }

  /**
   * Makes the next batch the current one.
   *
   * @return how many samples it has; 0 if there are no more
   * @throws RuntimeException what a sample of the batch threw
   * @throws IllegalStateException if the inputs have been given to another
   */
  public int advance() {
    int count = to - from;
    gathering.finish();
    inputs.advance();
    input = inputs.next(gathering);
    begin();
    return count;
  }
}
