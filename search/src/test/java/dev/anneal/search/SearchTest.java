package dev.anneal.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.comparison.Criterion;
import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.ReadingListener;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.training.Ending;
import dev.anneal.search.space.SearchPoint;
import dev.anneal.search.space.SearchSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final Rungs RUNGS = new Rungs(List.of(3, 9, 27));

  private static TrainingData open(Experiment experiment) {
    return experiment.data().open(experiment.seed(), ReadingListener.NONE);
  }

  private static OpenOptions candidates(String schedule) {
    return new OpenOptions(
        new SearchSpace(Map.of("data", List.of("ionosphere"), "schedule", List.of(schedule)), 1),
        Catalogue.load());
  }

  private static Search search(String schedule, int trials) {
    return new Search(candidates(schedule), RUNGS, trials, new Criterion.Loss(), SearchTest::open);
  }

  private static Search search(int trials) {
    return search("cosine(initial=log(1e-3, 1)) per iteration", trials);
  }

  private static RunRecord run(String name, double loss) {
    EpochRecord row = new EpochRecord(1, loss, 0.9, loss, 1 - loss, 0.1);
    return new RunRecord(
        name,
        "0.1",
        "sgd",
        List.of(row),
        row,
        Double.isNaN(loss) ? Ending.DIVERGED : Ending.COMPLETED,
        List.of(),
        Map.of(),
        Diagnostics.NONE,
        1,
        1,
        Map.of(),
        "");
  }

  /** To the end, with made-up losses, in an order by chance. */
  private static Search decided(Search search, ToDoubleFunction<TrialRun> loss, long order) {
    Random random = new Random(order);
    while (true) {
      List<TrialRun> runs = new ArrayList<>(search.next());
      Collections.shuffle(runs, random);
      for (TrialRun each : runs) {
        search.record(each, run(each.name(), loss.applyAsDouble(each)));
      }
      if (search.isLast()) {
        return search;
      }
      search.promote();
    }
  }

  @Test
  void aQuarterGoesOnAndTheBestIsFound() {
    Search search = decided(search(27), run -> 0.1 + 0.02 * ((run.trial() + 14) % 27), 1);
    assertEquals(6, search.members(1).size());
    assertEquals(3, search.members(2).size());
    assertEquals(List.of(13, 14, 15), search.finalists(4));
  }

  /** A candidate that others should beat is in the finals, wherever it was stopped. */
  @Test
  void theBaselineIsAmongTheFinalists() {
    OpenOptions open = candidates("cosine(initial=log(1e-3, 1)) per iteration");
    Candidates withBaselines =
        new Candidates() {
          @Override
          public SearchPoint point(int trial) {
            return open.point(trial);
          }

          @Override
          public Experiment experiment(int trial) {
            return open.experiment(trial);
          }

          @Override
          public boolean isBaseline(int trial) {
            return trial > 20;
          }
        };
    Search search = new Search(withBaselines, RUNGS, 27, new Criterion.Loss(), SearchTest::open);
    decided(search, run -> 0.1 + 0.02 * run.trial(), 1);
    assertEquals(List.of(0, 1, 2), search.members(2));
    assertEquals(List.of(0, 1, 21), search.finalists(3));
    assertEquals(List.of(0, 1, 2, 21), search.finalists(4));
    assertEquals(List.of(0), search.finalists(1));
    Search leading = new Search(withBaselines, RUNGS, 27, new Criterion.Loss(), SearchTest::open);
    decided(leading, run -> 0.9 - 0.02 * run.trial(), 1);
    assertEquals(List.of(26, 25), leading.finalists(2));
  }

  @Test
  void whoIsThereFirstDecidesNothing() {
    ToDoubleFunction<TrialRun> loss = run -> 0.3 + 0.1 * Math.sin(run.trial() * 7.0 + run.rung());
    Search one = decided(search(20), loss, 1);
    Search other = decided(search(20), loss, 2);
    assertEquals(one.members(1), other.members(1));
    assertEquals(one.members(2), other.members(2));
    assertEquals(one.finalists(3), other.finalists(3));
  }

  /** Runs end on several threads. */
  @Test
  void runsAreRecordedFromManyThreads() {
    int trials = 100_000;
    Search search = search(trials);
    List<TrialRun> runs = search.next();
    RunRecord record = run("any", 0.3);
    IntStream.range(0, 4)
        .parallel()
        .forEach(thread -> {
          for (int i = thread; i < trials; i += 4) {
            search.record(runs.get(i), record);
          }
        });
    assertEquals(trials, search.results().size());
    assertEquals(List.of(), search.next());
  }

  /** The last that would go on is no better than the next, by what counts as a difference. */
  @Test
  void whoIsAlikeGoesOnToo() {
    Search search = search(9);
    for (TrialRun each : search.next()) {
      search.record(each, run(each.name(), each.trial() < 7 ? 0.3 + 1e-5 * each.trial() : 0.6));
    }
    search.promote();
    assertEquals(List.of(0, 1, 2, 3), search.members(1));
  }

  @Test
  void whoDivergesOrCannotBeTrainedDoesNotGoOn() {
    Search search = search(6);
    for (TrialRun each : search.next()) {
      if (each.trial() < 2) {
        search.record(each, run(each.name(), Double.NaN));
      } else if (each.trial() == 2) {
        search.refuse(each, "a warm-up longer than the run");
      } else {
        search.record(each, run(each.name(), 0.5 + 0.01 * each.trial()));
      }
    }
    search.promote();
    assertEquals(List.of(3, 4, 5), search.members(1));
  }

  /** Both count as always predicting the same. */
  @Test
  void whoDivergesComesAfterWhoIsNoBetter() {
    Search search = search(6);
    for (TrialRun each : search.next()) {
      search.record(each, run(each.name(), each.trial() < 3 ? Double.NaN : 900));
    }
    search.promote();
    assertFalse(search.members(1).containsAll(List.of(0, 1, 2)), search.members(1)::toString);
    assertTrue(search.members(1).containsAll(List.of(3, 4, 5)), search.members(1)::toString);
  }

  @Test
  void whereNothingCanBeTrainedTheReasonIsSaid() {
    Search search = search(3);
    search.next().forEach(each -> search.refuse(each, "no such layer"));
    InputException refused = assertThrows(InputException.class, search::promote);
    assertEquals("no trial could be trained; the first: no such layer", refused.getMessage());
  }

  @Test
  void moreMayBeTriedOnTheLowestRung() {
    Search search = search(3);
    search.next().forEach(each -> search.record(each, run(each.name(), 0.5)));
    search.grow(5);
    assertEquals(List.of(new TrialRun(3, 0), new TrialRun(4, 0)), search.next());
  }

  /** A cosine of 9 epochs is another than the first 9 of 27; decay by the epoch is not. */
  @Test
  void onlyWhatHasNoEndGoesOn() {
    for (String schedule :
        List.of("log(0.01, 1)", "exponential(initial=log(0.01, 1), rate=0.1) per epoch")) {
      assertTrue(search(schedule, 3).goesOn(new TrialRun(0, 1)), schedule);
    }
    for (String schedule :
        List.of(
            "cosine(initial=log(0.01, 1)) per iteration",
            "one-cycle(peak=log(0.01, 1)) per iteration")) {
      assertFalse(search(schedule, 3).goesOn(new TrialRun(0, 1)), schedule);
    }
    assertFalse(search("log(0.01, 1)", 3).goesOn(new TrialRun(0, 0)));
  }

  @Test
  void aRungTrainsTheScheduleForItsOwnLength() {
    Search search = search(3);
    assertEquals(3, search.prepared(new TrialRun(0, 0)).experiment().epochs());
    assertEquals(27, search.prepared(new TrialRun(0, 2)).experiment().epochs());
  }

  @Test
  void aJournalIsWhatWasRecorded(@TempDir Path folder) throws Exception {
    Search search = search(9);
    try (Journal journal = Journal.open(folder, System.nanoTime())) {
      for (TrialRun each : search.next()) {
        journal.add(
            each.trial() == 4
                ? search.refuse(each, "why")
                : search.record(
                    each,
                    run(each.name(), each.trial() == 5 ? Double.NaN : 0.1 / 3 * each.trial())));
      }
      assertEquals(OptionalInt.empty(), journal.decided("trials"));
      assertEquals(9, journal.resultsSince("trials").size());
      assertEquals(12, journal.decide("trials", 12));
      assertEquals(List.of(), journal.resultsSince("trials"));
      assertTrue(journal.secondsSince("trials") < journal.seconds());
      assertThrows(InputException.class, () -> Journal.open(folder, System.nanoTime()));
    }
    Files.writeString(folder.resolve(Journal.FILE), "{\"trial\":0,\"ru", StandardOpenOption.APPEND);
    Search again = search(9);
    try (Journal journal = Journal.open(folder, System.nanoTime())) {
      journal.results().forEach(again::record);
      assertEquals(search.results().toString(), again.results().toString());
      assertEquals(OptionalInt.of(12), journal.decided("trials"));
      assertTrue(again.next().isEmpty());
      journal.decide("rounds", 1);
    }
    assertEquals(11, Files.readAllLines(folder.resolve(Journal.FILE)).size());
  }

  /** One value decides, another does nothing. */
  @Test
  void importanceTellsWhatMatters() {
    OpenOptions open =
        new OpenOptions(
            new SearchSpace(
                Map.of(
                    "data", List.of("ionosphere"),
                    "schedule", List.of("log(0.001, 1)"),
                    "dropout", List.of("uniform(0, 0.5)")),
                1),
            Catalogue.load());
    Search search =
        decided(
            new Search(open, RUNGS, 54, new Criterion.Loss(), SearchTest::open),
            run -> 0.1 + 0.5 * Math.abs(0.4 - open.point(run.trial()).positions().get("schedule")),
            1);
    List<Importance> all = Importance.of(open.space().dimensions(), search);
    assertEquals("schedule", all.getFirst().name());
    assertTrue(all.getFirst().share() > 0.9, all::toString);
    assertTrue(all.getFirst().low() > 0.5, all::toString);
    assertEquals(1, all.stream().mapToDouble(Importance::share).sum(), 1e-12);
  }
}
