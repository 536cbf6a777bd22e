package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Node;

/** Random numbers: element i at iteration t is a function of (t, i) alone. */
final class NormalInstruction implements Instruction {
  private final RandomStream random;
  private final int columns;
  private final Node node;
  private final Buffer to;
  private final Workers workers;
  private final Workers.Task task = this::row;
  private long iteration;

  NormalInstruction(Node node, int stream, Plan.Setting setting) {
    random = setting.random().child(stream);
    columns = node.shape().columns();
    this.node = node;
    to = setting.buffer(node);
    workers = setting.workers();
  }

  @Override
  public void run(int batch, Progress progress) {
    iteration = progress.iteration();
    workers.run(node.shape().rows(batch), task);
  }

  private void row(int row, int worker) {
    int first = to.row(row);
    for (int column = 0; column < columns; column++) {
      to.array()[first + column] = (float) random.normal(iteration, (long) row * columns + column);
    }
  }
}
