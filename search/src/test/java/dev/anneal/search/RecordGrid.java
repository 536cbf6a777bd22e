package dev.anneal.search;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.comparison.Criterion;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.ReadingListener;
import dev.anneal.experiments.Runner;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Records the grid that {@link HalvingTest} searches: every contender at every length with every
 * seed. It takes some minutes; {@code main} is given the file to write.
 */
final class RecordGrid {
  static final List<Integer> EPOCHS = List.of(5, 16, 50);
  static final int SEEDS = 10;
  private static final List<String> SCHEDULES =
      List.of(
          "RATE",
          "polynomial(initial=RATE) per iteration",
          "cosine(initial=RATE) per iteration",
          "one-cycle(peak=RATE) per iteration",
          "exponential-decay(initial=RATE, rate=0.01, over=100%) per iteration",
          "step(initial=RATE, factor=0.5, every=10ep) per epoch");
  private static final List<String> RATES =
      List.of("0.003", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2");
  private static final List<String> MOMENTA = List.of("0", "0.9");

  private RecordGrid() {}

  /** How many contenders there are. */
  static int size() {
    return SCHEDULES.size() * RATES.size() * MOMENTA.size();
  }

  /** A contender of the grid. */
  static Experiment contender(int number, int epochs, int seed) {
    String rate = RATES.get(number % RATES.size());
    String schedule = SCHEDULES.get(number / RATES.size() % SCHEDULES.size());
    String momentum = MOMENTA.get(number / RATES.size() / SCHEDULES.size());
    return Experiment.parse(
        "grid",
        "name: %s\ndata: ionosphere\nbatch: 4\nepochs: %d\nseed: %d\noptimizer: \"sgd(learning_rate=%s, momentum=%s)\"\n"
            .formatted(
                TrialRun.name(number), epochs, seed, schedule.replace("RATE", rate), momentum),
        Catalogue.load());
  }

  public static void main(String... arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    TrainingData data = contender(0, 1, 1).data().open(1, ReadingListener.NONE);
    List<String> rows =
        IntStream.range(0, size() * EPOCHS.size() * SEEDS)
            .parallel()
            .mapToObj(i -> row(i, data))
            .toList();
    Files.write(file, rows);
  }

  private static String row(int index, TrainingData data) {
    int seed = index % SEEDS + 1;
    int epochs = EPOCHS.get(index / SEEDS % EPOCHS.size());
    int number = index / SEEDS / EPOCHS.size();
    try (Workers workers = new Workers(1)) {
      double loss =
          new Criterion.Loss()
              .value(
                  new Runner(workers)
                      .run(
                          PreparedRun.of(contender(number, epochs, seed), data),
                          TrainingListener.NONE)
                      .result());
      return "%d,%d,%d,%s".formatted(number, epochs, seed, loss);
    }
  }
}
