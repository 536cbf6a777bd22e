package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.update.Memory.Cell;
import dev.anneal.core.update.Memory.Role;
import dev.anneal.core.update.UpdateProgram.Level;
import dev.anneal.core.update.UpdateProgram.MatrixCall;
import dev.anneal.core.update.UpdateProgram.Pass;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a program for people. What several expressions of a pass share has a name, {@code v1},
 * {@code v2}, in that pass; {@code once} says that it is the same for all its numbers, so that it
 * is computed in double precision before them. What two passes share is computed in both, as the
 * kernels do.
 */
final class ProgramPrinter {
  private final UpdateProgram program;
  private final Memory memory;
  private final StringBuilder text = new StringBuilder();
  private final IdentityHashMap<Expression, String> names = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Integer> uses = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Boolean> reading = new IdentityHashMap<>();
  private int named;

  ProgramPrinter(UpdateProgram program) {
    this.program = program;
    memory = program.memory();
  }

  String print() {
    cells();
    for (int level = 0; level < program.levels().size(); level++) {
      line("level %d", level + 1);
      print(program.levels().get(level), level);
    }
    line("store");
    program.store().passes().forEach(this::print);
    once(program.store().matrices().values());
    program.store().matrices().forEach((to, from) -> line("  %s = %s", array(to), print(from)));
    once(program.store().scalars().values());
    program.store().scalars().forEach((to, value) -> line("  %s = %s", scalar(to), print(value)));
    if (!program.reports().isEmpty()) {
      line("report");
      once(program.reports().values());
      program.reports().forEach((name, value) -> line("  %s = %s", name, print(value)));
    }
    program
        .evaluated()
        .ifPresent(pass -> {
          line("evaluate with");
          print(pass);
        });
    return text.toString();
  }

  private void cells() {
    line("memory");
    Stream.concat(memory.arrays().stream(), memory.scalars().stream())
        .filter(cell -> cell.role() != Role.HYPERPARAMETER)
        .forEach(
            cell -> line("  %-24s %-12s %s", cell.name(), word(cell.granularity()), meaning(cell)));
    line("  hyper-parameters: %s", hyperparameters());
  }

  private String hyperparameters() {
    return memory.scalars().stream()
        .filter(cell -> cell.role() == Role.HYPERPARAMETER)
        .map(Cell::name)
        .collect(Collectors.joining(", "));
  }

  private String meaning(Cell cell) {
    return switch (cell.role()) {
      case WEIGHT -> "the weights";
      case GRADIENT -> "the gradient";
      case HYPERPARAMETER -> "a hyper-parameter";
      case STEP -> "the number of the step, from 1";
      case SAMPLES -> "the samples of the batch";
      case LAST -> "1 in the last update of the run, else 0";
      case LOSS -> "the loss of the batch";
      case SLOT -> "kept, at first " + Numbers.print(initial(cell));
      case TEMPORARY -> "computed on the way";
    };
  }

  private double initial(Cell cell) {
    return memory.slots().keySet().stream()
        .filter(slot -> slot.name().equals(cell.name()))
        .findFirst()
        .orElseThrow()
        .initial();
  }

  private void print(Level level, int number) {
    level.noises().forEach(array -> line("  %s = noise", array(array)));
    level.passes().forEach(this::print);
    level.calls().forEach(this::print);
    over("the group", false, number);
    over("all groups", true, number);
  }

  private void over(String what, boolean groups, int level) {
    String sums =
        program.groupReductions(level).stream()
            .filter(each -> each.overGroups() == groups)
            .map(each -> scalar(each.scalar()))
            .collect(Collectors.joining(", "));
    if (!sums.isEmpty()) {
      line("  over all parameters of %s: %s", what, sums);
    }
  }

  private void print(Pass pass) {
    line("  for each %s", word(pass.granularity()));
    List<KernelSpec.Output> outputs = pass.kernel().outputs();
    share("    ", outputs.stream().map(KernelSpec.Output::value).toList());
    for (KernelSpec.Output output : outputs) {
      if (output.array() < memory.arrays().size()) {
        line("    %s = %s", array(output.array()), print(output.value()));
      }
    }
    pass.toScalars()
        .forEach(
            each -> line("    %s = %s", scalar(each.scalar()), print(each) + print(each.of())));
    pass.toArrays()
        .forEach(
            each -> line("    %s = %s", array(each.array()), print(each) + array(each.terms())));
  }

