package dev.anneal.core.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.update.UpdateProgram.Level;
import dev.anneal.core.update.UpdateProgram.Pass;
import dev.anneal.core.update.UpdateProgram.Shape;
import dev.anneal.core.update.UpdateProgram.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The printed form of a program, and what the verifier has against broken ones. */
class UpdateProgramTest {
  private static final Slot M = new Slot("m");
  private static final Slot PAIRS = new Slot("pairs", Granularity.ROW_PAIR, 0);
  private static final Slot STEPS = new Slot("steps", Granularity.PARAMETER, 0);

  private record Described(Consumer<StepBuilder> body) implements Optimizer {
    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, new Constant(2)));
    }

    @Override
    public void step(StepBuilder step) {
      body.accept(step);
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return this;
    }
  }

  /** The products of the rows with each other. */
  private record RowProducts() implements MatrixFunction {
    @Override
    public List<Granularity> results() {
      return List.of(Granularity.ROW_PAIR);
    }

    @Override
    public Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
      return results.getFirst().product(inputs.getFirst(), false, inputs.getFirst(), true);
    }
  }

  private static UpdateProgram compile(Consumer<StepBuilder> body) {
    return UpdateCompiler.compile(new Described(body), new Shape(2, 3), 0);
  }

  /** Sums over rows and over the group, a matrix function, noise, slots of all kinds. */
  private static UpdateProgram everything() {
    return compile(step -> {
      Expression g = step.gradient().plus(step.noise());
      Expression rows = step.sum(Granularity.ROW, g.times(g));
      Expression norm = step.sum(Granularity.GROUP, rows).sqrt();
      Expression steps = step.slot(STEPS).plus(1);
      step.set(STEPS, steps);
      step.set(
          PAIRS, step.matrices(new RowProducts(), List.of(step.gradient()), List.of()).getFirst());
      Expression m = step.slot(M).plus(g);
      step.set(M, m);
      step.setWeight(step.weight().minus(step.learningRate().dividedBy(norm).times(m)));
      step.report("norm", norm);
    });
  }

  @Test
  void aProgramIsPrintedLevelByLevel() {
    assertEquals(
        """
        memory
          w                        weight       the weights
          g                        weight       the gradient
          noise_1                  weight       computed on the way
          sum_1                    row          computed on the way
          terms_1                  weight       computed on the way
          result_1                 row pair     computed on the way
          pairs                    row pair     kept, at first 0
          m                        weight       kept, at first 0
          step                     group        the number of the step, from 1
          samples                  group        the samples of the batch
          last                     group        1 in the last update of the run, else 0
          sum_2                    group        computed on the way
          steps                    parameter    kept, at first 0
          hyper-parameters: learning_rate
        level 1
          noise_1 = noise
          result_1 = RowProducts(g)
        level 2
          for each weight
            v1 = g + noise_1
            terms_1 = v1 * v1
            sum_1 = sum over the row of terms_1
        level 3
          for each row
            sum_2 = sum over the group of sum_1
          over all parameters of the group: sum_2
        store
          for each weight
            v2 = m + (g + noise_1)
            w = w - ((learning_rate / sqrt(sum_2)) * v2)
            m = v2
          pairs = result_1
          steps = steps + 1
        report
          norm = sqrt(sum_2)
        """,
        everything().toString());
  }

  @Test
  void theCompilersProgramKeepsTheRules() {
    assertEquals(List.of(), ProgramVerifier.verify(everything()));
  }

  /** Each change to a right program, and what the verifier says of it. */
  @Test
  void brokenProgramsAreNamed() {
    UpdateProgram right = everything();
    assertProblem("level 1: noise_1 is read too early", swapped(right));
    assertProblem("level 2: sum_1 is read too early", without(right, 1));
    assertProblem("store: m is written twice", storing(right, twice(right.store())));
    assertProblem("store: g is written", storing(right, writing(right.store(), Memory.GRADIENT)));
    assertProblem(
        "store: the weights are not written",
        storing(right, new Store(List.of(), right.store().matrices(), right.store().scalars())));
    assertProblem(
        "store: a matrix is computed, not chosen",
        storing(
            right,
            new Store(
                right.store().passes(),
                Map.of(6, new Expression.Operand(5).plus(1)),
                right.store().scalars())));
    assertProblem(
        "store: a number of all reads one of each",
        storing(
            right,
            new Store(
                right.store().passes(),
                right.store().matrices(),
                Map.of(3, new Expression.Operand(Memory.WEIGHT)))));
    assertProblem("a pass spreads", storing(right, spreading(right.store())));
    assertProblem(
        "reductions over the group have 0 levels",
        new UpdateProgram(
            right.memory(),
            right.levels(),
            right.store(),
            right.reports(),
            right.evaluated(),
            List.of(),
            true));
  }

  @Test
  void aRuleThatKnowsItsShapeSaysSo() {
    assertFalse(compile(step -> step.setWeight(step.weight())).readsShape());
    assertEquals(true, compile(s -> s.setWeight(s.weight().times(s.rows()))).readsShape());
    assertEquals(Optional.empty(), everything().evaluated());
  }

  private static void assertProblem(String expected, UpdateProgram program) {
    List<String> problems = ProgramVerifier.verify(program);
    assertEquals(
        true, problems.stream().anyMatch(each -> each.contains(expected)), () -> "" + problems);
  }

  private static UpdateProgram with(UpdateProgram program, List<Level> levels, Store store) {
    return new UpdateProgram(
        program.memory(),
        levels,
        store,
        program.reports(),
        program.evaluated(),
        program.groupLevels(),
        program.readsShape());
  }

  private static UpdateProgram storing(UpdateProgram program, Store store) {
    return with(program, program.levels(), store);
  }

  private static UpdateProgram swapped(UpdateProgram program) {
    List<Level> levels = new ArrayList<>(program.levels());
    levels.set(0, program.levels().get(1));
    levels.set(1, program.levels().get(0));
    return with(program, levels, program.store());
  }

  private static UpdateProgram without(UpdateProgram program, int level) {
    List<Level> levels = new ArrayList<>(program.levels());
    levels.remove(level);
    return with(program, levels, program.store());
  }

  private static Store twice(Store store) {
    return writing(store, 7);
  }

  private static Store writing(Store store, int array) {
    Pass pass = store.passes().getFirst();
    List<KernelSpec.Output> outputs = new ArrayList<>(pass.kernel().outputs());
    outputs.add(new KernelSpec.Output(array, new Expression.Operand(Memory.GRADIENT)));
    KernelSpec kernel = new KernelSpec(pass.kernel().arrays(), pass.kernel().scalars(), outputs);
    return new Store(
        List.of(
            new Pass(pass.granularity(), kernel, pass.spread(), pass.toScalars(), pass.toArrays())),
        store.matrices(),
        store.scalars());
  }

  private static Store spreading(Store store) {
    Pass pass = store.passes().getFirst();
    return new Store(
        List.of(
            new Pass(
                pass.granularity(), pass.kernel(), List.of(3), pass.toScalars(), pass.toArrays())),
        store.matrices(),
        store.scalars());
  }
}
