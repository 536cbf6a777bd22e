package dev.anneal.bench.peers.dl4j;

import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A product of ND4J. */
final class NdProduct implements Multiplication {
  private final Product product;
  private final INDArray first;
  private final INDArray second;
  private final INDArray result;

  NdProduct(Product product, float[] first, float[] second, int threads) {
    Dl4j.threads(threads);
    this.product = product;
    this.first = array(product.firstRows(), product.firstColumns(), first);
    this.second = array(product.secondRows(), product.secondColumns(), second);
    this.result =
        array(product.rows(), product.columns(), new float[product.rows() * product.columns()]);
  }

  private static INDArray array(int rows, int columns, float[] numbers) {
    return Nd4j.create(numbers, new long[] {rows, columns}, 'c');
  }

  @Override
  public void run() {
    Nd4j.matmul(
        first, second, result, product.firstTransposed(), product.secondTransposed(), false);
  }

  @Override
  public float[] result() {
    return result.data().asFloat();
  }
}
