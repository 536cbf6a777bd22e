package dev.anneal.formulas;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import dev.anneal.relocated.com.ezylang.evalex.Expression;
import dev.anneal.relocated.com.ezylang.evalex.config.ExpressionConfiguration;
import dev.anneal.relocated.com.ezylang.evalex.operators.OperatorIfc;
import dev.anneal.relocated.com.ezylang.evalex.parser.ASTNode;
import dev.anneal.relocated.com.ezylang.evalex.parser.ParseException;
import dev.anneal.relocated.com.ezylang.evalex.parser.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes terms of text. EvalEx reads the text and gives a tree; what is computed is ours, because it
 * computes in decimals, a thousand times slower, and makes garbage. So nothing can be called but
 * the functions listed here.
 */
final class CompiledFormula {
  /** Deeper than any formula, and not so deep that reading one overflows the stack. */
  private static final int MOST_CHARACTERS = 2000;

  /** More formulas than a training has; beyond, all are read anew. */
  private static final int MOST_PROGRAMS = 1000;

  /** A record has no room for what is made of its components, so that lies here, by the text. */
  private static final Map<String, Term> PROGRAMS = new ConcurrentHashMap<>();

  private static final ExpressionConfiguration NOTATION =
      ExpressionConfiguration.builder()
          .arraysAllowed(false)
          .structuresAllowed(false)
          .binaryAllowed(false)
          .implicitMultiplicationAllowed(false)
          .singleQuoteStringLiteralsAllowed(false)
          // That of the sign: then -2^2 is -(2^2), and 2^-1 may be written.
          .powerOfPrecedence(OperatorIfc.OPERATOR_PRECEDENCE_UNARY)
          .functionDictionary(new AnyFunction.Dictionary())
          .build();

  private static final Map<String, Term> NAMES = new TreeMap<>();

  static {
    NAMES.put("pi", new Term.Fixed(Math.PI));
    NAMES.put("e", new Term.Fixed(Math.E));
    for (Variable variable : Variable.values()) {
      NAMES.put(variable.text(), variable);
    }
  }

