package dev.anneal.bench.peers.ejml;

import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;
import dev.anneal.bench.peers.Program;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** A product of EJML, on one thread. */
final class Ejml implements Multiplication {
  /** More rows take seconds each. */
  private static final int MOST_ROWS = 1024;

  private final Product.Form form;
  private final FMatrixRMaj first;
  private final FMatrixRMaj second;
  private final FMatrixRMaj result;

  Ejml(Product product, float[] first, float[] second, int threads) {
    this.form = product.form();
    this.first = FMatrixRMaj.wrap(product.firstRows(), product.firstColumns(), first);
    this.second = FMatrixRMaj.wrap(product.secondRows(), product.secondColumns(), second);
    this.result = new FMatrixRMaj(product.rows(), product.columns());
  }

  /**
   * Measures.
   *
   * @param args see {@link Program}
   */
  public static void main(String[] args) {
    Program.of("ejml")
        .multiplies(Ejml::new, product -> product.rows() <= MOST_ROWS)
        .onOneThread()
        .run(args);
  }

  @Override
  public void run() {
    switch (form) {
      case NN -> CommonOps_FDRM.mult(first, second, result);
      case NT -> CommonOps_FDRM.multTransB(first, second, result);
      case TN -> CommonOps_FDRM.multTransA(first, second, result);
    }
  }

  @Override
  public float[] result() {
    return result.data;
  }
}
