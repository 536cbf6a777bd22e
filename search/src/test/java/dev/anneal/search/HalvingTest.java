package dev.anneal.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.comparison.Criterion;
import dev.anneal.comparison.verdict.Race;
import dev.anneal.experiments.ConstantPrediction;
import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.ReadingListener;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.training.Ending;
import dev.anneal.search.space.SearchPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Halving on a recorded grid: 108 contenders on Ionosphere (6 schedules, 9 rates, 2 momenta, batch
 * 4) of 5, 16 and 50 epochs with 10 seeds each, recorded by {@link RecordGrid} on 2026-11-28.
 */
class HalvingTest {
  private static final int FINALISTS = 6;

  /** Of the finals, beside the seed of the search. */
  private static final int FRESH = 5;

  private static final Map<List<Integer>, Double> GRID = read();

  private static Map<List<Integer>, Double> read() {
    try (var stream =
        Objects.requireNonNull(HalvingTest.class.getResourceAsStream("/halving.csv"))) {
      Map<List<Integer>, Double> grid = new LinkedHashMap<>();
      new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> {
            String[] cells = line.split(",", -1);
            grid.put(
                List.of(
                    Integer.valueOf(cells[0]),
                    Integer.valueOf(cells[1]),
                    Integer.valueOf(cells[2])),
                Double.valueOf(cells[3]));
          });
      return grid;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double loss(int contender, int epochs, int seed) {
    double loss = Objects.requireNonNull(GRID.get(List.of(contender, epochs, seed)));
    return loss < BOUND ? loss : BOUND;
  }

  /** What always predicting the same gets on the validation rows. */
  private static final double BOUND = bound();

  private static double bound() {
    PreparedRun run =
        PreparedRun.of(RecordGrid.contender(0, 1, 1), open(RecordGrid.contender(0, 1, 1)));
    return new ConstantPrediction(run).loss(run.data().validation().orElseThrow()).orElseThrow();
  }

  private static TrainingData open(Experiment experiment) {
    return experiment.data().open(1, ReadingListener.NONE);
  }

  /** A contender over all seeds, with all epochs. */
  private static double[] whole(int contender) {
    return IntStream.rangeClosed(1, RecordGrid.SEEDS)
        .mapToDouble(seed -> loss(contender, 50, seed))
        .toArray();
  }

  private static double mean(double[] values, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToDouble(i -> values[i % values.length])
        .average()
        .orElseThrow();
  }

  private record Found(int best, long epochs) {}

  /** A search with one seed, its finals over five others. */
  private static Found search(int seed) {
    Candidates grid =
        new Candidates() {
          @Override
          public SearchPoint point(int trial) {
            return new SearchPoint(
                new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
          }

          @Override
          public Experiment experiment(int trial) {
            return RecordGrid.contender(trial, 50, seed);
          }
        };
    Search search =
        new Search(
            grid,
            new Rungs(RecordGrid.EPOCHS),
            RecordGrid.size(),
            new Criterion.Loss(),
            HalvingTest::open);
    long epochs = 0;
    while (true) {
      for (TrialRun run : search.next()) {
        int length = RecordGrid.EPOCHS.get(run.rung());
        search.record(run, run(run.name(), loss(run.trial(), length, seed)));
        epochs += search.goesOn(run) ? length - RecordGrid.EPOCHS.get(run.rung() - 1) : length;
      }
      if (search.isLast()) {
        break;
      }
      search.promote();
    }
    int best =
        search.finalists(FINALISTS).stream()
            .min(Comparator.comparingDouble(contender -> mean(whole(contender), seed, FRESH)))
            .orElseThrow();
    return new Found(best, epochs);
  }

  private static RunRecord run(String name, double loss) {
    EpochRecord row = new EpochRecord(1, loss, 0.9, loss, 0.9, 0.1);
    return new RunRecord(
        name,
        "0.1",
        "sgd",
        List.of(row),
        row,
        Ending.COMPLETED,
        List.of(),
        Map.of(),
        Diagnostics.NONE,
        1,
        1,
        Map.of(),
        "");
  }

  /** The winner, or one that ten seeds cannot tell from it. */
  @Test
  void findsTheWinnerOfTheGridAtAQuarterOfItsCost() {
    int size = RecordGrid.size();
    assertEquals(size * 3 * RecordGrid.SEEDS, GRID.size());
    int winner =
        IntStream.range(0, size)
            .boxed()
            .min(Comparator.comparingDouble(each -> mean(whole(each), 0, 10)))
            .orElseThrow();
    int found = 0;
    long epochs = 0;
    StringBuilder told = new StringBuilder();
    for (int seed = 1; seed <= RecordGrid.SEEDS; seed++) {
      Found one = search(seed);
      epochs += one.epochs;
      Race race = new Race(2, 0, 0);
      race.look(
          new double[][] {whole(winner), whole(one.best)},
          RecordGrid.SEEDS,
          0.05,
          Double.MIN_NORMAL);
      boolean alike = one.best == winner || race.members().size() == 2;
      found += alike ? 1 : 0;
      told.append(
          "seed %d: %d (%.4f), %d epochs%n"
              .formatted(seed, one.best, mean(whole(one.best), 0, 10), one.epochs));
    }
    double cost = epochs / (10.0 * size * 50);
    told.append(
        "winner %d (%.4f), found in %d of 10 at %.3f of the cost"
            .formatted(winner, mean(whole(winner), 0, 10), found, cost));
    assertTrue(found >= 9 && cost <= 0.25, told::toString);
    assertTrue(Arrays.stream(whole(winner)).max().orElseThrow() < BOUND, told::toString);
  }
}
