package dev.anneal.comparison;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.ReadingListener;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.training.Ending;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What contests make of runs that are made up. */
class ContestTest {
  private static final double NAN = Double.NaN;

  /** Makes up the validation loss of a run; one that is no number is of a run that diverged. */
  @FunctionalInterface
  private interface Losses {
    double of(int contender, int draw);
  }

  static TrainingData open(Experiment experiment) {
    return experiment.data().open(experiment.seed(), ReadingListener.NONE);
  }

  private static Contest contest(Draws draws, Criterion by, String... names) {
    List<Experiment> experiments =
        Stream.of(names)
            .map(name ->
                Experiment.parse(
                    "test",
                    "name: %s\ndata: ionosphere\nsplit: stratified\nepochs: 1\n".formatted(name),
                    Catalogue.load()))
            .toList();
    return new Contest(experiments, draws, by, OptionalDouble.empty(), ContestTest::open);
  }

  private static Contest contest(String seeds, String... names) {
    return contest(Draws.parse(seeds, 1), new Criterion.Loss(), names);
  }

  private static RunRecord run(String name, double loss) {
    return run(name, loss, Double.isNaN(loss) ? Ending.DIVERGED : Ending.COMPLETED);
  }

  private static RunRecord run(String name, double loss, Ending ending) {
    EpochRecord row = new EpochRecord(1, loss, 0.9, loss, 1 - loss, 0.1);
    return new RunRecord(
        name,
        "0.1",
        "sgd",
        List.of(row),
        row,
        ending,
        List.of(),
        Map.of(),
        Diagnostics.NONE,
        1,
        1,
        Map.of(),
        "");
  }

  private static Verdict decided(Contest contest, Losses losses) {
    Random order = new Random(1);
    while (!contest.isDecided()) {
      List<Entry> entries = new ArrayList<>(contest.next());
      Collections.shuffle(entries, order);
      for (Entry entry : entries) {
        int draw = contest.draws().all().indexOf(entry.draw());
        contest.record(
            entry, run(entry.run().experiment().name(), losses.of(entry.contender(), draw)));
      }
      contest.look();
    }
    return contest.verdict();
  }

  /** A little noise, the same each time. */
  private static double noise(int contender, int draw) {
    return 0.01 * Math.sin(7 * contender + 3.0 * draw);
  }

  @Test
  void whoIsOutTakesNoMoreSeeds() {
    Contest contest = contest("8", "a", "b", "bad");
    assertEquals(9, contest.next().size());
    Verdict verdict = decided(contest, (i, draw) -> (i == 2 ? 0.5 : 0.2) + noise(i, draw));
    assertEquals(Verdict.Kind.UNDECIDED, verdict.kind());
    assertEquals(List.of("a", "b"), verdict.best());
    assertTrue(verdict.supported());
    assertEquals(
        List.of(8, 8, 3), contest.contenders().stream().map(each -> each.runs().size()).toList());
    assertTrue(
        verdict
            .text()
            .startsWith(
                "By validation loss the best is “a” or “b”: 8 seeds do not tell which. “bad” is"
                    + " behind by at least "),
        verdict::text);
    assertTrue(verdict.text().contains("more than 50 seeds would not tell"), verdict::text);
  }

  @Test
  void theBestIsNamedWithItsLead() {
    Verdict verdict =
        decided(contest("5", "a", "b"), (i, draw) -> 0.2 + 0.1 * i + 0.01 * Math.sin(draw + i));
    assertEquals(Verdict.Kind.BEST, verdict.kind());
    assertEquals(List.of("a"), verdict.best());
    assertTrue(
        verdict.text().startsWith("“a” is the best of these 2 by validation loss: 0."),
        verdict::text);
    assertTrue(verdict.text().contains("It is lower by 0.0"), verdict::text);
    assertTrue(verdict.text().contains("of 20 comparisons"), verdict::text);
  }

  @Test
  void oneSeedIsADraw() {
    Verdict verdict = decided(contest("1", "a", "b"), (i, draw) -> i);
    assertFalse(verdict.supported());
    assertEquals(List.of("a", "b"), verdict.best());
    assertTrue(
        verdict.text().startsWith("One seed: this is a draw, not a comparison"), verdict::text);
  }

  @Test
  void theSameTrainingIsIdentical() {
    Contest contest = contest("8", "a", "b");
    Verdict verdict = decided(contest, (i, draw) -> 0.1 * draw);
    assertEquals(Verdict.Kind.IDENTICAL, verdict.kind());
    assertEquals(3, contest.seeds());
    assertTrue(verdict.text().contains("are identical"), verdict::text);
  }

  /** It counts as the constant prediction, is named, and is not what is recommended. */
  @Test
  void whoDivergesInSomeSeedsIsUnstable() {
    Contest contest = contest("5", "a", "wild");
    Verdict verdict =
        decided(
            contest,
            (i, draw) -> i == 0 ? 0.3 + noise(0, draw) : draw == 1 ? NAN : 0.1 + noise(1, draw));
    Contender wild = contest.contenders().get(1);
    assertEquals(1, wild.diverged().size());
    assertTrue(wild.mean() > 0.1 && wild.mean() < 0.4, () -> "mean " + wild.mean());
    assertEquals(List.of("a", "wild"), verdict.best());
    assertEquals("a", verdict.recommended().orElseThrow());
    assertTrue(
        verdict
            .text()
            .contains(
                "“wild” is unstable: it diverged in 1 of 5 seeds (seed 2), which may be 0.51 to 72"
                    + " in 100. It is not recommended."),
        verdict::text);
    RunRecord average = wild.average();
    assertEquals(0.1, average.kept().valLoss(), 0.01);
    assertFalse(average.diverged());
  }

