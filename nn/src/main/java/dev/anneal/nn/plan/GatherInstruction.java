package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Node;

/** Rows of a table, side by side as they were chosen. */
final class GatherInstruction implements Instruction {
  /** Elements of a task. */
  private static final int BLOCK = 8192;

  private final Node node;
  private final int columns;
  private final Buffer table;
  private final RowIndices chosen;
  private final Buffer to;
  private final Workers workers;
  private final int rowsPerTask;
  private final Workers.Task task = this::rows;
  private int batch;

  GatherInstruction(Node node, Plan.Setting setting) {
    Node of = node.operands().getFirst();
    Node indices = node.operands().getLast();
    this.node = node;
    columns = of.shape().columns();
    table = setting.buffer(of);
    chosen = new RowIndices(indices, setting.buffer(indices), of.shape().rows());
    to = setting.buffer(node);
    workers = setting.workers();
    rowsPerTask = Math.max(1, BLOCK / node.shape().columns());
  }

  @Override
  public void run(int samples, Progress progress) {
    batch = samples;
    chosen.check(samples);
    workers.run(Math.ceilDiv(node.shape().rows(samples), rowsPerTask), task);
  }

  private void rows(int index, int worker) {
    int first = index * rowsPerTask;
    int last = Math.min(node.shape().rows(batch), first + rowsPerTask);
    for (int row = first; row < last; row++) {
      for (int choice = 0; choice < chosen.choices(); choice++) {
        System.arraycopy(
            table.array(),
            table.row(chosen.get(row, choice)),
            to.array(),
            to.row(row) + choice * columns,
            columns);
      }
    }
  }
}
