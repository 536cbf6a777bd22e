package dev.anneal.bench.peers.dl4j;

import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A product of ND4J. */
final class NdProduct implements Multiplication {
  private final INDArray first;
  private final INDArray second;
  private final INDArray result;

  NdProduct(Product product, float[] first, float[] second, int threads) {
    Dl4j.threads(threads);
    INDArray left = array(product.firstRows(), product.firstColumns(), first);
    INDArray right = array(product.secondRows(), product.secondColumns(), second);
    this.first = product.firstTransposed() ? left.transpose() : left;
    this.second = product.secondTransposed() ? right.transpose() : right;
    this.result =
        array(product.rows(), product.columns(), new float[product.rows() * product.columns()]);
  }

  private static INDArray array(int rows, int columns, float[] numbers) {
    return Nd4j.create(numbers, new long[] {rows, columns}, 'c');
  }

  @Override
  public void run() {
    first.mmuli(second, result);
  }

  @Override
  public float[] result() {
    return result.data().asFloat();
  }
}
