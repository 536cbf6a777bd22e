package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.parallel.Workers;
import dev.anneal.nn.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** Columns of some matrices, copied to columns of another. */
final class CopyInstruction implements Instruction {
  /** Elements of a task. */
  private static final int BLOCK = 8192;

  private final Node node;
  private final List<Part> parts;
  private final Buffer to;
  private final Workers workers;
  private final int rowsPerTask;
  private final Workers.Task task = this::rows;
  private int batch;

  /** {@code columns} columns of a matrix, from column {@code first} on, that go to another. */
  private record Part(Buffer from, int first, int columns, int target) {}

  private CopyInstruction(Node node, List<Part> parts, Plan.Setting setting) {
    this.node = node;
    this.parts = parts;
    to = setting.buffer(node);
    workers = setting.workers();
    rowsPerTask = Math.max(1, BLOCK / node.shape().columns());
  }

  static CopyInstruction slice(Node node, int from, Plan.Setting setting) {
    Buffer whole = setting.buffer(node.operands().getFirst());
    return new CopyInstruction(
        node, List.of(new Part(whole, from, node.shape().columns(), 0)), setting);
  }

  static CopyInstruction concatenate(Node node, Plan.Setting setting) {
    List<Part> parts = new ArrayList<>();
    int target = 0;
    for (Node operand : node.operands()) {
      int columns = operand.shape().columns();
      parts.add(new Part(setting.buffer(operand), 0, columns, target));
      target += columns;
    }
    return new CopyInstruction(node, List.copyOf(parts), setting);
  }

  @Override
  public void run(int samples, Progress progress) {
    batch = samples;
    workers.run(Math.ceilDiv(node.shape().rows(samples), rowsPerTask), task);
  }

  private void rows(int index, int worker) {
    int first = index * rowsPerTask;
    int last = Math.min(node.shape().rows(batch), first + rowsPerTask);
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      for (int row = first; row < last; row++) {
        System.arraycopy(
            part.from.array(),
            part.from.row(row) + part.first,
            to.array(),
            to.row(row) + part.target,
            part.columns);
      }
    }
  }
}