  /** The last finite weights of a run that went astray may have been good ones. */
  @Test
  void aDivergedRunIsWorthNoMoreThanTheConstantPrediction() {
    Criterion loss = new Criterion.Loss();
    assertEquals(0.69, loss.worth(run("a", 0.2, Ending.DIVERGED), 0.69));
    assertEquals(0.2, loss.worth(run("a", 0.2), 0.69));
    assertEquals(0.69, loss.worth(run("a", 900), 0.69));
    assertEquals(900, loss.worth(run("a", 900), NAN));
  }

  /** A loss is not bounded, what a model is worth is; and that is said. */
  @Test
  void whoIsSurerThanRightCountsAsTheConstantPrediction() {
    Contest contest = contest("3", "a", "sure");
    Verdict verdict =
        decided(contest, (i, draw) -> i == 1 && draw == 0 ? 900 : 0.3 + 0.01 * i + noise(i, draw));
    assertTrue(contest.contenders().get(1).mean() < 0.7, () -> verdict.text());
    assertTrue(
        verdict
            .text()
            .contains(
                "“sure” is worse than always predicting the same in 1 of 3 seeds, and counts as"
                    + " that there."),
        verdict::text);
    assertFalse(verdict.text().contains("“a” is worse"), verdict::text);
  }

  @Test
  void severalThatAreSurerThanRightShareASentence() {
    Verdict verdict =
        decided(
            contest("3", "a", "b", "c", "d"),
            (i, draw) -> i == 0 ? 0.3 + noise(i, draw) : i < 3 || draw == 0 ? 900 : 0.4);
    assertTrue(
        verdict
            .text()
            .contains(
                "“b” and “c” are worse than always predicting the same in 3 of 3 seeds, and count"
                    + " as that there. “d” is worse than always predicting the same in 1 of 3"
                    + " seeds, and counts as that there."),
        verdict::text);
  }

  @Test
  void whoDoesNotBeatTheConstantPredictionIsNothing() {
    Verdict verdict = decided(contest("3", "a", "b"), (i, draw) -> 5 + noise(i, draw));
    assertEquals(Verdict.Kind.NOTHING, verdict.kind());
    assertEquals(List.of(), verdict.best());
    assertTrue(
        verdict.text().startsWith("No contender beats always predicting the same (0.6"),
        verdict::text);
    Verdict all = decided(contest("3", "a", "b"), (i, draw) -> NAN);
    assertTrue(all.text().startsWith("All contenders diverged in all 3 seeds"), all::text);
  }

  @Test
  void seedsShareTheirSamplesAndFoldsDoNot() {
    Contest seeds = contest("3", "a", "b");
    assertEquals(1, seeds.next().stream().map(each -> each.run().data()).distinct().count());
    assertEquals(
        List.of(1L, 2L, 3L),
        seeds.next().stream().map(each -> each.run().experiment().seed()).distinct().toList());
    Contest folds = contest(Draws.parse("2", 7).folds(5), new Criterion.Accuracy(), "a", "b");
    assertEquals(20, folds.next().size());
    assertEquals(10, folds.next().stream().map(each -> each.run().data()).distinct().count());
    Verdict verdict = decided(folds, (i, draw) -> 0.1 + 0.2 * i + noise(i, draw));
    assertEquals(List.of("a"), verdict.best());
    assertTrue(verdict.text().contains("in 10 of 10 folds"), verdict::text);
    assertTrue(verdict.text().contains("points"), verdict::text);
  }

  /**
   * A run can be repeated from its description alone, whatever seed its samples were drawn with.
   */
  @Test
  void theDescriptionOfARunKeepsTheSplit() {
    Entry second = contest("2", "a", "b").next().get(2);
    Experiment read = Experiment.parse("test", second.run().experiment().print(), Catalogue.load());
    assertEquals(2, read.seed());
    assertEquals(second.run().experiment(), read);
    var mine = second.run().data().training();
    var again = open(read).training();
    assertEquals(mine.size(), again.size());
    float[] row = new float[mine.features()];
    float[] other = new float[mine.features()];
    for (int i = 0; i < mine.size(); i++) {
      mine.copy(i, row, 0);
      again.copy(i, other, 0);
      assertArrayEquals(row, other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "-1", "1,2,x", "3,3", "1001", "1.5", ","})
  void seedsThatAreNone(String text) {
    InputException refused = assertThrows(InputException.class, () -> Draws.parse(text, 42));
    assertTrue(refused.getMessage().contains("--seeds"), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"val_loss, 0.5, --to has no effect", "time-to, , needs --to", "auc, , --by is"})
  void criteriaThatAreNone(String name, Double target, String said) {
    OptionalDouble to = target == null ? OptionalDouble.empty() : OptionalDouble.of(target);
    InputException refused = assertThrows(InputException.class, () -> Criterion.parse(name, to));
    assertTrue(refused.getMessage().contains(said), refused::getMessage);
  }

  @Test
  void timeToCountsEpochs() {
    RunRecord run = run("a", 0.4);
    assertEquals(1, new Criterion.TimeTo(0.4).value(run));
    assertEquals(2, new Criterion.TimeTo(0.3).value(run));
  }

  @Test
  void aComparisonTakesTwo() {
    assertThrows(InputException.class, () -> contest("3", "a"));
  }
}
