package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.matrix.Epilogue;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;
import java.util.Optional;

/** A matrix product, whose result is stored or taken by an epilogue. */
final class ProductInstruction implements Instruction {
  private final MatrixProduct product;
  private final Node node;
  private final Node left;
  private final boolean transposeLeft;
  private final Buffer a;
  private final Buffer b;
  private final Matrix c;
  private final Optional<Epilogue> epilogue;

  /**
   * Prepares a product.
   *
   * @param c where the result belongs
   * @param epilogue takes the result instead
   */
  ProductInstruction(Node node, Matrix c, Optional<Epilogue> epilogue, Plan.Setting setting) {
    Op.Product op = (Op.Product) node.op();
    this.product =
        new MatrixProduct(
            op.transposeLeft(), op.transposeRight(), setting.width(), setting.workers());
    this.node = node;
    this.left = node.operands().get(0);
    this.transposeLeft = op.transposeLeft();
    this.a = setting.buffer(left);
    this.b = setting.buffer(node.operands().get(1));
    this.c = c;
    this.epilogue = epilogue;
  }

  @Override
  public void run(int batch, Progress progress) {
    int rows = node.shape().rows(batch);
    int depth = transposeLeft ? left.shape().rows(batch) : left.shape().columns();
    if (epilogue.isPresent()) {
      product.run(a.matrix(), b.matrix(), c, rows, depth, epilogue.get());
    } else {
      product.run(a.matrix(), b.matrix(), c, rows, depth);
    }
  }
}
