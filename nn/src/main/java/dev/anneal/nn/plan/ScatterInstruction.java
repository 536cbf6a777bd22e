package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Node;
import java.util.Arrays;

/**
 * Parts of rows, added to the rows of a table that they are meant for. A task has some columns of
 * the table to itself and goes through all parts in ascending order, so that the order of additions
 * is the same for any number of threads.
 */
final class ScatterInstruction implements Instruction {
  /** Columns of a task: a cache line. */
  private static final int BLOCK = 16;

  private final int entries;
  private final int columns;
  private final Node indices;
  private final Buffer from;
  private final RowIndices chosen;
  private final Buffer to;
  private final Workers workers;
  private final Workers.Task task = this::columns;
  private int batch;

  ScatterInstruction(Node node, Plan.Setting setting) {
    indices = node.operands().getLast();
    entries = node.shape().rows();
    columns = node.shape().columns();
    from = setting.buffer(node.operands().getFirst());
    chosen = new RowIndices(indices, setting.buffer(indices), entries);
    to = setting.buffer(node);
    workers = setting.workers();
  }

  @Override
  public void run(int samples, Progress progress) {
    batch = samples;
    chosen.check(samples);
    workers.run(Math.ceilDiv(columns, BLOCK), task);
  }

  private void columns(int index, int worker) {
    int first = index * BLOCK;
    int count = Math.min(BLOCK, columns - first);
    float[] sums = to.array();
    for (int entry = 0; entry < entries; entry++) {
      Arrays.fill(sums, to.row(entry) + first, to.row(entry) + first + count, 0);
    }
    int rows = indices.shape().rows(batch);
    for (int row = 0; row < rows; row++) {
      for (int choice = 0; choice < chosen.choices(); choice++) {
        int source = from.row(row) + choice * columns + first;
        int target = to.row(chosen.get(row, choice)) + first;
        for (int i = 0; i < count; i++) {
          sums[target + i] += from.array()[source + i];
        }
      }
    }
  }
}