  private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("abs", Math::abs),
              Map.entry("ceil", Math::ceil),
              Map.entry("cos", StrictMath::cos),
              Map.entry("exp", StrictMath::exp),
              Map.entry("floor", Math::floor),
              Map.entry("log", StrictMath::log),
              Map.entry("log10", StrictMath::log10),
              Map.entry("round", Math::rint),
              Map.entry("sin", StrictMath::sin),
              Map.entry("sqrt", Math::sqrt),
              Map.entry("tan", StrictMath::tan),
              Map.entry("tanh", StrictMath::tanh)));

  private static final Map<String, DoubleBinaryOperator> OPERATORS =
      Map.ofEntries(
          Map.entry("+", (a, b) -> a + b),
          Map.entry("-", (a, b) -> a - b),
          Map.entry("*", (a, b) -> a * b),
          Map.entry("/", (a, b) -> a / b),
          Map.entry("%", (a, b) -> a % b),
          Map.entry("^", StrictMath::pow),
          Map.entry("<", (a, b) -> a < b ? 1 : 0),
          Map.entry("<=", (a, b) -> a <= b ? 1 : 0),
          Map.entry(">", (a, b) -> a > b ? 1 : 0),
          Map.entry(">=", (a, b) -> a >= b ? 1 : 0),
          Map.entry("==", (a, b) -> a == b ? 1 : 0),
          Map.entry("!=", (a, b) -> a != b ? 1 : 0));

  private final String text;

  private CompiledFormula(String text) {
    this.text = text;
  }

  static Term of(String text) {
    Term known = PROGRAMS.get(text);
    return known != null ? known : make(text);
  }

  private static Term make(String text) {
    Term made = new CompiledFormula(text).whole();
    if (PROGRAMS.size() >= MOST_PROGRAMS) {
      PROGRAMS.clear();
    }
    PROGRAMS.put(text, made);
    return made;
  }

  static InputException notANumber(String text, Progress run, long iteration, Unit per) {
    String values =
        Stream.of(Variable.values())
            .map(each -> each.text() + " = " + Numbers.print(each.at(run, iteration, per)))
            .collect(Collectors.joining(", "));
    return new InputException("formula: \"%s\" is not a number at %s".formatted(text, values));
  }

  private Term whole() {
    if (text.length() > MOST_CHARACTERS) {
      throw new InputException(
          "formula: a formula has at most %d characters, not %d"
              .formatted(MOST_CHARACTERS, text.length()));
    }
    Term whole;
    try {
      whole = term(new Expression(text, NOTATION).getAbstractSyntaxTree());
    } catch (ParseException e) {
      throw error(e.getStartPosition(), lowerCaseFirst(String.valueOf(e.getMessage())));
    }
    if (whole instanceof Term.Fixed(double value) && Double.isNaN(value)) {
      throw new InputException("formula: \"%s\" is not a number".formatted(text));
    }
    return whole;
  }

  private static String lowerCaseFirst(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private InputException error(int column, String message) {
    return new InputException("formula: %s (column %d of \"%s\")".formatted(message, column, text));
  }

  private InputException error(Token token, String message) {
    return error(token.getStartPosition(), message);
  }

  private Term term(ASTNode node) {
    Token token = node.getToken();
    // A loop, because a stream takes ten times the stack.
    List<Term> parts = new ArrayList<>();
    for (ASTNode part : node.getParameters()) {
      parts.add(term(part));
    }
    return switch (token.getType()) {
      case NUMBER_LITERAL -> number(token);
      case VARIABLE_OR_CONSTANT -> named(token);
      case FUNCTION -> function(token, parts);
      case PREFIX_OPERATOR -> sign(token, parts.getFirst());
      case INFIX_OPERATOR -> operator(token, parts.getFirst(), parts.getLast());
      default -> throw error(token, "\"%s\" has no place here".formatted(token.getValue()));
    };
  }

  private Term number(Token token) {
    double value = Numbers.parse(token.getValue()).orElse(Double.NaN);
    if (!Double.isFinite(value)) {
      throw error(token, "\"%s\" is no finite number".formatted(token.getValue()));
    }
    return new Term.Fixed(value);
  }

  private Term named(Token token) {
    Term known = NAMES.get(token.getValue().toLowerCase(Locale.ROOT));
    if (known == null) {
      throw unknown(token, "variable", NAMES.keySet().stream().toList());
    }
    return known;
  }

  private InputException unknown(Token token, String what, List<String> known) {
    return error(
        token,
        "there is no %s \"%s\"%s; known: %s"
            .formatted(
                what,
                token.getValue(),
                Messages.didYouMean(token.getValue(), known),
                String.join(", ", known)));
  }

  private Term sign(Token token, Term of) {
    return switch (token.getValue()) {
      case "-" -> apply(a -> -a, of);
      case "+" -> of;
      default -> throw unknown(token, "operator", operators());
    };
  }

  private Term operator(Token token, Term left, Term right) {
    DoubleBinaryOperator operator = OPERATORS.get(token.getValue());
    if (operator == null) {
      throw unknown(token, "operator", operators());
    }
    return apply(operator, left, right);
  }

  private static List<String> operators() {
    return OPERATORS.keySet().stream().sorted().toList();
  }

  private Term function(Token token, List<Term> parts) {
    String name = token.getValue().toLowerCase(Locale.ROOT);
    DoubleUnaryOperator ofOne = FUNCTIONS.get(name);
    if (ofOne != null) {
      return apply(ofOne, arguments(token, 1, parts).getFirst());
    }
    return switch (name) {
      case "min" -> ofSome(Math::min, token, parts);
      case "max" -> ofSome(Math::max, token, parts);
      case "if" -> choice(arguments(token, 3, parts));
      default ->
          throw unknown(
              token,
              "function",
              Stream.concat(FUNCTIONS.keySet().stream(), Stream.of("if", "max", "min"))
                  .sorted()
                  .toList());
    };
  }

  private List<Term> arguments(Token token, int count, List<Term> parts) {
    if (parts.size() != count) {
      throw error(token, "%s takes %d, not %d".formatted(token.getValue(), count, parts.size()));
    }
    return parts;
  }

  private Term ofSome(DoubleBinaryOperator function, Token token, List<Term> parts) {
    return parts.stream()
        .reduce((left, right) -> apply(function, left, right))
        .orElseThrow(() -> error(token, token.getValue() + " takes at least 1"));
  }

  private static Term choice(List<Term> parts) {
    Term condition = parts.get(0);
    Term then = parts.get(1);
    Term otherwise = parts.get(2);
    return (run, iteration, per) ->
        (condition.at(run, iteration, per) != 0 ? then : otherwise).at(run, iteration, per);
  }

  private static Term apply(DoubleUnaryOperator function, Term of) {
    return of instanceof Term.Fixed(double value)
        ? new Term.Fixed(function.applyAsDouble(value))
        : (run, iteration, per) -> function.applyAsDouble(of.at(run, iteration, per));
  }

  private static Term apply(DoubleBinaryOperator function, Term left, Term right) {
    return left instanceof Term.Fixed(double a) && right instanceof Term.Fixed(double b)
        ? new Term.Fixed(function.applyAsDouble(a, b))
        : (run, iteration, per) ->
            function.applyAsDouble(left.at(run, iteration, per), right.at(run, iteration, per));
  }
}
