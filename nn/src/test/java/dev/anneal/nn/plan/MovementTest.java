package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that move numbers, element by element. */
class MovementTest {
  private static final Parameter TABLE = new Parameter("table", 3, 2, Initializer.ZEROS);
  private static final float[] WEIGHTS = {10, 11, 20, 21, 30, 31};

  /** Rows of three. */
  private static final float[][] ROWS = {{0, 2, 1}, {2, 2, -1}, {1, 0, 1}, {-3, -4, -3}};

  private final Graph graph = new Graph();
  private final Node x = graph.features(3);

  private static Plan run(Graph graph, Node output, Node loss, float[][] rows) {
    Program program = Program.of(graph, output, loss, graph.parameters());
    ParameterStore store =
        ParameterStore.of(graph.parameters(), List.of(program), new RandomStream(0));
    graph.parameters().forEach(p -> store.matrix(p).set(WEIGHTS, 0));
    try (Workers workers = new Workers(1)) {
      Plan plan = new Plan(program, store, 3, 9, new RandomStream(0), Width.preferred(), workers);
      for (int row = 0; row < rows.length; row++) {
        Input input = plan.inputs().next();
        System.arraycopy(rows[row], 0, input.features().array(), input.features().index(row, 0), 3);
      }
      plan.inputs().advance();
      plan.run(rows.length, Progress.at(0, 1, 1));
      return plan;
    }
  }

  /** The value of a node; one without samples is the same for each of them. */
  private float[] value(Node node, int rows) {
    Plan plan = run(graph, node, graph.rowSum(x), ROWS);
    float[] all = new float[rows * node.shape().columns()];
    for (int i = 0; i < all.length; i++) {
      all[i] = plan.output(i / node.shape().columns(), i % node.shape().columns());
    }
    return all;
  }

  @Test
  void slicesAndConcatenations() {
    assertArrayEquals(new float[] {2, 1, 2, -1, 0, 1, -4, -3}, value(graph.slice(x, 1, 3), 4));
    Node last = graph.slice(x, 2, 3);
    assertArrayEquals(
        new float[] {1, 0, 2, 1, -1, 2, 2, -1, 1, 1, 0, 1, -3, -3, -4, -3},
        value(graph.concatenate(last, x), 4));
  }

  /** So that the logits of an output that was put together with others are still known. */
  @Test
  void whatWasPutTogetherIsFoundAgain() {
    Node softmax = graph.softmax(graph.slice(x, 0, 2));
    Node both = graph.concatenate(x, softmax);
    assertSame(softmax, graph.slice(both, 3, 5));
    assertSame(x, graph.slice(both, 0, 3));
    assertSame(graph.slice(x, 1, 3), graph.slice(both, 1, 3));
    assertSame(x, graph.concatenate(x));
    assertTrue(graph.logits(graph.slice(both, 3, 5)).isPresent());
  }

  @Test
  void transpositionAndReshaping() {
    Node table = graph.weights(TABLE);
    assertArrayEquals(new float[] {10, 20, 30, 11, 21, 31}, value(graph.transpose(table), 2));
    assertArrayEquals(WEIGHTS, value(graph.reshape(table, 3), 2));
    assertArrayEquals(WEIGHTS, value(graph.reshape(table, 6), 1));
    assertSame(table, graph.transpose(graph.transpose(table)));
    assertSame(table, graph.reshape(table, 2));
  }

  /** The first of the largest, and the last gets nothing. */
  @Test
  void theLargestOfARow() {
    assertArrayEquals(new float[] {1, 0, 0, 0}, value(graph.rowArgMax(x), 4));
    assertArrayEquals(new float[] {2, 2, 1, -3}, value(graph.rowMax(x), 4));
    Graph tied = new Graph();
    Parameter row = new Parameter("row", 1, 6, Initializer.ZEROS);
    Node w = tied.weights(row);
    Node equal = tied.multiply(tied.slice(w, 0, 3), tied.constant(1, 3, List.of(6., 3., 2.)));
    Node loss = tied.add(tied.rowMax(equal), tied.rowSum(tied.slice(tied.features(3), 0, 1)));
    // 60, 33, 40: only the first counts; the gradient of its weight is 6.
    assertArrayEquals(
        new float[] {6, 0, 0, 0, 0, 0},
        run(tied, loss, loss, new float[][] {{0, 0, 0}}).gradient(row));
  }

  @Test
  void aTableIsLookedUpAndItsRowsGetTheSumsOfTheirGradients() {
    Node table = graph.weights(TABLE);
    Node chosen = graph.gather(table, graph.slice(x, 0, 2));
    float[][] rows = {{0, 2, 5}, {2, 2, 3}, {1, 0, 2}};
    Node loss = graph.multiply(graph.rowSum(chosen), graph.slice(x, 2, 3));
    Plan plan = run(graph, chosen, loss, rows);
    float[][] expected = {{10, 11, 30, 31}, {30, 31, 30, 31}, {20, 21, 10, 11}};
    for (int i = 0; i < 12; i++) {
      assertEquals(expected[i / 4][i % 4], plan.output(i / 4, i % 4));
    }
    // Of the mean: a third of 5 + 2, of 2 and of 5 + 3 + 3.
    float[] gradient = plan.gradient(TABLE);
    double[] sums = {7 / 3., 7 / 3., 2 / 3., 2 / 3., 11 / 3., 11 / 3.};
    for (int i = 0; i < 6; i++) {
      assertEquals(sums[i], gradient[i], 1e-6);
    }
  }

  @Test
  void scatteredPartsAreAddedUp() {
    Node groups = graph.rowArgMax(x);
    assertArrayEquals(new float[] {0, -2, -3, 0, 2, 1}, value(graph.scatter(x, groups, 2), 2));
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 3, 0.5f, Float.NaN, Float.POSITIVE_INFINITY})
  void whatIsNoRowIsRefused(float index) {
    Node chosen = graph.gather(graph.weights(TABLE), graph.slice(x, 0, 1));
    float[][] rows = {{1, 0, 0}, {index, 0, 0}};
    assertEquals(
        index + " chooses no row: the table has 3, 0 to 2",
        assertThrows(InputException.class, () -> run(graph, chosen, graph.rowSum(chosen), rows))
            .getMessage());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Node table = graph.weights(TABLE);
    Map<String, Runnable> wrong =
        Map.of(
            "no columns 2 to 2 (excluded) of [batch x 3]", () -> graph.slice(x, 2, 2),
            "no columns -1 to 2 (excluded) of [batch x 3]", () -> graph.slice(x, -1, 2),
            "no columns 0 to 4 (excluded) of [batch x 3]", () -> graph.slice(x, 0, 4),
            "[batch x 3] and [3 x 2] have not as many rows", () -> graph.concatenate(x, table),
            "the samples of a batch cannot be transposed", () -> graph.transpose(x),
            "the samples of a batch cannot be reshaped", () -> graph.reshape(x, 1),
            "the samples of a batch cannot be looked up in", () -> graph.gather(x, x),
            "[3 x 2] does not divide into rows of 4", () -> graph.reshape(table, 4),
            "[batch x 3] does not say where the parts of [3 x 2] belong",
                () -> graph.scatter(table, x, 4),
            "2 numbers for a matrix [1 x 3]",
                () -> graph.constant(1, 3, DoubleStream.of(1, 2).boxed().toList()));
    wrong.forEach((message, action) ->
        assertEquals(
            message, assertThrows(IllegalArgumentException.class, action::run).getMessage()));
  }
}
