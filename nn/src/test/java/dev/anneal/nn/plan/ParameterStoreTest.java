package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterStoreTest {
  private static final Initializer NORMAL = Initializer.normal(1);
  private static final Parameter RIGHT = new Parameter("right", 7, 70, NORMAL);
  private static final Parameter TWICE = new Parameter("twice", 70, 70, NORMAL);
  private static final Parameter LEFT = new Parameter("left", 70, 2, NORMAL);
  private static final Parameter FACTOR = new Parameter("factor", 2, 70, NORMAL);
  private static final Parameter SQUARED = new Parameter("squared", 70, 70, NORMAL);
  private static final Parameter BIAS = new Parameter("bias", 1, 70, NORMAL);
  private static final Parameter LAST = new Parameter("last", 70, 1, NORMAL);

  private static final List<Parameter> ALL =
      List.of(RIGHT, TWICE, LEFT, FACTOR, SQUARED, BIAS, LAST);

  private static Program program() {
    Graph graph = new Graph();
    Node x = graph.product(graph.features(7), graph.weights(RIGHT));
    Node twice = graph.weights(TWICE);
    x = graph.product(graph.product(x, twice), twice);
    x = graph.product(x, graph.product(graph.weights(LEFT), graph.weights(FACTOR)));
    Node squared = graph.weights(SQUARED);
    x = graph.product(graph.product(x, squared), graph.multiply(squared, squared));
    x = graph.add(x, graph.weights(BIAS));
    Node output = graph.product(x, graph.weights(LAST));
    return Program.of(graph, output, graph.rowSum(output), ALL);
  }

  private static final ParameterStore STORE =
      ParameterStore.of(ALL, List.of(program()), new RandomStream(4));

  @Test
  void weightsThatOnlyProductsReadOnTheRightLieInPanels() {
    for (Parameter parameter : List.of(RIGHT, TWICE, FACTOR, LAST)) {
      assertEquals(Layout.PANELS, STORE.matrix(parameter).layout(), parameter.name());
    }
    for (Parameter parameter : List.of(LEFT, SQUARED, BIAS)) {
      assertEquals(Layout.ROWS, STORE.matrix(parameter).layout(), parameter.name());
    }
  }

  /** One program that reads them otherwise is enough. */
  @Test
  void everyProgramHasASay() {
    Graph graph = new Graph();
    Node product = graph.product(graph.features(7), graph.weights(RIGHT));
    Program other = Program.of(graph, product, graph.rowSum(product), List.of());
    Graph adding = new Graph();
    Node sum = adding.rowSum(adding.columnSum(adding.weights(RIGHT)));
    Program summing = Program.of(adding, sum, adding.add(sum, adding.labels()), List.of());
    RandomStream random = new RandomStream(4);
    assertEquals(
        Layout.PANELS,
        ParameterStore.of(List.of(RIGHT), List.of(other), random).matrix(RIGHT).layout());
    assertEquals(
        Layout.ROWS,
        ParameterStore.of(List.of(RIGHT), List.of(other, summing), random).matrix(RIGHT).layout());
  }

  @Test
  void noTwoMatricesOverlapAndAllHaveTheirSlack() {
    int end = 0;
    for (Parameter parameter : ALL) {
      Matrix matrix = STORE.matrix(parameter);
      assertSame(STORE.weights(), matrix.array());
      assertTrue(matrix.offset() >= end);
      assertEquals(parameter.rows(), matrix.rows());
      assertEquals(parameter.columns(), matrix.columns());
      end = matrix.offset() + matrix.layout().size(matrix.rows(), matrix.columns());
      assertTrue(end + matrix.layout().slack(matrix.columns()) <= STORE.weights().length);
    }
  }

  /** The first weights are drawn row by row, wherever they lie. */
  @Test
  void theCopyIsRowMajor() {
    float[] copy = STORE.copy();
    int at = 0;
    for (int p = 0; p < ALL.size(); p++) {
      Parameter parameter = ALL.get(p);
      float[] drawn = new float[parameter.size()];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = NORMAL.draw(new RandomStream(4).child(p), i, parameter.rows(), 0);
      }
      assertArrayEquals(drawn, Arrays.copyOfRange(copy, at, at + drawn.length));
      assertArrayEquals(drawn, STORE.matrix(parameter).get());
      at += drawn.length;
    }
    assertEquals(at, copy.length);
  }

  @Test
  void aStrangerHasNoPlace() {
    Parameter stranger = new Parameter("stranger", 1, 1, NORMAL);
    assertEquals(
        "no parameter stranger in this model",
        assertThrows(IllegalArgumentException.class, () -> STORE.matrix(stranger)).getMessage());
  }
}
