package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.update.UpdateProgram.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles the description of an optimizer's step to a program: lets the optimizer describe its
 * step to a {@link RuleBuilder}, once for each shape of a parameter.
 */
public final class UpdateCompiler {
  private UpdateCompiler() {}

  /**
   * The program of an optimizer for one parameter.
   *
   * @param optimizer the optimizer
   * @param shape the shape of the parameter
   * @param pass which gradient of the step it is for, from 0
   * @return the program
   * @throws IllegalArgumentException if the step is described wrongly, such as with a
   *     hyper-parameter that is not declared
   */
  public static UpdateProgram compile(Optimizer optimizer, Shape shape, int pass) {
    return compile(optimizer, shape, pass, List.of());
  }

  /**
   * The programs of an optimizer for all its parameters. What is reduced over the group is reduced
   * at the same level in all of them: where parameters of one shape know it sooner, they wait. When
   * that moves it up for some, what depends on it moves up too, so the steps are described again
   * until nothing moves.
   *
   * @param optimizer the optimizer
   * @param shapes those of its parameters
   * @param pass which gradient of the step it is for, from 0
   * @return a program for each parameter
   * @throws IllegalArgumentException if the step is described wrongly
   */
  public static List<UpdateProgram> compile(Optimizer optimizer, List<Shape> shapes, int pass) {
    List<Integer> levels = List.of();
    while (true) {
      List<UpdateProgram> programs = compile(optimizer, shapes, pass, levels);
      List<Integer> latest = latest(programs);
      if (latest.equals(levels)) {
        return programs;
      }
      levels = latest;
    }
  }

  private static List<UpdateProgram> compile(
      Optimizer optimizer, List<Shape> shapes, int pass, List<Integer> groupLevels) {
    Map<Shape, UpdateProgram> known = new HashMap<>();
    List<UpdateProgram> programs = new ArrayList<>();
    for (Shape shape : shapes) {
      boolean fits = !programs.isEmpty() && !programs.getFirst().readsShape();
      programs.add(
          fits
              ? programs.getFirst()
              : known.computeIfAbsent(shape, s -> compile(optimizer, s, pass, groupLevels)));
    }
    return programs;
  }

  private static UpdateProgram compile(
      Optimizer optimizer, Shape shape, int pass, List<Integer> groupLevels) {
    RuleBuilder rule = new RuleBuilder(optimizer.hyperparameters(), shape, pass, groupLevels);
    RecordedStep step =
        new RecordedStep(
            rule,
            "",
            new Expression.Operand(Memory.WEIGHT),
            new Expression.Operand(Memory.GRADIENT),
            rule.number(),
            Map.of());
    optimizer.step(step);
    return rule.program(step.newWeight(), step.stored());
  }

  /** The highest level of each reduction over the group. */
  private static List<Integer> latest(List<UpdateProgram> programs) {
    List<Integer> latest = new ArrayList<>();
    for (UpdateProgram program : programs) {
      List<Integer> levels = program.groupLevels();
      if (levels.size() != programs.getFirst().groupLevels().size()) {
        throw new IllegalArgumentException(
            "an optimizer takes the same sums over its group for parameters of all shapes");
      }
      for (int i = 0; i < levels.size(); i++) {
        if (i == latest.size()) {
          latest.add(levels.get(i));
        } else {
          latest.set(i, Math.max(latest.get(i), levels.get(i)));
        }
      }
    }
    return latest;
  }
}
