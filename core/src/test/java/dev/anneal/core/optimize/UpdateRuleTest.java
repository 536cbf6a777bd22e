package dev.anneal.core.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.schedule.Constant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateRuleTest {
  private static final List<Hyperparameter> RATE =
      List.of(new Hyperparameter(Optimizer.LEARNING_RATE, new Constant(2)));

  /** Fibonacci numbers: each scalar must read the other as it was before. */
  private static void fibonacci(UpdateRule.Step step) {
    Lane declaredNext = new Lane.Uniform(3);
    Lane first = step.scalar("first", 1, _ -> declaredNext);
    Lane second = step.scalar("second", 1, now -> now.plus(first));
    step.setWeight(step.hyper(Optimizer.LEARNING_RATE).times(first.plus(second)));
  }

  @Test
  void scalarsGoFromStepToStepTogether() {
    UpdateRule rule = UpdateRule.of(RATE, List.of(), UpdateRuleTest::fibonacci);
    double[] uniforms = rule.uniforms();
    double[][] arrays = {{0}, {0}};
    for (double sum : new double[] {2, 3, 5, 8, 13, 21}) {
      uniforms[0] = 2;
      uniforms[1] = 1;
      Kernels.compileDouble(rule.formula()).run(arrays, new int[2], uniforms, 1);
      assertEquals(2 * sum, arrays[0][0]);
      rule.advance(uniforms);
    }
  }

  @Test
  void theUniformsBeginWithRoomForWhatIsReadAndTheScalarsAtTheirStart() {
    UpdateRule rule =
        UpdateRule.of(
            RATE,
            List.of(),
            step -> step.setWeight(step.scalar("half", 0.5, now -> now.times(step.number()))));
    assertEquals(3, rule.formula().uniforms());
    double[] uniforms = rule.uniforms();
    assertEquals(0.5, uniforms[2]);
    uniforms[1] = 3;
    rule.advance(uniforms);
    assertEquals(1.5, uniforms[2]);
  }

  @Test
  void aRuleWithoutScalarsHasNothingToAdvance() {
    UpdateRule rule = UpdateRule.of(RATE, List.of(), step -> step.setWeight(step.number()));
    double[] uniforms = rule.uniforms();
    rule.advance(uniforms);
    assertArrayEquals(new double[2], uniforms);
  }

  @Test
  void slotsHaveNamesAndStarts() {
    UpdateRule rule =
        UpdateRule.of(
            RATE,
            List.of(new Slot("m"), new Slot("sum", 0.1)),
            step -> step.setSlot("sum", step.slot("m")));
    assertEquals(List.of("m", "sum"), rule.slotNames());
    assertEquals(0, rule.slots().getFirst().initial());
    assertEquals(0.1, rule.slots().getLast().initial());
    assertEquals(4, rule.formula().arrays());
  }

  @Test
  void unknownAndRepeatedNamesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> UpdateRule.of(RATE, List.of(), step -> step.setSlot("m", step.weight())));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            UpdateRule.of(
                RATE,
                List.of(),
                step -> {
                  step.scalar("p", 1, now -> now);
                  step.scalar("p", 1, now -> now);
                }));
  }
}
