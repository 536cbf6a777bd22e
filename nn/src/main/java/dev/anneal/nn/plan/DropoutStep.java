package dev.anneal.nn.plan;

import dev.anneal.core.random.RandomStream;
import dev.anneal.core.work.Workers;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;

/** A random mask: element i at iteration t is a function of (t, i) alone. */
final class DropoutStep implements Step {
  private final RandomStream random;
  private final double rate;
  private final int columns;
  private final Node node;
  private final Buffer to;
  private final Workers workers;
  private final Workers.Task task = this::row;
  private long iteration;

  DropoutStep(Node node, Op.Dropout op, Plan.Setting setting) {
    this.random = setting.random().child(op.stream());
    this.rate = op.rate();
    this.columns = node.shape().columns();
    this.node = node;
    this.to = setting.buffer(node);
    this.workers = setting.workers();
  }

  @Override
  public void run(int batch, long iteration) {
    this.iteration = iteration;
    workers.run(node.shape().rows(batch), task);
  }

  private void row(int row, int worker) {
    float kept = (float) (1 / (1 - rate));
    int first = to.row(row);
    for (int column = 0; column < columns; column++) {
      boolean dropped = random.uniform(iteration, (long) row * columns + column) < rate;
      to.array()[first + column] = dropped ? 0 : kept;
    }
  }
}
