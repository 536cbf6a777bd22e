package dev.anneal.nn.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.loss.Regression;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.model.Scope;
import dev.anneal.nn.model.Sequential;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A check that cannot fail is none. */
class GradientCheckTest {
  private record Elementwise(UnaryOperator<Expression> function) implements Layer {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(function.apply(new Expression.Operand(0)), input);
    }

    @Override
    public String kind() {
      return "elementwise";
    }
  }

  /** {@code (a x + b)^2}, whose gradients differ by the factor x. */
  @Test
  void anotherParametersGradientIsFound() {
    Model model =
        Model.of(
            1,
            (scope, x) -> {
              Node a = scope.weights("a", 1, 1, Initializer.ZEROS);
              Node b = scope.weights("b", 1, 1, Initializer.ZEROS);
              return scope.graph().add(scope.graph().multiply(a, x), b);
            });
    Program right = model.training(Regression.MEAN_SQUARED_ERROR);
    Parameter a = model.parameters().get(0);
    Parameter b = model.parameters().get(1);
    Map<Parameter, Node> swapped = Map.of(a, right.gradients().get(b), b, right.gradients().get(a));
    Program wrong =
        new Program(right.nodes(), right.output(), right.scores(), right.loss(), swapped, Map.of());
    double[] weight = {2};
    Map<Parameter, double[]> weights = Map.of(a, weight, b, new double[] {1});
    double[] features = {1, 3};
    double[] labels = {0, 0};
    // Mean of (2x + 1)^2: the derivative for a is the mean of 2 (2x + 1) x, 24; for b it is 10.
    for (Program program : new Program[] {right, wrong}) {
      DoubleEvaluator evaluator =
          new DoubleEvaluator(program, 2, weights, features, labels, new RandomStream(0));
      assertEquals((9 + 49) / 2., evaluator.loss());
      GradientCheck.Result result = GradientCheck.check(evaluator, a, weight);
      assertEquals(program == right ? 0 : 14 / 24., result.worst(), 1e-9);
      assertTrue(result.where().startsWith("a[0]: derived " + (program == right ? 24 : 10)));
    }
  }

  @Test
  void whatIsNoNumberIsTheWorst() {
    Layer layer = new Elementwise(x -> x.times(x).negate().plus(-1).log());
    assertFalse(GradientCheck.of(layer, 3, 1).worst() <= 1e-7);
  }

  /** Where a comparison is always near its kink there is nothing to check. */
  @Test
  void alwaysAtAKink() {
    Layer layer = new Elementwise(x -> x.minus(x).abs());
    assertEquals(
        "in 300 draws, a comparison always came near to a change of sides",
        assertThrows(IllegalStateException.class, () -> GradientCheck.of(layer, 3, 1))
            .getMessage());
  }

  @Test
  void theSeedDecides() {
    Layer layer = new Elementwise(x -> x.sigmoid());
    GradientCheck.Result one = GradientCheck.of(layer, 3, 1);
    assertEquals(one, GradientCheck.of(layer, 3, 1));
    assertFalse(one.equals(GradientCheck.of(layer, 3, 2)));
    assertTrue(one.worst() <= 1e-7);
    assertTrue(
        GradientCheck.of(Sequential.of(3, layer), Regression.MEAN_SQUARED_ERROR, 1).worst() == 0);
  }
}