  private static String print(Reduction reduction) {
    String over =
        reduction instanceof Reduction.ToScalar all && all.overGroups()
            ? "all groups"
            : "the " + word(reduction.granularity());
    return "%s over %s of ".formatted(word(reduction.kind()), over);
  }

  private void print(MatrixCall call) {
    once(call.numbers());
    String inputs =
        Stream.concat(
                call.inputs().stream().map(this::array), call.numbers().stream().map(this::print))
            .collect(Collectors.joining(", "));
    String results = call.results().stream().map(this::array).collect(Collectors.joining(", "));
    line("  %s = %s(%s)", results, call.function().getClass().getSimpleName(), inputs);
  }

  private void once(Collection<Expression> values) {
    share("  ", values);
  }

  /** Names what is read more than once, in an order in which each comes after its parts. */
  private void share(String indent, Collection<Expression> values) {
    names.clear();
    uses.clear();
    values.forEach(this::count);
    values.forEach(value -> name(indent, value));
  }

  private void count(Expression expression) {
    if (uses.merge(expression, 1, Integer::sum) == 1) {
      expression.operands().forEach(this::count);
    }
  }

  private void name(String indent, Expression expression) {
    Integer count = uses.remove(expression);
    if (count == null) {
      return;
    }
    expression.operands().forEach(each -> name(indent, each));
    if (count > 1 && !expression.operands().isEmpty() && !names.containsKey(expression)) {
      String once = readsOperands(expression) ? "" : "once ";
      String value = print(expression);
      String name = "v" + ++named;
      names.put(expression, name);
      line("%s%s%s = %s", indent, once, name, value);
    }
  }

  private boolean readsOperands(Expression expression) {
    Boolean known = reading.get(expression);
    if (known == null) {
      known =
          expression instanceof Expression.Operand
              || expression.operands().stream().anyMatch(this::readsOperands);
      reading.put(expression, known);
    }
    return known;
  }

  private String print(Expression expression) {
    String name = names.get(expression);
    return name != null
        ? name
        : switch (expression) {
          case Expression.Operand(int array) -> array(array);
          case Expression.Scalar(int index) -> scalar(index);
          case Expression.Constant(double value) -> Numbers.print(value);
          case Expression.Unary(Expression.UnaryFunction function, Expression of) ->
              function == Expression.UnaryFunction.NEGATE
                  ? "-" + part(of)
                  : "%s(%s)".formatted(word(function), print(of));
          case Expression.Binary(
                  Expression.BinaryFunction function,
                  Expression left,
                  Expression right) ->
              print(function, left, right);
          case Expression.Fma(Expression factor, Expression other, Expression addend) ->
              "fma(%s, %s, %s)".formatted(print(factor), print(other), print(addend));
          case Expression.IfLess(
                  Expression left,
                  Expression right,
                  Expression then,
                  Expression otherwise) ->
              "(%s < %s ? %s : %s)"
                  .formatted(print(left), print(right), print(then), print(otherwise));
        };
  }

  private String print(Expression.BinaryFunction function, Expression left, Expression right) {
    String sign =
        switch (function) {
          case ADD -> "+";
          case SUBTRACT -> "-";
          case MULTIPLY -> "*";
          case DIVIDE -> "/";
          case POWER -> "^";
          case MAX, MIN -> "";
        };
    return sign.isEmpty()
        ? "%s(%s, %s)".formatted(word(function), print(left), print(right))
        : "%s %s %s".formatted(part(left), sign, part(right));
  }

  /** An expression as a part of another: in parentheses where it has a sign of its own. */
  private String part(Expression expression) {
    boolean signed =
        !names.containsKey(expression)
            && switch (expression) {
              case Expression.Unary(Expression.UnaryFunction function, _) ->
                  function == Expression.UnaryFunction.NEGATE;
              case Expression.Binary(Expression.BinaryFunction function, _, _) ->
                  function != Expression.BinaryFunction.MAX
                      && function != Expression.BinaryFunction.MIN;
              default -> false;
            };
    return signed ? "(" + print(expression) + ")" : print(expression);
  }

  private String array(int array) {
    return memory.arrays().get(array).name();
  }

  private String scalar(int scalar) {
    return memory.scalars().get(scalar).name();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is of a library
  private void line(String format, Object... arguments) {
    text.append(format.formatted(arguments).stripTrailing()).append('\n');
  }
}
