package dev.anneal.nn.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.check.DoubleEvaluator;
import dev.anneal.nn.plan.ParameterStore;
import dev.anneal.nn.plan.Plan;
import dev.anneal.nn.plan.RandomBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.function.Executable;

/** Shared parts of a formula cost once in all that is done with it. */
class SharedPartsProperties {
  private static final Expression X = new Expression.Operand(0);
  private static final Expression Y = new Expression.Operand(1);
  private static final int SQUARINGS = 60;

  /** As a tree it has 2^60 leaves. */
  private static Expression squarings(Expression of) {
    Expression result = of;
    for (int i = 0; i < SQUARINGS; i++) {
      result = result.times(result);
    }
    return result;
  }

  private static void soon(Executable work) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), work);
  }

  @Example
  void describedOnce() {
    soon(() -> {
      Graph graph = new Graph();
      Node features = graph.features(1);
      Node once = graph.elementwise(squarings(X), features);
      assertSame(once, graph.elementwise(squarings(X), features));
      assertTrue(once.toString().length() < 50 * SQUARINGS);
    });
  }

  /** 2^60 (w x)^(2^60 - 1) x at w = x = 1, and 0 squared so often elsewhere. */
  @Example
  void computedAndDifferentiatedOnce() {
    soon(() -> {
      Graph graph = new Graph();
      Node weight = graph.weights(new Parameter("w", 1, 1, Initializer.ZEROS, true));
      Node output = graph.elementwise(squarings(X.times(Y)), graph.features(1), weight);
      assertGradient(graph, output);
    });
  }

  @Example
  void chainsOfLayersToo() {
    soon(() -> {
      Graph graph = new Graph();
      Node weight = graph.weights(new Parameter("w", 1, 1, Initializer.ZEROS, true));
      Node output = graph.multiply(graph.features(1), weight);
      for (int i = 0; i < SQUARINGS; i++) {
        output = graph.multiply(output, output);
      }
      assertGradient(graph, output);
    });
  }

  private static void assertGradient(Graph graph, Node output) {
    Program program = Program.of(graph, output, output, graph.parameters());
    Parameter weight = graph.parameters().getFirst();
    DoubleEvaluator exact =
        new DoubleEvaluator(
            program,
            1,
            Map.of(weight, new double[] {1}),
            new double[] {1},
            new double[1],
            new RandomStream(0));
    assertEquals(1, exact.loss());
    assertArrayEquals(new double[] {0x1p60}, exact.gradient(weight));
    ParameterStore store =
        ParameterStore.of(graph.parameters(), List.of(program), new RandomStream(3));
    try (Workers workers = new Workers(1)) {
      Plan plan = new Plan(program, store, 1, 1, new RandomStream(4), Width.preferred(), workers);
      new RandomBatch(List.of(), 1, 2, 1, 5).put(plan);
      plan.run(1, Progress.at(0, 1, 100));
      assertEquals(0, plan.loss(0));
      assertArrayEquals(new float[1], plan.gradient(weight));
    }
  }

  /** As {@link #squarings}, with each part of its derivative shared. */
  @Example
  void derivativesAreShared() {
    soon(() -> {
      Expression of = squarings(X.plus(Y).exp());
      ExpressionGraph value = ExpressionGraph.of(List.of(of));
      ExpressionGraph derivative = ExpressionGraph.of(List.of(Expressions.derivative(of, 0)));
      assertTrue(derivative.size() < 4 * value.size());
    });
  }

  /** Parts are picked from those before, so some are shared; and most compare. */
  private static Expression random(Random random) {
    List<Expression> parts = new ArrayList<>(List.of(X, Y, Expression.of(0.5)));
    for (int i = 0; i < 9; i++) {
      Expression a = parts.get(random.nextInt(parts.size()));
      Expression b = parts.get(random.nextInt(parts.size()));
      Expression c = parts.get(random.nextInt(parts.size()));
      parts.add(
          switch (random.nextInt(6)) {
            case 0 -> a.max(b);
            case 1 -> a.abs();
            case 2 -> a.times(b);
            case 3 -> a.minus(b);
            case 4 -> a.tanh();
            default -> a.ifLess(b, c, a);
          });
    }
    return parts.getLast();
  }

  /** Walks the tree. */
  private static final class Tree {
    final double[] operands;
    double nearestKink = Double.POSITIVE_INFINITY;

    Tree(double... operands) {
      this.operands = operands;
    }

    double compared(double a, double b) {
      nearestKink = Math.min(nearestKink, Math.abs(a - b));
      return a;
    }

    double value(Expression expression) {
      return switch (expression) {
        case Expression.Operand(int i) -> operands[i];
        case Expression.Constant(double value) -> value;
        case Expression.IfLess(
                Expression left,
                Expression right,
                Expression then,
                Expression otherwise) -> {
          double bound = value(right);
          yield value(compared(value(left), bound) < bound ? then : otherwise);
        }
        case Expression.Unary(Expression.UnaryFunction function, Expression of) ->
            function == Expression.UnaryFunction.TANH
                ? StrictMath.tanh(value(of))
                : Math.abs(compared(value(of), 0));
        case Expression.Binary(Expression.BinaryFunction function, Expression a, Expression b) -> {
          double other = value(b);
          yield switch (function) {
            case MAX -> Math.max(compared(value(a), other), other);
            case MULTIPLY -> value(a) * other;
            default -> value(a) - other;
          };
        }
        case Expression.Fma _, Expression.Scalar _ -> throw new AssertionError(expression);
      };
    }
  }

  @Property
  void theDoubleEvaluatorSeesTheTree(@ForAll Random random) {
    Expression formula = random(random);
    Graph graph = new Graph();
    Node features = graph.features(1);
    Node node = graph.elementwise(formula, features, graph.labels());
    Program program = Program.of(graph, node, node, List.of());
    double[] numbers = {random.nextGaussian(), random.nextGaussian()};
    DoubleEvaluator evaluator =
        new DoubleEvaluator(
            program,
            1,
            Map.of(),
            new double[] {numbers[0]},
            new double[] {numbers[1]},
            new RandomStream(0));
    Tree tree = new Tree(numbers);
    assertEquals(tree.value(formula), evaluator.value(program.loss())[0]);
    assertEquals(tree.nearestKink, evaluator.nearestKink());
  }
}
