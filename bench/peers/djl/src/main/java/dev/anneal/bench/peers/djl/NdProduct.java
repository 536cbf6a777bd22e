package dev.anneal.bench.peers.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;

/** A product of two arrays; each time makes a new one. */
final class NdProduct implements Multiplication {
  private final NDManager manager = Djl.manager();
  private final NDArray first;
  private final NDArray second;

  NdProduct(Product product, float[] first, float[] second, int threads) {
    NDArray left = manager.create(first, new Shape(product.firstRows(), product.firstColumns()));
    NDArray right =
        manager.create(second, new Shape(product.secondRows(), product.secondColumns()));
    this.first = product.firstTransposed() ? left.transpose() : left;
    this.second = product.secondTransposed() ? right.transpose() : right;
  }

  @Override
  public void run() {
    first.matMul(second).close();
  }

  @Override
  public float[] result() {
    return first.matMul(second).toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
