package dev.anneal.bench.peers.openblas;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;
import dev.anneal.bench.peers.Program;
import org.bytedeco.javacpp.FloatPointer;

/** A product of OpenBLAS. */
final class OpenBlas implements Multiplication {
  private final Product product;
  private final FloatPointer first;
  private final FloatPointer second;
  private final FloatPointer result;

  OpenBlas(Product product, float[] first, float[] second, int threads) {
    blas_set_num_threads(threads);
    this.product = product;
    this.first = new FloatPointer(first);
    this.second = new FloatPointer(second);
    this.result = new FloatPointer((long) product.rows() * product.columns());
  }

  /**
   * Measures.
   *
   * @param args see {@link Program}
   */
  public static void main(String[] args) {
    Program.of("openblas").multiplies(OpenBlas::new).run(args);
  }

  @Override
  public void run() {
    cblas_sgemm(
        CblasRowMajor,
        product.firstTransposed() ? CblasTrans : CblasNoTrans,
        product.secondTransposed() ? CblasTrans : CblasNoTrans,
        product.rows(),
        product.columns(),
        product.depth(),
        1,
        first,
        product.firstColumns(),
        second,
        product.secondColumns(),
        0,
        result,
        product.columns());
  }

  @Override
  public float[] result() {
    float[] copy = new float[product.rows() * product.columns()];
    result.get(copy);
    return copy;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    result.close();
  }
}
