package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.update.Memory.Role;
import dev.anneal.core.update.UpdateProgram.Level;
import dev.anneal.core.update.UpdateProgram.MatrixCall;
import dev.anneal.core.update.UpdateProgram.Pass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what is wrong with a program, for tests: a compiler that breaks one of these rules makes
 * programs that read numbers of the step before, or of nothing.
 *
 * <ul>
 *   <li>A temporary is written once, before it is read: a pass reads what earlier levels wrote, a
 *       matrix function also what the passes of its own level wrote.
 *   <li>Levels write temporaries alone. Weights and slots are written by the store, each once, the
 *       gradient and the hyper-parameters by nobody.
 *   <li>A pass writes arrays of its granularity. It reads these, and coarser ones that it spreads.
 *   <li>Pairs are read by matrix functions and chosen by the store, and by nothing else.
 *   <li>What is reduced over the group has a level, and is reduced there.
 * </ul>
 */
public final class ProgramVerifier {
  private final UpdateProgram program;
  private final Memory memory;
  private final List<String> problems = new ArrayList<>();
  private final Set<Integer> arraysKnown = new TreeSet<>();
  private final Set<Integer> scalarsKnown = new TreeSet<>();
  private final Set<Integer> arraysWritten = new TreeSet<>();
  private final Set<Integer> scalarsWritten = new TreeSet<>();

  private ProgramVerifier(UpdateProgram program) {
    this.program = program;
    memory = program.memory();
  }

  /**
   * Looks at a program.
   *
   * @param program any
   * @return what is wrong, a line each; empty for a program that keeps the rules
   */
  public static List<String> verify(UpdateProgram program) {
    ProgramVerifier verifier = new ProgramVerifier(program);
    verifier.all();
    return List.copyOf(verifier.problems);
  }

  private void all() {
    for (int i = 0; i < memory.arrays().size(); i++) {
      if (memory.arrays().get(i).role() != Role.TEMPORARY) {
        arraysKnown.add(i);
      }
    }
    for (int i = 0; i < memory.scalars().size(); i++) {
      if (memory.scalars().get(i).role() != Role.TEMPORARY) {
        scalarsKnown.add(i);
      }
    }
    for (int i = 0; i < program.levels().size(); i++) {
      verify(program.levels().get(i), "level " + (i + 1));
    }
    store();
    program.reports().forEach((name, value) -> scalar("report " + name, value));
    program.evaluated().ifPresent(pass -> reads("evaluate", pass));
    long reduced =
        program.levels().stream()
            .flatMap(each -> each.passes().stream())
            .flatMap(pass -> pass.toScalars().stream())
            .filter(each -> each.granularity() == Granularity.GROUP)
            .count();
    require(
        reduced == program.groupLevels().size(),
        "%d reductions over the group have %d levels",
        reduced,
        program.groupLevels().size());
    for (int index = 0; index < memory.arrays().size(); index++) {
      require(
          memory.arrays().get(index).role() != Role.TEMPORARY || arraysKnown.contains(index),
          "%s is never written",
          array(index));
    }
  }

  private void verify(Level level, String where) {
    Set<Integer> arrays = new TreeSet<>(level.noises());
    level.noises().forEach(array -> write(where, array, Role.TEMPORARY));
    Set<Integer> scalars = new TreeSet<>();
    for (Pass pass : level.passes()) {
      reads(where, pass);
      writes(where, pass, Role.TEMPORARY);
      outputs(pass).forEach(output -> arrays.add(output.array()));
      pass.toScalars()
          .forEach(each -> {
            writeScalar(where, each.scalar(), Role.TEMPORARY);
            scalars.add(each.scalar());
          });
      pass.toArrays()
          .forEach(each -> {
            write(where, each.array(), Role.TEMPORARY);
            require(
                outputs(pass).stream().anyMatch(output -> output.array() == each.terms()),
                "%s: nothing is written to %s, which is reduced",
                where,
                array(each.terms()));
            arrays.add(each.array());
          });
    }
    arraysKnown.addAll(arrays);
    level.calls().forEach(call -> verify(call, where));
    scalarsKnown.addAll(scalars);
    level.calls().forEach(call -> arraysKnown.addAll(call.results()));
  }

  private void verify(MatrixCall call, String where) {
    call.inputs()
        .forEach(array -> {
          Granularity granularity = memory.granularity(array);
          require(
              granularity == Granularity.WEIGHT || isPair(granularity),
              "%s: a matrix function reads %s, which is no matrix",
              where,
              array(array));
          require(arraysKnown.contains(array), "%s: %s is read too early", where, array(array));
        });
    call.numbers().forEach(number -> scalar(where, number));
    call.results().forEach(array -> write(where, array, Role.TEMPORARY));
  }

