package dev.anneal.bench.peers.tensorflow;

import dev.anneal.bench.peers.Multiplication;
import dev.anneal.bench.peers.Product;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** A graph that only multiplies. */
final class GraphProduct implements Multiplication {
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> left;
  private final Placeholder<TFloat32> right;
  private final MatMul<TFloat32> product;
  private final TFloat32 first;
  private final TFloat32 second;

  GraphProduct(Product product, float[] first, float[] second, int threads) {
    Ops ops = Ops.create(graph);
    this.session = TensorFlow.session(graph, threads);
    this.left = ops.placeholder(TFloat32.class);
    this.right = ops.placeholder(TFloat32.class);
    this.product =
        ops.linalg.matMul(
            left,
            right,
            MatMul.transposeA(product.firstTransposed()),
            MatMul.transposeB(product.secondTransposed()));
    this.first = TensorFlow.tensor(product.firstRows(), first);
    this.second = TensorFlow.tensor(product.secondRows(), second);
  }

  @Override
  public void run() {
    fed().addTarget(product).run().close();
  }

  @Override
  public float[] result() {
    try (Result result = fed().fetch(product).run()) {
      return TensorFlow.numbers((TFloat32) result.get(0));
    }
  }

  private Session.Runner fed() {
    return session.runner().feed(left, first).feed(right, second);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    first.close();
    second.close();
  }
}
