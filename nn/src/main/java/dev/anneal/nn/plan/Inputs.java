package dev.anneal.nn.plan;

import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Op;
import dev.anneal.nn.graph.Program;
import org.jspecify.annotations.Nullable;

/**
 * Two inputs: while one is computed with, the other can be filled. Plans of the same model may
 * share them, and take turns from batch to batch.
 */
public final class Inputs {
  private final int batch;
  private final Buffer features;
  private final Buffer labels;
  private Input current;
  private Input next;

  /** Who fills the next input, or did until he was given up. */
  private Workers.@Nullable Offer filling;

  private Inputs(int batch, int features, int labels) {
    this.batch = batch;
    current = Input.of(batch, features, labels);
    next = Input.of(batch, features, labels);
    this.features = new Buffer(current.features());
    this.labels = new Buffer(current.labels());
  }

  /**
   * Inputs for a program, and for others that read the same.
   *
   * @param program says how many labels a sample has
   * @param features numbers of a sample
   * @param batch the largest batch
   * @return two inputs
   */
  public static Inputs of(Program program, int features, int batch) {
    int labels =
        program.nodes().stream()
            .filter(node -> node.op() instanceof Op.Labels)
            .mapToInt(node -> node.shape().columns())
            .findAny()
            .orElse(1);
    return new Inputs(batch, features, labels);
  }

  /**
   * As many more, for a pass over samples while these are in use.
   *
   * @return two inputs of the same form
   */
  public Inputs another() {
    return new Inputs(batch, current.features().columns(), current.labels().columns());
  }

  /**
   * The largest batch.
   *
   * @return samples, at least 1
   */
  public int batch() {
    return batch;
  }

  /** The features of the batch that is computed with. */
  Buffer features() {
    return features;
  }

  /** Its labels. */
  Buffer labels() {
    return labels;
  }

  /**
   * Where to put the batch after the one that is computed with. A {@link DataLoader} that would
   * still write there is stopped.
   *
   * @return the other input
   */
  public Input next() {
    if (filling != null) {
      filling.cancel();
    }
    return next;
  }

  /** The same for a loop that will fill it. */
  Input next(Workers.Offer filling) {
    Input free = next();
    this.filling = filling;
    return free;
  }

  /** Makes the next batch the one to compute with. */
  public void advance() {
    Input before = current;
    current = next;
    next = before;
    features.set(current.features());
    labels.set(current.labels());
  }
}
