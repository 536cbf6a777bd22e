package dev.anneal.nn.plan;

import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;

/** A random mask: element i at iteration t is a function of (t, i) alone. */
record DropoutStep(RandomStream random, double rate, Node node, Buffer to) implements Step {
  static DropoutStep of(Node node, Op.Dropout op, Plan.Layout layout) {
    return new DropoutStep(
        layout.random().child(op.stream()), op.rate(), node, layout.buffer(node));
  }

  @Override
  public void run(int batch, long iteration) {
    float kept = (float) (1 / (1 - rate));
    int size = node.shape().rows(batch) * node.shape().columns();
    for (int i = 0; i < size; i++) {
      to.array()[to.offset() + i] = random.uniform(iteration, i) < rate ? 0 : kept;
    }
  }
}
