package dev.anneal.nn.plan;

import dev.anneal.core.kernel.MatrixProduct;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;

/** A matrix product. */
record ProductStep(
    MatrixProduct product, Node node, Node left, boolean transposed, Buffer a, Buffer b, Buffer c)
    implements Step {

  static ProductStep of(Node node, Op.Product op, Plan.Layout layout) {
    MatrixProduct product =
        new MatrixProduct(
            op.transposeLeft(), op.transposeRight(), layout.width(), layout.workers());
    Node left = node.operands().get(0);
    Node right = node.operands().get(1);
    ProductStep step =
        new ProductStep(
            product,
            node,
            left,
            op.transposeLeft(),
            layout.buffer(left),
            layout.buffer(right),
            layout.buffer(node));
    product.reserve(
        node.shape().rows(layout.batch()), node.shape().columns(), step.depth(layout.batch()));
    return step;
  }

  private int depth(int batch) {
    return transposed ? left.shape().rows(batch) : left.shape().columns();
  }

  @Override
  public void run(int batch, long iteration) {
    product.run(
        node.shape().rows(batch),
        node.shape().columns(),
        depth(batch),
        a.array(),
        a.offset(),
        b.array(),
        b.offset(),
        c.array(),
        c.offset());
  }
}
