package dev.anneal.bench.peers.netlib;

import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;
import dev.anneal.bench.peers.Program;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/** A product of netlib's BLAS in Java, which uses the Vector API where the JVM has it. */
final class VectorBlas implements Multiplication {
  private final BLAS blas = JavaBLAS.getInstance();
  private final Product product;
  private final float[] first;
  private final float[] second;
  private final float[] result;

  VectorBlas(Product product, float[] first, float[] second, int threads) {
    if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
      throw new UnsatisfiedLinkError("no VectorBLAS here, but " + blas.getClass());
    }
    this.product = product;
    this.first = first;
    this.second = second;
    this.result = new float[product.rows() * product.columns()];
  }

  /**
   * Measures.
   *
   * @param args see {@link Program}
   */
  public static void main(String[] args) {
    Program.of("netlib").multiplies(VectorBlas::new).onOneThread().run(args);
  }

  /** BLAS counts by columns: it gets the operands swapped, and makes the result transposed. */
  @Override
  public void run() {
    blas.sgemm(
        product.secondTransposed() ? "T" : "N",
        product.firstTransposed() ? "T" : "N",
        product.columns(),
        product.rows(),
        product.depth(),
        1,
        second,
        product.secondColumns(),
        first,
        product.firstColumns(),
        0,
        result,
        product.columns());
  }

  @Override
  public float[] result() {
    return result;
  }
}
