package dev.anneal.bench.peers;


/** One product in the hands of a peer: ready to be computed again and again. */
public interface Multiplication extends AutoCloseable {
  /** Computes it. */
  void run();

  /** What {@link #run} left, row-major. */
  float[] result();

  @Override
  default void close() {}

  /** How a peer starts. */
  @FunctionalInterface
  interface Factory {
    /**
     * Readies a product.
     *
     * @param product the shape
     * @param first the first operand as stored, row-major
     * @param second the second operand as stored, row-major
     * @param threads how many may compute it
     */
    Multiplication prepare(Product product, float[] first, float[] second, int threads);
  }
}
