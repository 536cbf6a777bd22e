package dev.anneal.nn.plan;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Progress;
import dev.anneal.nn.graph.Node;
import java.util.Arrays;

/** Labels as rows of zeros and a one. */
record OneHotInstruction(Node node, Buffer labels, Buffer to) implements Instruction {
  @Override
  public void run(int batch, Progress progress) {
    int classes = node.shape().columns();
    int rows = node.shape().rows(batch);
    for (int row = 0; row < rows; row++) {
      float label = labels.array()[labels.row(row)];
      if (!(label >= 0 && label < classes)) {
        throw new InputException(
            "label %s is out of range: the model has %d classes, 0 to %d"
                .formatted(label, classes, classes - 1));
      }
      int from = to.row(row);
      Arrays.fill(to.array(), from, from + classes, 0);
      to.array()[from + (int) label] = 1;
    }
  }
}
