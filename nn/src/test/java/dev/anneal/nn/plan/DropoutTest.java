package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.graph.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final int BATCH = 100;
  private static final int COLUMNS = 50;

  /** The mask that a plan draws at an iteration for some rows of a batch. */
  private static float[] mask(double rate, long seed, long iteration, int rows) {
    Graph graph = new Graph();
    Node mask = graph.dropout(Shape.batch(COLUMNS), rate);
    Program program = Program.of(graph, mask, graph.rowSum(mask), List.of());
    ParameterStore store = ParameterStore.of(List.of(), List.of(program), new RandomStream(0));
    try (Workers workers = new Workers(1)) {
      Plan plan =
          new Plan(program, store, 1, BATCH, new RandomStream(seed), Width.preferred(), workers);
      plan.run(rows, Progress.at(iteration, 1, 100));
      float[] values = new float[rows * COLUMNS];
      for (int i = 0; i < values.length; i++) {
        values[i] = plan.output(i / COLUMNS, i % COLUMNS);
      }
      return values;
    }
  }

  @Test
  void dropsItsPartAndScalesTheRest() {
    float[] mask = mask(0.25, 1, 0, BATCH);
    int dropped = 0;
    for (float value : mask) {
      assertEquals(value == 0 ? 0 : 4 / 3f, value);
      dropped += value == 0 ? 1 : 0;
    }
    // Four standard deviations of a fixed draw.
    assertEquals(0.25, dropped / 5000.0, 4 * Math.sqrt(0.25 * 0.75 / 5000));
  }

  @Test
  void anewAtEachIterationAndForEachSeed() {
    float[] mask = mask(0.5, 1, 0, BATCH);
    assertArrayEquals(mask, mask(0.5, 1, 0, BATCH));
    assertFalse(Arrays.equals(mask, mask(0.5, 1, 1, BATCH)));
    assertFalse(Arrays.equals(mask, mask(0.5, 2, 0, BATCH)));
  }

  /** A smaller batch draws the first rows of the same mask. */
  @Test
  void anElementDependsOnItsPositionAlone() {
    assertArrayEquals(Arrays.copyOf(mask(0.5, 1, 3, BATCH), 7 * COLUMNS), mask(0.5, 1, 3, 7));
  }
}
