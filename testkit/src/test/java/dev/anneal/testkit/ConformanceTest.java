package dev.anneal.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A plugin that breaks a law fails the suite with a message that names the law and the plugin. */
class ConformanceTest {
  /** What failed, as one who extends the suite reads it. */
  private static List<String> failures(String plugin, DiscoverySelector selector) {
    List<String> failures = new ArrayList<>();
    int[] run = {0};
    Broken.name = plugin;
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selector)
                .configurationParameter("jqwik.database", "")
                .configurationParameter("jqwik.failures.after.default", "RANDOM_SEED")
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                run[0] += test.isTest() ? 1 : 0;
                result.getThrowable().ifPresent(error -> failures.add(error.getMessage()));
              }
            });
    assertTrue(run[0] > 0, "nothing was run");
    return failures;
  }

  @Test
  void whatBreaksNoLawPasses() {
    assertEquals(List.of(), failures("good", selectClass(Broken.ScheduleSuite.class)));
    assertEquals(List.of(), failures("descending", selectClass(Broken.OptimizerSuite.class)));
  }

  @ParameterizedTest
  @CsvSource({
    "pure, counting, theSameProgressGivesTheSameBits",
    "resume, counting, aRunResumesAtAnyStep",
    "identity, counting, aWrapperThatChangesNothingChangesNoBit",
    "parts, counting, aPartIsReadAsARunOfItsOwn",
    "warm-up, counting, aWarmUpEndsAtTheFirstValue",
    "finite, not-a-number, everyValueIsFiniteAndInBounds",
    "bounds, negative, everyValueIsFiniteAndInBounds",
    "no-throw, throwing, everyValueIsFiniteAndInBounds",
    "notation, misread, whatIsPrintedReadsBackEqual",
    "boundaries, square, theValueJumpsWhereDeclaredAndHoldsAfterItsEnd",
    "allocation, hungry, readingAllocatesNothing",
    "progress, pushing, readingLeavesTheProgressWhereItIs",
    "metrics, by-loss, onlyDeclaredMetricsDriveIt",
  })
  void aScheduleThatBreaksALawIsTold(String law, String plugin, String property) {
    told(law, plugin, Broken.ScheduleSuite.class, property);
  }

  @ParameterizedTest
  @CsvSource({
    "rate-zero, restless, atRateZeroNothingMoves",
    "gradient-zero, drifting, withoutGradientNothingMoves",
    "finite, unguarded, unequalGradientsLeaveFiniteNumbers",
    "rule, undeclared, theStepUsesWhatItDeclares",
    "hyperparameters, rateless, hyperparametersAreNamedAndStable",
    "learning-rate, stubborn, anotherLearningRateReplacesIt",
    "descent, ascending, itConvergesOnAQuadratic",
    "descent, ascending, itLowersRosenbrock",
    "descent, blurred, itFitsALayer",
    "descent, ascending, itFitsALayerBySamplesInTurn",
    "precision, coarse, aStepKeepsItsDigits",
  })
  void anOptimizerThatBreaksALawIsTold(String law, String plugin, String property) {
    told(law, plugin, Broken.OptimizerSuite.class, property);
  }

  /** What goes wrong with matrices alone is seen there, and by no other law. */
  @Test
  void onlyALayerTellsWhatIsWrongWithMatrices() {
    List<String> failures = failures("blurred", selectClass(Broken.OptimizerSuite.class));
    assertEquals(2, failures.size(), failures::toString);
    assertTrue(
        failures.stream().allMatch(failure -> failure.contains("takes least squares")),
        failures::toString);
  }

  private static void told(String law, String plugin, Class<?> suite, String property) {
    String method =
        List.of(suite.getSuperclass().getDeclaredMethods()).stream()
            .filter(each -> each.getName().equals(property))
            .map(each ->
                suite.getName()
                    + "#"
                    + property
                    + List.of(each.getParameterTypes()).stream()
                        .map(Class::getName)
                        .collect(java.util.stream.Collectors.joining(",", "(", ")")))
            .findFirst()
            .orElseThrow();
    List<String> failures = failures(plugin, selectMethod(method));
    assertEquals(1, failures.size(), failures::toString);
    String message = failures.getFirst();
    assertTrue(message.startsWith("law " + law + ": " + plugin), message);
  }
}
