package dev.anneal.api.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** What is shared is walked once, and makes no difference but that. */
class ExpressionGraphProperties {
  private static final Expression X = new Expression.Operand(0);
  private static final int SQUARINGS = 60;

  /** As a tree it has 2^60 leaves. */
  private static Expression squarings(Expression of) {
    Expression result = of;
    for (int i = 0; i < SQUARINGS; i++) {
      result = result.times(result);
    }
    return result;
  }

  private static <T> T soon(ThrowingSupplier<T> work) {
    return assertTimeoutPreemptively(Duration.ofSeconds(10), work);
  }

  /** Parts are picked from those before, so some are shared. */
  private static Expression random(Random random) {
    List<Expression> parts =
        new ArrayList<>(
            List.of(X, new Expression.Scalar(0), Expression.of(1), Expression.of(-0.0)));
    for (int i = random.nextInt(6); i >= 0; i--) {
      Expression a = parts.get(random.nextInt(parts.size()));
      Expression b = parts.get(random.nextInt(parts.size()));
      Expression c = parts.get(random.nextInt(parts.size()));
      parts.add(
          switch (random.nextInt(6)) {
            case 0 -> a.negate();
            case 1 -> a.exp();
            case 2 -> a.times(b);
            case 3 -> a.minus(b);
            case 4 -> a.fma(b, c);
            default -> a.ifLess(b, c, a);
          });
    }
    return parts.getLast();
  }

  /** The same with nothing shared. */
  private static Expression tree(Expression expression) {
    return switch (expression) {
      case Expression.Operand(int array) -> new Expression.Operand(array);
      case Expression.Scalar(int index) -> new Expression.Scalar(index);
      case Expression.Constant(double value) -> new Expression.Constant(value);
      case Expression.Unary(Expression.UnaryFunction function, Expression of) ->
          new Expression.Unary(function, tree(of));
      case Expression.Binary(
              Expression.BinaryFunction function,
              Expression left,
              Expression right) ->
          new Expression.Binary(function, tree(left), tree(right));
      case Expression.Fma(Expression factor, Expression other, Expression addend) ->
          tree(factor).fma(tree(other), tree(addend));
      case Expression.IfLess(
              Expression left,
              Expression right,
              Expression then,
              Expression otherwise) ->
          tree(left).ifLess(tree(right), tree(then), tree(otherwise));
    };
  }

  /** The definition of being written the same. */
  private static boolean sameTrees(Expression a, Expression b) {
    List<Expression> of = a.operands();
    List<Expression> other = b.operands();
    boolean same =
        switch (a) {
          case Expression.Unary(Expression.UnaryFunction function, _) ->
              b instanceof Expression.Unary unary && unary.function() == function;
          case Expression.Binary(Expression.BinaryFunction function, _, _) ->
              b instanceof Expression.Binary binary && binary.function() == function;
          case Expression.Fma _ -> b instanceof Expression.Fma;
          case Expression.IfLess _ -> b instanceof Expression.IfLess;
          case Expression.Operand _, Expression.Scalar _, Expression.Constant _ -> a.equals(b);
        };
    for (int i = 0; same && i < of.size(); i++) {
      same = sameTrees(of.get(i), other.get(i));
    }
    return same;
  }

  @Property
  void sharingMakesNoDifference(@ForAll Random random) {
    Expression expression = random(random);
    Expression tree = tree(expression);
    assertEquals(expression, tree);
    assertEquals(expression.hashCode(), tree.hashCode());
    assertEquals(expression.toString(), tree.toString());
    assertEquals(ExpressionGraph.of(List.of(expression)), ExpressionGraph.of(List.of(tree)));
  }

  @Property
  void equalsIsThatOfTrees(@ForAll Random random) {
    Expression a = random(random);
    Expression b = random(random);
    assertEquals(sameTrees(a, b), a.equals(b));
  }

  @Property
  void partsComeAfterTheirOperandsAndOnce(@ForAll Random random) {
    Expression one = random(random);
    Expression two = random(random);
    ExpressionGraph graph = ExpressionGraph.of(List.of(one, two));
    for (int number = 0; number < graph.size(); number++) {
      int least = number;
      assertTrue(graph.operands(number).stream().allMatch(operand -> operand < least));
      assertEquals(
          graph.part(number).operands(), graph.operands(number).stream().map(graph::part).toList());
      for (int before = 0; before < number; before++) {
        assertNotEquals(graph.part(before), graph.part(number));
      }
    }
    assertEquals(List.of(one, two), graph.roots().stream().map(graph::part).toList());
    assertEquals(graph.roots(), List.of(graph.number(one), graph.number(two)));
  }

  @Property
  void whatIsReplacedByItselfStays(@ForAll Random random) {
    Expression expression = random(random);
    assertEquals(expression, ExpressionGraph.replace(expression, _ -> Optional.empty()));
  }

  @Example
  void replacementsAreNotLookedInto() {
    Expression wrapped =
        ExpressionGraph.replace(
            X.plus(X.times(X)), part -> part.equals(X) ? Optional.of(X.exp()) : Optional.empty());
    assertEquals(X.exp().plus(X.exp().times(X.exp())), wrapped);
    Expression whole = X.times(X);
    assertEquals(
        X.negate(),
        ExpressionGraph.replace(
            whole.negate(), part -> part.equals(whole) ? Optional.of(X) : Optional.empty()));
  }

  @Example
  void zerosAreTold() {
    assertNotEquals(X.plus(0), X.plus(-0.0));
    assertEquals(X.plus(Double.NaN), X.plus(Double.NaN));
  }

  @Example
  void graphsAreOfTheirRoots() {
    Expression square = X.times(X);
    assertNotEquals(ExpressionGraph.of(List.of(X, square)), ExpressionGraph.of(List.of(square, X)));
    assertNotEquals(ExpressionGraph.of(List.of(square)), ExpressionGraph.of(List.of(X, square)));
  }

  @Example
  void sharedPartsCostOnce() {
    Expression one = soon(() -> squarings(X));
    Expression two = squarings(X);
    assertEquals(SQUARINGS + 1, soon(() -> ExpressionGraph.of(List.of(one, two)).size()));
    assertTrue(soon(() -> one.equals(two)));
    assertFalse(soon(() -> one.equals(squarings(new Expression.Operand(1)))));
    assertEquals(soon(one::hashCode), two.hashCode());
    assertTrue(soon(one::toString).length() < 50 * SQUARINGS);
    assertEquals(
        squarings(X.exp()),
        soon(() ->
            ExpressionGraph.replace(
                one, part -> part.equals(X) ? Optional.of(X.exp()) : Optional.empty())));
    assertEquals(X.power(1 << 24), soon(() -> X.power(1 << 24)));
  }

  /** Deeper than a stack is. */
  @Example
  void depthDoesNotMatter() {
    Expression sum = X;
    Expression same = X;
    for (int i = 0; i < 100_000; i++) {
      sum = sum.plus(i);
      same = same.plus(i);
    }
    assertEquals(sum, same);
    assertEquals(sum.hashCode(), same.hashCode());
    assertNotEquals(sum, same.plus(0));
  }

  @Example
  void text() {
    assertEquals(
        "$1 = MULTIPLY[Operand[array=0], Operand[array=0]]; $3 = ADD[$1, Constant[value=1.0]]",
        X.times(X).plus(1).toString());
  }
}
