package dev.anneal.nn.plan;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Op;

/** A random mask: element i at iteration t is a function of (t, i) and the rate there alone. */
final class DropoutInstruction implements Instruction {
  private final RandomStream random;
  private final Schedule schedule;
  private final int columns;
  private final Node node;
  private final Buffer to;
  private final Workers workers;
  private final Workers.Task task = this::row;
  private long iteration;
  private double rate;

  DropoutInstruction(Node node, Op.Dropout op, Plan.Setting setting) {
    this.random = setting.random().child(op.stream());
    this.schedule = op.rate();
    this.columns = node.shape().columns();
    this.node = node;
    this.to = setting.buffer(node);
    this.workers = setting.workers();
  }

  @Override
  public void run(int batch, Progress progress) {
    iteration = progress.iteration();
    rate = rate(progress);
    workers.run(node.shape().rows(batch), task);
  }

  private double rate(Progress progress) {
    double value = schedule.at(progress);
    if (!(value >= 0 && value < 1)) {
      throw new InputException(
          "the rate of dropout is %s at iteration %d (epoch %d): its schedule %s must stay in [0, 1)"
              .formatted(value, progress.iteration(), progress.epoch() + 1, schedule));
    }
    return value;
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
