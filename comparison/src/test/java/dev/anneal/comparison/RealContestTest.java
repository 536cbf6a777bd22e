package dev.anneal.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.Runner;
import dev.anneal.nn.training.TrainingListener;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Contests of real runs, of which the right answer is known: there is none to find. */
class RealContestTest {
  private static final Catalogue CATALOGUE = Catalogue.load();

  /** Contender and other are the same but for their names. */
  private static Verdict verdict(long seed, String rate, String seeds, long shift) {
    List<Experiment> two =
        Stream.of("one", "other")
            .map(name ->
                Experiment.parse(
                    "test",
                    """
                    name: %s
                    data: ionosphere
                    optimizer: "sgd(learning_rate=%s, momentum=0.8)"
                    epochs: 5
                    """
                        .formatted(name, rate),
                    CATALOGUE))
            .toList();
    Contest contest =
        new Contest(
            two,
            Draws.parse(seeds, seed),
            new Criterion.Loss(),
            OptionalDouble.of(1e-9),
            ContestTest::open);
    try (Workers workers = new Workers(1)) {
      Runner runner = new Runner(workers);
      while (!contest.isDecided()) {
        for (Entry entry : contest.next()) {
          Experiment experiment = entry.run().experiment();
          PreparedRun shifted =
              PreparedRun.of(
                  experiment.withSeed(experiment.seed() + entry.contender() * shift),
                  entry.run().data());
          contest.record(entry, runner.run(shifted, TrainingListener.NONE).result());
        }
        contest.look();
      }
    }
    return contest.verdict();
  }

  /** Whatever is trained. */
  private static void identical(int times) {
    for (int i = 0; i < times; i++) {
      Verdict verdict = verdict(100L * i, String.valueOf(0.01 * (i + 1)), "3", 0);
      assertEquals(Verdict.Kind.IDENTICAL, verdict.kind(), "comparison " + i);
    }
  }

  /** How often one of two equal contenders, that start elsewhere, is called the best. */
  private static int winners(int times) {
    int winners = 0;
    for (int i = 0; i < times; i++) {
      winners += verdict(1000L * i, "0.05", "8", 500).best().size() == 1 ? 1 : 0;
    }
    return winners;
  }

  @Test
  void aContenderIsIdenticalToItself() {
    identical(10);
  }

  @Test
  void anotherStartIsNoLead() {
    int winners = winners(15);
    assertTrue(winners <= 3, () -> winners + " winners");
  }

  @Tag("slow")
  @Test
  void aHundredTimesAContenderIsIdenticalToItself() {
    identical(100);
  }

  @Tag("slow")
  @Test
  void ofSixtyAtMostFiveNameAWinner() {
    int winners = winners(60);
    System.out.println(winners + " winners of 60");
    assertTrue(winners <= 5, () -> winners + " winners");
  }
}
