package dev.anneal.preview.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import dev.anneal.preview.RecordedMetrics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule, on what it is for and on what it must pass; 50 epochs of 250 updates. */
class LinterTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final PlannedRun RUN = PlannedRun.of(50, 250, true);

  private static Preview preview(String specification, PlannedRun run) {
    return specification.startsWith("sgd")
        ? Preview.ofOptimizer("x", CATALOGUE.optimizer(specification), run)
        : Preview.of("x", CATALOGUE.schedule(specification), run);
  }

  private static List<Finding> check(Schedule schedule) {
    return Linter.check(Preview.of("x", schedule, RUN));
  }

  private static List<String> rules(List<Finding> findings) {
    return findings.stream().map(Finding::rule).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          time-based(initial=0.1, decay=0.01) per iteration        | decay-per-iteration | 250
          sgd(lr=0.1, decay=0.01)                                  | decay-per-iteration | 250
          sgd(lr=exponential(initial=0.1, rate=0.1) per iteration, decay=1e-9) | decay-per-iteration | 250
          warmup(exponential(initial=0.1, rate=0.1) per iteration, over=5ep, offset=1) per iteration | decay-per-iteration | 250
          scale(exponential(initial=0.1, rate=0.1) per iteration, factor=2) | decay-per-iteration | 250
          warmup(polynomial(initial=0.1) per epoch, over=5ep) per iteration | zero-first-step | 0
          warmup(0.1, over=5ep) per epoch                          | zero-first-step     | 0
          polynomial(initial=0.1, over=80ep) per epoch             | end-not-reached     | 20000
          warmup(polynomial(initial=0.1, over=50ep) per epoch, over=5ep, from=0.1) per epoch | end-not-reached | 13750
          sequence([0.1, 0.01, 0.001], boundaries=[30ep, 60ep])    | never-begins        | 15000
          polynomial(initial=0.1, over=40ep) per epoch             | ended-early         | 10000
          polynomial(initial=0.1, end=0.01, over=30ep) per iteration | ended-early       | 7500
          sum([0.1, polynomial(initial=0.1) per epoch, scale(0.11, factor=-1)]) | negative  | 11500
          sequence([0.1, 0.05, 0.01], boundaries=[20ep, 20ep])     | no-length           | 5000
          sequence([0.1, 0.05], boundaries=[0it])                  | no-length           | 0
          warmup(polynomial(initial=0.1) per epoch, over=0ep) per epoch | no-length      | 0
          warmup(polynomial(initial=0.1) per epoch, over=60ep, offset=1) per iteration | warm-up-too-long | 15000
          warmup(0.1, over=100%, offset=1) per iteration           | warm-up-too-long    | 12500
          sequence([0.1, 0.01], boundaries=[4999it])               | off-by-one          | 4999
          sequence([0.1, 0.01], boundaries=[5002it])               | off-by-one          | 5002
          polynomial(initial=0.1, over=12498it) per iteration      | ended-early         | 12498
          step(initial=0.1, factor=0.5, every=60ep) per epoch      | never-changes       | 12500
          polynomial(initial=0.1, end=0.1) per epoch               | never-changes       | 12500
          sgd(lr=sequence([polynomial(initial=0.1, end=0.2) per iteration, polynomial(initial=0.2, end=0.01) per iteration], boundaries=[40%]), momentum=sequence([polynomial(initial=0.85, end=0.95) per iteration, polynomial(initial=0.95, end=0.85) per iteration], boundaries=[40%])) | momentum-in-phase | 5000
          """)
  void isFound(String specification, String rule, long iteration) {
    List<Finding> findings = Linter.check(preview(specification, RUN));
    assertEquals(List.of(rule), rules(findings), findings.toString());
    assertEquals(iteration, findings.getFirst().iteration());
    assertEquals(Finding.Severity.WARNING, findings.getFirst().severity());
    assertTrue(findings.getFirst().sentence().endsWith(" [" + rule + "]"));
  }

  /** What many do on purpose. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1",
        "scale(0.1, factor=0.5)",
        "polynomial(initial=0.1) per epoch",
        "polynomial(initial=0.1) per iteration",
        "polynomial(initial=0.1, end=0.01, over=46ep) per iteration",
        "polynomial(initial=0.1, power=2, over=12500it) per iteration",
        "polynomial(initial=0.1, over=12499it) per iteration",
        "sequence([polynomial(initial=0.1) per epoch, polynomial(initial=0.01, end=0.05, over=2ep)"
            + " per epoch], boundaries=[40ep])",
        "time-based(initial=0.1, decay=0.0001) per iteration",
        "time-based(initial=0.1, decay=0.01) per epoch",
        "time-based(initial=0.1, decay=0.005, form=recursive) per epoch",
        "exponential(initial=0.5, rate=0.1) per epoch",
        "exponential(initial=0.5, rate=0.0001) per iteration",
        "step(initial=0.1, factor=0.5, every=10ep) per epoch",
        "step(initial=0.1, factor=0.5, every=10ep, offset=1) per epoch",
        "step(initial=0.1, factor=0.5, every=1000it) per iteration",
        "sequence([0.1, 0.01, 0.001], boundaries=[25ep, 40ep])",
        "sequence([0.1, 0.01, 0.001], boundaries=[50%, 75%])",
        "sequence([0.1, 0.01], boundaries=[1234it])",
        "warmup(polynomial(initial=0.1) per iteration, over=5ep, offset=1) per iteration",
        "warmup(polynomial(initial=0.1) per iteration, over=499it, offset=1) per iteration",
        "warmup(polynomial(initial=0.1) per iteration, over=5%, from=0.01) per iteration",
        "warmup(step(initial=0.1, factor=0.1, every=10ep) per epoch, over=10ep, offset=1,"
            + " clock=during) per iteration",
        "warmup(exponential(initial=0.1, rate=0.05) per epoch, over=5ep, offset=1, clock=multiply)"
            + " per iteration",
        "repeat(polynomial(initial=0.1, end=0.01) per iteration, every=10ep)",
        "repeat(polynomial(initial=0.1, end=0.01) per iteration, every=12ep)",
        "repeat(sequence([0.1, 0.01], boundaries=[5ep]), every=12ep)",
        "product([step(initial=1, factor=0.1, every=20ep) per epoch, step(initial=0.1, factor=0.5,"
            + " every=10ep) per epoch])",
        "max([exponential(initial=0.1, rate=0.1) per epoch, 0.001])",
        "clamp(polynomial(initial=0.1) per iteration, low=0.001)",
        "shift(polynomial(initial=0.1, over=45ep) per iteration, by=5ep)",
        "sgd(lr=0.1, decay=1e-5)",
        "sgd(lr=polynomial(initial=0.1) per iteration, momentum=warmup(0.9, over=5ep) per"
            + " iteration)",
        "sgd(lr=polynomial(initial=0.1) per iteration, momentum=polynomial(initial=0.9, end=0.5)"
            + " per epoch)",
        "sgd(lr=sequence([polynomial(initial=0.01, end=0.2) per iteration, polynomial(initial=0.2,"
            + " end=0.01) per iteration], boundaries=[40%]),"
            + " momentum=sequence([polynomial(initial=0.95, end=0.85) per iteration,"
            + " polynomial(initial=0.85, end=0.95) per iteration], boundaries=[40%]))",
      })
  void isPassed(String specification) {
    assertEquals(List.of(), Linter.check(preview(specification, RUN)));
  }

  @Test
  void aRunThatNobodyCouldWalkThroughIsSearchedInHalves() {
    long place = 123_456_789_012_345_678L;
    Schedule schedule = progress -> progress.iteration() < place ? 1 : -1;
    PlannedRun endless =
        new PlannedRun(Long.MAX_VALUE, 250, MetricHistory.measured(true), RecordedMetrics.NONE);
    List<Finding> findings =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> Linter.check(Preview.of("x", schedule, endless)));
    assertEquals(List.of("negative"), rules(findings));
    assertEquals(place, findings.getFirst().iteration());
  }

  @Test
  void theTrapIsNamedWithItsFigures() {
    assertEquals(
        "the decay is applied 250 times an epoch: the rate is 0.0286 after epoch 1, not 0.099; if"
            + " 0.099 was meant, write time-based(initial=0.1, decay=0.01) per epoch, and no decay"
            + " in the optimizer [decay-per-iteration]",
        Linter.check(preview("sgd(lr=0.1, decay=0.01)", RUN)).getFirst().sentence());
  }

  @Test
  void theFormToUseReadsBackAsTheRateThatWasMeant() {
    String trap = "exponential(initial=0.5, rate=0.1) per iteration";
    String advice = Linter.check(preview(trap, RUN)).getFirst().advice();
    String form = advice.substring(advice.indexOf("write ") + "write ".length());
    Preview mended = preview(form, RUN);
    assertEquals(0.5 * Math.exp(-0.1), mended.rate().at(250), 1e-15);
    assertEquals(List.of(), Linter.check(mended));
  }

  @Test
  void aLengthIsToldInUpdatesAndEpochs() {
    String early =
        Linter.check(preview("polynomial(initial=0.1, over=40ep) per epoch", RUN))
            .getFirst()
            .what();
    assertEquals(
        "it ends at iteration 10,000 (epoch 40), and the rate is 0 for the last 2,500 updates (10"
            + " epochs), which change nothing",
        early);
  }

  @Test
  void aZeroOfManyUpdatesIsCountedInALongRunToo() {
    PlannedRun run = new PlannedRun(3_000_000, 1_000_000, RUN.measured(), RUN.recorded());
    Schedule late = progress -> progress.iteration() < 77 ? 0 : 0.1;
    String what = Linter.check(Preview.of("x", late, run)).getFirst().what();
    assertTrue(what.contains("first 77 updates"), what);
  }

  /** The cosine that goes on beyond its half period. */
  private record Wave(boolean says) implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0.11 + 0.1 * Math.cos(Math.PI * progress.iteration() / 10_000);
    }

    @Override
    public List<Boundary> boundaries(Progress run) {
      return List.of(says ? Boundary.bend(10_000, "rise") : Boundary.end(10_000));
    }
  }

  @Test
  void aRiseAfterTheEndIsFound() {
    for (boolean says : new boolean[] {false, true}) {
      List<Finding> findings = check(new Wave(says));
      assertEquals(List.of("rises-after-end"), rules(findings));
      assertEquals(10_000, findings.getFirst().iteration());
      assertTrue(findings.getFirst().what().contains("iteration 12,499"), findings.toString());
    }
    // Another schedule may begin higher.
    assertEquals(
        List.of(),
        check(
            CATALOGUE.schedule(
                "sequence([polynomial(initial=0.1, end=0.01, over=10ep) per epoch, 0.05],"
                    + " boundaries=[20ep])")));
  }

  @Test
  void whatIsNotFiniteIsAnError() {
    List<Finding> findings = check(progress -> 1.0 / (progress.iteration() - 777));
    Finding worst = findings.getFirst();
    assertEquals("not-finite", worst.rule());
    assertEquals(Finding.Severity.ERROR, worst.severity());
    assertEquals(777, worst.iteration());
  }

  /** Driven by a metric, as a reduction on a plateau is. */
  private record Driven(String metric) implements Schedule {
    @Override
    public double at(Progress progress) {
      return 0.1;
    }

    @Override
    public Optional<String> monitored() {
      return Optional.of(metric);
    }
  }

  @Test
  void aMetricThatWillNotBeMeasuredIsAnError() {
    assertEquals(List.of(), check(new Driven("val_loss")));
    Schedule inside = new Driven("val_loss").scale(2);
    List<Finding> findings = Linter.check(Preview.of("x", inside, PlannedRun.of(50, 250, false)));
    assertEquals(List.of("unmeasured-metric"), rules(findings));
    assertEquals(Finding.Severity.ERROR, findings.getFirst().severity());
    assertTrue(findings.getFirst().advice().startsWith("validate"), findings.toString());
    assertFalse(check(new Driven("val_los")).isEmpty());
  }

  @Test
  void aMomentumIsNamed() {
    Preview preview =
        new Preview(
            "x",
            Stream.of(
                    new Hyperparameter("learning_rate", progress -> 0.1 / (1 + progress.epoch())),
                    new Hyperparameter("momentum", progress -> 0.5 - progress.epoch()))
                .map(each -> new HyperparameterPreview(each.name(), each.schedule(), RUN))
                .toList());
    String sentence = Linter.check(preview).getFirst().sentence();
    assertEquals(
        "momentum: the value is negative from iteration 250 (epoch 1) on, at the least -48.5;"
            + " clamp(..., low=0) keeps it from that [negative]",
        sentence);
  }

  /** Each group has a rate and a momentum of its own, and findings say whose. */
  @Test
  void findingsNameTheGroup() {
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    schedules.put(
        "dense_1/learning_rate",
        CATALOGUE.schedule("polynomial(initial=0.1, over=500ep) per epoch"));
    schedules.put("dense_2/learning_rate", CATALOGUE.schedule("one-cycle(peak=0.1) per iteration"));
    schedules.put("dense_2/momentum", CATALOGUE.schedule("one-cycle(peak=0.9) per iteration"));
    List<Finding> findings = Linter.check(Preview.of("x", schedules, RUN));
    assertEquals(
        List.of("dense_1/learning_rate end-not-reached", "dense_2/momentum momentum-in-phase"),
        findings.stream().map(finding -> finding.subject() + " " + finding.rule()).toList());
    assertTrue(
        findings.getFirst().sentence().startsWith("dense_1/learning_rate: it "),
        findings.getFirst().sentence());
  }
}
