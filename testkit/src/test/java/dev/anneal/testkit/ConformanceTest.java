package dev.anneal.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.testkit.BrokenPlugins.Fault;
import dev.anneal.testkit.BrokenPlugins.Flaw;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** A plugin that breaks a law is told so: the first of them, with a plugin that shows it. */
class ConformanceTest {
  private static final Catalogue CATALOGUE = BrokenPlugins.CATALOGUE;

  private static final class Schedules extends ScheduleConformance {
    private final Arbitrary<? extends Schedule> schedules;

    Schedules(Arbitrary<? extends Schedule> schedules) {
      this.schedules = schedules;
    }

    @Override
    protected Catalogue catalogue() {
      return CATALOGUE;
    }

    @Override
    protected Arbitrary<? extends Schedule> schedules() {
      return schedules;
    }

    @Override
    protected double least(Schedule schedule) {
      return schedule == BrokenSchedule.BELOW_0 ? 0 : super.least(schedule);
    }

    @Override
    protected double greatest(Schedule schedule) {
      return schedule == BrokenSchedule.ABOVE_10 ? 10 : super.greatest(schedule);
    }
  }

  private static final class Optimizers extends OptimizerConformance {
    private final Arbitrary<Optimizer> optimizers;
    private final String tuned;

    Optimizers(Arbitrary<Optimizer> optimizers, String tuned) {
      this.optimizers = optimizers;
      this.tuned = tuned;
    }

    @Override
    protected Catalogue catalogue() {
      return CATALOGUE;
    }

    @Override
    protected Arbitrary<Optimizer> optimizers() {
      return optimizers;
    }

    @Override
    protected List<Optimizer> tuned() {
      return List.of(CATALOGUE.optimizer(tuned));
    }
  }

