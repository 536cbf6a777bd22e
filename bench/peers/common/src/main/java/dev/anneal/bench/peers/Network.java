package dev.anneal.bench.peers;


/** A model in the hands of a peer, with its optimizer: ready to be trained. */
public interface Network extends AutoCloseable {
  /**
   * Takes samples over in the peer's own form.
   *
   * @param samples any number
   */
  Batch batch(Samples samples);

  @Override
  default void close() {}

  /** Some samples. */
  interface Batch extends AutoCloseable {
    /** One step: forward, backward, update. Nobody asks for the loss. */
    void train();

    /** The probabilities that the model gives these samples, row-major. */
    float[] predict();

    @Override
    default void close() {}
  }

  /** How a peer starts. */
  @FunctionalInterface
  interface Factory {
    /**
     * Makes a new model.
     *
     * @param task what to train
     * @param threads how many may compute
     */
    Network create(Task task, int threads);
  }
}