  private void store() {
    for (Pass pass : program.store().passes()) {
      reads("store", pass);
      writes("store", pass, Role.SLOT);
      require(
          pass.toScalars().isEmpty() && pass.toArrays().isEmpty(), "store: something is reduced");
    }
    require(arraysWritten.contains(Memory.WEIGHT), "store: the weights are not written");
    program
        .store()
        .matrices()
        .forEach((to, from) -> {
          write("store", to, Role.SLOT);
          matrix(from);
        });
    program
        .store()
        .scalars()
        .forEach((to, value) -> {
          writeScalar("store", to, Role.SLOT);
          scalar("store", value);
        });
  }

  /** A choice among arrays of pairs. */
  private void matrix(Expression choice) {
    switch (choice) {
      case Expression.Operand(int array) -> {
        require(isPair(memory.granularity(array)), "store: %s is no pair", array(array));
        require(arraysKnown.contains(array), "store: %s is read too early", array(array));
      }
      case Expression.IfLess(
              Expression left,
              Expression right,
              Expression then,
              Expression otherwise) -> {
        scalar("store", left);
        scalar("store", right);
        matrix(then);
        matrix(otherwise);
      }
      default -> problems.add("store: a matrix is computed, not chosen");
    }
  }

  /** What a pass reads is known by then, and of a granularity that it can read. */
  private void reads(String where, Pass pass) {
    Set<Integer> spread = new TreeSet<>();
    for (Expression each : leaves(outputs(pass), pass)) {
      switch (each) {
        case Expression.Operand(int array) -> {
          Granularity granularity = memory.granularity(array);
          require(arraysKnown.contains(array), "%s: %s is read too early", where, array(array));
          if (granularity != pass.granularity()) {
            spread.add(array);
            require(
                pass.granularity() == Granularity.WEIGHT
                    && (granularity == Granularity.ROW || granularity == Granularity.COLUMN),
                "%s: a pass over %s reads %s",
                where,
                pass.granularity(),
                array(array));
          }
        }
        case Expression.Scalar(int index) ->
            require(scalarsKnown.contains(index), "%s: %s is read too early", where, name(index));
        default -> {}
      }
    }
    require(
        spread.equals(new TreeSet<>(pass.spread())),
        "%s: a pass spreads %s, and reads %s",
        where,
        pass.spread(),
        spread);
  }

  private void writes(String where, Pass pass, Role role) {
    for (KernelSpec.Output output : outputs(pass)) {
      write(where, output.array(), role);
      require(
          memory.granularity(output.array()) == pass.granularity(),
          "%s: a pass over %s writes %s",
          where,
          pass.granularity(),
          array(output.array()));
    }
  }

  private void write(String where, int array, Role role) {
    Role own = memory.arrays().get(array).role();
    require(
        own == role || (own == Role.WEIGHT && role == Role.SLOT),
        "%s: %s is written",
        where,
        array(array));
    require(arraysWritten.add(array), "%s: %s is written twice", where, array(array));
  }

  private void writeScalar(String where, int scalar, Role role) {
    require(memory.scalars().get(scalar).role() == role, "%s: %s is written", where, name(scalar));
    require(scalarsWritten.add(scalar), "%s: %s is written twice", where, name(scalar));
  }

  /** Those that are no terms of a reduction to a scalar. */
  private List<KernelSpec.Output> outputs(Pass pass) {
    return pass.kernel().outputs().stream()
        .filter(output -> output.array() < memory.arrays().size())
        .toList();
  }

  private void scalar(String where, Expression value) {
    Set<Expression> seen = leaves(List.of(value));
    for (Expression each : seen) {
      if (each instanceof Expression.Scalar(int index)) {
        require(scalarsKnown.contains(index), "%s: %s is read too early", where, name(index));
      }
      require(
          !(each instanceof Expression.Operand), "%s: a number of all reads one of each", where);
    }
  }

  private static Set<Expression> leaves(List<KernelSpec.Output> outputs, Pass pass) {
    List<Expression> all = new ArrayList<>(outputs.stream().map(KernelSpec.Output::value).toList());
    pass.toScalars().forEach(each -> all.add(each.of()));
    return leaves(all);
  }

  private static Set<Expression> leaves(Collection<Expression> expressions) {
    Set<Expression> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    expressions.forEach(each -> collect(each, seen));
    return seen;
  }

  private static void collect(Expression expression, Set<Expression> seen) {
    if (seen.add(expression)) {
      expression.operands().forEach(each -> collect(each, seen));
    }
  }

  private static boolean isPair(Granularity granularity) {
    return granularity == Granularity.ROW_PAIR || granularity == Granularity.COLUMN_PAIR;
  }

  private String array(int array) {
    return memory.arrays().get(array).name();
  }

  private String name(int scalar) {
    return memory.scalars().get(scalar).name();
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is of a library
  private void require(boolean holds, String problem, Object... arguments) {
    if (!holds) {
      problems.add(problem.formatted(arguments));
    }
  }
}