  /** An optimizer that is no plugin. */
  private record Plain(Schedule learningRate) implements Optimizer {
    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, learningRate));
    }

    @Override
    public void step(StepBuilder step) {
      step.setWeight(step.weight().minus(step.learningRate().times(step.gradient())));
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return new Plain(schedule);
    }
  }

  /** The message of the first law that fails; nothing if none does. */
  private static String first(Conformance<?> suite) {
    for (DynamicTest test : suite.laws().toList()) {
      try {
        test.getExecutable().execute();
      } catch (AssertionError e) {
        return e.getMessage();
      } catch (Throwable e) {
        throw new AssertionError(test.getDisplayName(), e);
      }
    }
    return "";
  }

  private static void assertTold(String law, String plugin, Conformance<?> suite) {
    String message = first(suite);
    assertTrue(message.startsWith("law " + law + ": " + plugin), message);
  }

  @ParameterizedTest
  @EnumSource
  void aScheduleIsToldTheFirstLawThatItBreaks(BrokenSchedule broken) {
    assertTold(broken.law(), Catalogue.print(broken), new Schedules(Arbitraries.just(broken)));
  }

  @ParameterizedTest
  @CsvSource({
    "notation, misread",
    "notation, odd-hash",
    "clock, impatient",
  })
  void aScheduleWithParametersIsToldTheFirstLawThatItBreaks(String law, String plugin) {
    assertTold(law, plugin, new Schedules(Specifications.schedules(CATALOGUE, plugin)));
  }

  @ParameterizedTest
  @CsvSource({
    "pure, fickle",
    "finite, fragile",
    "continuity, spiking",
    "allocation, wasteful",
  })
  void aScheduleAroundAnotherIsToldTheFirstLawThatItBreaks(String law, String plugin) {
    assertTold(
        law,
        plugin,
        new Schedules(
            Specifications.schedules(CATALOGUE, plugin)
                .with("schedule", "2", "0", "good(2) per iteration")));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void anOptimizerIsToldTheFirstLawThatItBreaks(Fault fault) {
    assertTold(fault.law(), "rule", suite(fault));
  }

  private static Optimizers suite(Fault fault) {
    String word = Catalogue.print(fault);
    return new Optimizers(
        Specifications.optimizers(CATALOGUE, "rule").with("fault", word), "rule(" + word + ")");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void anOptimizerAroundAnotherIsToldTheFirstLawThatItBreaks(Flaw flaw) {
    assertTold(flaw.law(), "wrapper", suite(flaw));
  }

  private static Optimizers suite(Flaw flaw) {
    String word = Catalogue.print(flaw);
    return new Optimizers(
        Specifications.optimizers(CATALOGUE, "wrapper")
            .with("flaw", word)
            .with("optimizer", "rule(none)", "wrapper(none, optimizer=rule(none))"),
        "wrapper(%s, optimizer=rule(none))".formatted(word));
  }

  @Test
  void whatBreaksNoLawPasses() {
    new Schedules(Specifications.schedules(CATALOGUE, "good")).check();
    suite(Fault.NONE).check();
    suite(Flaw.NONE).check();
    Laws.checkSchedule(progress -> 1 / (1.0 + progress.iteration()));
    Laws.checkOptimizer(new Plain(new Constant(0.05)));
  }

  @Test
  void whatFollowsFromABrokenLawIsSkippedAndSaysWhy() {
    List<String> skipped = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (DynamicTest test :
        new Schedules(Arbitraries.just(BrokenSchedule.COUNTING)).laws().toList()) {
      try {
        test.getExecutable().execute();
      } catch (TestAbortedException e) {
        skipped.add(e.getMessage());
      } catch (Throwable e) {
        failed.add(test.getDisplayName());
      }
    }
    assertEquals(List.of("law pure"), failed);
    assertEquals(8, skipped.size(), skipped::toString);
    assertTrue(skipped.contains("law resume is skipped: law pure is broken"), skipped::toString);
  }

  @Test
  void allThatIsBrokenIsToldAtOnceInTheOrderOfTheLaws() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                new Schedules(Specifications.schedules(CATALOGUE, "misread", "impatient")).check());
    List<String> lines = error.getMessage().lines().toList();
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("law notation: misread("), lines::toString);
    assertTrue(lines.get(1).startsWith("law clock: impatient("), lines::toString);
  }

  /** Not every draw shrinks to the very simplest. */
  @Test
  void whatIsShownIsASimpleOneThatBreaksTheLaw() {
    String message = drawn17("impatient");
    assertTrue(
        message.startsWith(
            "law clock: impatient(value=1) per epoch is 1.0 at iteration 1 of 1, 2 an epoch;"
                + " later in its epoch it is 0.5"),
        message);
  }

  @Test
  void theSeedOfAFailureReplaysIt() {
    String message = drawn17("fragile");
    assertTrue(message.endsWith("(drawn with -Danneal.laws.seed=17)"), message);
    assertEquals(message, drawn17("fragile"));
  }

  /** The first failure of schedules that are drawn with the same seed each time. */
  private static String drawn17(String name) {
    String before = System.getProperty("anneal.laws.seed", "");
    System.setProperty("anneal.laws.seed", "17");
    try {
      return first(new Schedules(Specifications.schedules(CATALOGUE, name)));
    } finally {
      System.setProperty("anneal.laws.seed", before);
    }
  }

  @Test
  void aLawOfOnesOwnComesAfterTheOthers() {
    Law<Schedule> falls =
        Law.<Schedule>of(
                "falls",
                (schedule, run, _) -> {
                  double[] values = run.series(schedule);
                  Law.demand(
                      values[1] < values[0],
                      () -> "goes from %s to %s".formatted(values[0], values[1]));
                })
            .after("finite");
    ScheduleConformance suite =
        new ScheduleConformance() {
          @Override
          protected Arbitrary<Schedule> schedules() {
            return Arbitraries.just(_ -> 2);
          }

          @Override
          protected List<Law<Schedule>> moreLaws() {
            return List.of(falls);
          }
        };
    assertTold("falls", "a lambda goes from 2.0 to 2.0", suite);
  }

  @Test
  void aPluginThatRefusesAllIsNamedWithItsReason() {
    InputException error =
        assertThrows(
            InputException.class,
            () -> new Schedules(Specifications.schedules(CATALOGUE, "picky")).check());
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("picky: value must be below -1"), message);
  }

  @Test
  void aNameThatNobodyHasIsRefused() {
    assertThrows(InputException.class, () -> Specifications.schedules(CATALOGUE, "god"));
    assertThrows(
        InputException.class, () -> Specifications.schedules(CATALOGUE, "good").with("speed", "1"));
  }
}
