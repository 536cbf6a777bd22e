package dev.anneal.api.expression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The parts of some expressions, each once: the way to walk them. Written out as a tree, an
 * expression whose parts are shared can be exponentially larger: 60 squarings have 61 parts and a
 * tree of 2^60 leaves. Nor does the depth of an expression matter here.
 *
 * <p>Parts have numbers from 0, what a part is computed from has lower ones. Parts that are written
 * the same are one, be they one object or several.
 */
public final class ExpressionGraph {
  /** A part by the numbers of its operands, so that it is compared without a look into them. */
  private record Part(Object function, List<Integer> operands) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Expression> expressions = new ArrayList<>();
  private final List<Integer> roots;
  private final IdentityHashMap<Expression, Integer> numbers = new IdentityHashMap<>();

  private ExpressionGraph(List<Expression> roots) {
    Map<Part, Integer> known = new HashMap<>();
    roots.forEach(root -> add(root, known));
    this.roots = roots.stream().map(this::number).toList();
  }

  /**
   * The parts of some expressions.
   *
   * @param roots the expressions
   * @return their parts, they themselves included
   */
  public static ExpressionGraph of(List<Expression> roots) {
    return new ExpressionGraph(roots);
  }

  private void add(Expression root, Map<Part, Integer> known) {
    Deque<Expression> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Expression next = open.element();
      Optional<Expression> missing = missing(next);
      missing.ifPresentOrElse(
          open::push,
          () -> {
            open.pop();
            numbers.computeIfAbsent(next, each -> number(each, known));
          });
    }
  }

  private Optional<Expression> missing(Expression expression) {
    for (Expression operand : expression.operands()) {
      if (!numbers.containsKey(operand)) {
        return Optional.of(operand);
      }
    }
    return Optional.empty();
  }

  private int number(Expression expression, Map<Part, Integer> known) {
    Part part =
        new Part(function(expression), expression.operands().stream().map(this::number).toList());
    return known.computeIfAbsent(
        part,
        _ -> {
          parts.add(part);
          expressions.add(expression);
          return parts.size() - 1;
        });
  }

  /** What tells parts with the same operands apart. */
  private static Object function(Expression expression) {
    return switch (expression) {
      case Expression.Operand _, Expression.Scalar _, Expression.Constant _ -> expression;
      case Expression.Unary(Expression.UnaryFunction function, _) -> function;
      case Expression.Binary(Expression.BinaryFunction function, _, _) -> function;
      case Expression.Fma _ -> "FMA";
      case Expression.IfLess _ -> "IF_LESS";
    };
  }

  /**
   * How many parts there are.
   *
   * @return at least the number of different roots
   */
  public int size() {
    return parts.size();
  }

  /**
   * A part.
   *
   * @param number its number
   * @return the first of those that are written like it
   */
  public Expression part(int number) {
    return expressions.get(number);
  }

  /**
   * What a part is computed from.
   *
   * @param number its number
   * @return the numbers of its {@linkplain Expression#operands operands}
   */
  public List<Integer> operands(int number) {
    return parts.get(number).operands;
  }

  /**
   * The numbers of the expressions that the graph was made of.
   *
   * @return as many as there were, in their order
   */
  public List<Integer> roots() {
    return roots;
  }

  /**
   * The number of a part.
   *
   * @param part an object that one of the expressions was made of
   * @return its number
   */
  public int number(Expression part) {
    return Objects.requireNonNull(numbers.get(part), "no part of the expressions");
  }

  /**
   * Replaces parts of an expression. What was shared stays shared.
   *
   * @param expression the expression
   * @param replacement what to put in the place of a part, where it says so; what it returns is not
   *     looked into again
   * @return the expression with the replacements
   */
  public static Expression replace(
      Expression expression, Function<Expression, Optional<Expression>> replacement) {
    ExpressionGraph graph = of(List.of(expression));
    List<Expression> replaced = new ArrayList<>();
    for (int number = 0; number < graph.size(); number++) {
      Expression part = graph.part(number);
      List<Expression> operands = graph.operands(number).stream().map(replaced::get).toList();
      replaced.add(replacement.apply(part).orElseGet(() -> with(operands, part)));
    }
    return replaced.getLast();
  }

  private static Expression with(List<Expression> operands, Expression part) {
    return switch (part) {
      case Expression.Operand _, Expression.Scalar _, Expression.Constant _ -> part;
      case Expression.Unary(Expression.UnaryFunction function, _) ->
          new Expression.Unary(function, operands.getFirst());
      case Expression.Binary(Expression.BinaryFunction function, _, _) ->
          new Expression.Binary(function, operands.getFirst(), operands.getLast());
      case Expression.Fma _ ->
          new Expression.Fma(operands.getFirst(), operands.get(1), operands.getLast());
      case Expression.IfLess _ ->
          new Expression.IfLess(
              operands.getFirst(), operands.get(1), operands.get(2), operands.getLast());
    };
  }

  /** Whether two expressions are written the same. */
  static boolean same(Expression one, Object other) {
    if (!(other instanceof Expression two) || !function(one).equals(function(two))) {
      return false;
    }
    List<Integer> roots = of(List.of(one, two)).roots;
    return roots.getFirst().equals(roots.getLast());
  }

  /** The hash of an expression: that of all that are written the same. */
  static int hash(Expression expression) {
    return of(List.of(expression)).hashCode();
  }

  /** One operation after the other: what is shared is written once. */
  static String text(Expression expression) {
    return of(List.of(expression)).toString();
  }

  /** Whether the other graph is of expressions that are written the same, in the same order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ExpressionGraph graph
        && parts.equals(graph.parts)
        && roots.equals(graph.roots);
  }

  @Override
  public int hashCode() {
    return 31 * parts.hashCode() + roots.hashCode();
  }

  @Override
  public String toString() {
    return IntStream.range(0, size())
        .filter(number -> !operands(number).isEmpty())
        .mapToObj(number ->
            "$%d = %s%s"
                .formatted(
                    number,
                    parts.get(number).function,
                    operands(number).stream().map(this::reference).toList()))
        .collect(Collectors.joining("; "));
  }

  private String reference(int number) {
    return operands(number).isEmpty() ? expressions.get(number).toString() : "$" + number;
  }
}
