package dev.anneal.bench.peers.mkl;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Dynamic;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;

import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;
import dev.anneal.bench.peers.Program;
import org.bytedeco.javacpp.FloatPointer;

/** A product of MKL. */
final class Mkl implements Multiplication {
  private final Product product;
  private final FloatPointer first;
  private final FloatPointer second;
  private final FloatPointer result;

  Mkl(Product product, float[] first, float[] second, int threads) {
    MKL_Set_Dynamic(0);
    MKL_Set_Num_Threads(threads);
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
    Program.of("mkl").multiplies(Mkl::new).run(args);
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
