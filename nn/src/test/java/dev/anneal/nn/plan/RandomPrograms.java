package dev.anneal.nn.plan;

import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.loss.CrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random computations in which values live long and short, and weights are used in any way. */
final class RandomPrograms {
  static final int FEATURES = 7;
  static final int CLASSES = 3;

  private static final Expression X = new Expression.Operand(0);
  private static final Expression Y = new Expression.Operand(1);
  private static final int[] COLUMNS = {1, 3, 16, 17, 33, 65};

  private final Random random;
  private final Graph graph = new Graph();
  private final List<Node> pool = new ArrayList<>();

  private RandomPrograms(long seed) {
    random = new Random(seed);
  }

  /** A computation with gradients, or without. */
  record Made(List<Parameter> parameters, Program program) {}

  static Made of(long seed, boolean gradients) {
    return new RandomPrograms(seed).make(gradients);
  }

  private Made make(boolean gradients) {
    pool.add(graph.features(FEATURES));
    int steps = 2 + random.nextInt(10);
    for (int i = 0; i < steps; i++) {
      pool.add(step(pick()));
    }
    Node output = graph.product(pool.getLast(), weights(pool.getLast().shape().columns(), CLASSES));
    if (random.nextBoolean()) {
      output = graph.softmax(output);
    }
    Node loss = CrossEntropy.SPARSE_CATEGORICAL.forward(graph, output, graph.labels());
    loss = graph.elementwise(X.fma(Expression.of(0.01), Y), graph.rowSum(tanh(pick())), loss);
    List<Parameter> parameters = graph.parameters();
    return new Made(
        parameters, Program.of(graph, output, loss, gradients ? parameters : List.of()));
  }

  private Node pick() {
    return pool.get(random.nextInt(pool.size()));
  }

  private Node weights(int rows, int columns) {
    String name = "w_" + graph.parameters().size();
    return graph.weights(new Parameter(name, rows, columns, Initializer.normal(0.3)));
  }

  private Node tanh(Node x) {
    return graph.elementwise(X.tanh(), x);
  }

  private Node step(Node x) {
    int n = x.shape().columns();
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> tanh(graph.product(x, weights(n, COLUMNS[random.nextInt(COLUMNS.length)])));
      case 3 -> { // the same weights in two products, and perhaps element by element
        Node w = weights(n, n);
        Node once = tanh(graph.product(x, w));
        yield graph.product(once, random.nextBoolean() ? w : graph.multiply(w, w));
      }
      case 4 -> { // a product of weights, either of which may be made, and so updated, first
        boolean leftFirst = random.nextBoolean();
        Node first = leftFirst ? weights(n, 2) : weights(2, n);
        Node second = leftFirst ? weights(2, n) : weights(n, 2);
        yield tanh(
            graph.product(
                x, leftFirst ? graph.product(first, second) : graph.product(second, first)));
      }
      case 5 -> graph.add(graph.product(x, weights(n, 5)), graph.product(x, weights(n, 5)));
      case 6 -> tanh(graph.add(x, weights(1, n)));
      case 7 -> graph.elementwise(X.minus(Y), x, graph.logSumExp(x));
      case 8 -> graph.softmax(x);
      case 9 -> graph.multiply(x, graph.dropout(x.shape(), 0.3));
      case 10 -> tanh(graph.add(x, graph.columnSum(x)));
      case 11 -> graph.concatenate(x, graph.rowMax(x));
      case 12 -> graph.slice(x, random.nextInt(n), n);
      case 13 -> {
        Node other = pick();
        int m = other.shape().columns();
        yield graph.slice(graph.concatenate(x, other), n / 2, n + (m + 1) / 2);
      }
      case 14 -> { // the way back, or a sum with itself
        Node w = weights(n, n);
        Node transposed = graph.transpose(w);
        yield random.nextBoolean()
            ? tanh(graph.product(graph.product(x, w), transposed))
            : tanh(graph.product(x, graph.add(w, transposed)));
      }
      case 15 -> graph.gather(weights(n, 5), graph.rowArgMax(x));
      case 16 -> {
        Node group = graph.rowArgMax(x);
        yield tanh(graph.gather(graph.scatter(x, group, n), group));
      }
      default -> {
        Node other = pick();
        yield other.shape().equals(x.shape())
            ? graph.multiply(tanh(x), other)
            : graph.multiply(tanh(x), tanh(graph.rowSum(other)));
      }
    };
  }
}
