package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.ActiveRun;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.SpecYaml;
import dev.anneal.experiments.TrainingData;
import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeTest;
import dev.anneal.experiments.range.Suggestion;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.search.Candidates;
import dev.anneal.search.Portfolio;
import dev.anneal.search.space.SearchSpace;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know before a search: rates by range tests on the usual network, and how long an
 * epoch takes.
 *
 * @param data of all trials
 * @param rates around which to search, by family of optimizers
 * @param threads how many compute
 */
record FirstLook(TrainingData data, Map<String, Double> rates, int threads) {
  /** Where a range test suggests none, by family: what is usual. */
  private static final Map<String, Double> USUAL = Map.of("sgd", 0.03, "adam", 0.003);

  /** Trials whose networks tell how long an epoch takes: among so many there are all. */
  private static final int TRIED = 12;

  /** For each network: kernels have been compiled for the usual one. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

  /** Climbs of each range test. */
  private static final int SEEDS = 5;

  /**
   * Looks, and says what it finds.
   *
   * @param given options of a run; those that are open are left out
   * @param introduction says what there is to say of the data, before anything is trained
   */
  static FirstLook of(
      SequencedMap<String, List<String>> given,
      Catalogue catalogue,
      int threads,
      Consumer<PreparedRun> introduction,
      Terminal terminal) {
    Map<String, Double> rates = new LinkedHashMap<>();
    @Nullable TrainingData data = null;
    for (Map.Entry<String, String> family : Portfolio.families().entrySet()) {
      SequencedMap<String, List<String>> texts = new LinkedHashMap<>(given);
      texts.values().removeIf(each -> each.stream().anyMatch(SearchSpace::isOpen));
      texts.put("optimizer", List.of(family.getValue()));
      Experiment experiment = Experiment.of(new SpecYaml("", texts), catalogue);
      if (data == null) {
        data = RunOptions.open(experiment, terminal);
      }
      PreparedRun run = PreparedRun.of(experiment, data);
      if (rates.isEmpty()) {
        introduction.accept(run);
      }
      Suggestion found = climb(run, threads, terminal);
      rates.put(family.getKey(), found.value().orElse(USUAL.getOrDefault(family.getKey(), 0.01)));
      terminal.human().println(words(family.getKey(), rates, found));
    }
    return new FirstLook(Objects.requireNonNull(data), rates, threads);
  }

  /**
   * How long an epoch takes, with as many runs at a time as there are threads: of each size of
   * network that is tried first, some updates by one thread. Nothing where none can be trained.
   */
  DoubleSummaryStatistics epochSeconds(Candidates candidates) {
    Map<Long, Double> seconds = new LinkedHashMap<>();
    for (int trial = 0; trial < TRIED; trial++) {
      try {
        PreparedRun run = PreparedRun.of(candidates.experiment(trial), data);
        seconds.computeIfAbsent(
            Abreast.weights(run.model()),
            _ -> updateSeconds(run) * data.iterationsPerEpoch(run.experiment().batch()));
      } catch (InputException _) {
        // Values that contradict each other: the search will count it.
      }
    }
    return seconds.values().stream().mapToDouble(each -> each / threads).summaryStatistics();
  }

  private static double updateSeconds(PreparedRun run) {
    Stopwatch watch = new Stopwatch();
    try (Workers workers = new Workers(1)) {
      ActiveRun active = new ActiveRun(run, workers, watch);
      while (active.step() && watch.total() < PATIENCE) {}
    }
    return watch.seconds();
  }

  private static Suggestion climb(PreparedRun run, int threads, Terminal terminal) {
    Ladder ladder = Ladder.ofRates(run.data().iterationsPerEpoch(run.experiment().batch()));
    RangeTest test = new RangeTest(run, Optimizer.LEARNING_RATE, Optional.empty(), ladder, SEEDS);
    // Threads of a small network would wait for each other.
    try (Workers workers = new Workers(Abreast.isSmall(run.model()) ? 1 : threads);
        RangeProgress progress = RangeProgress.of(terminal, (long) ladder.steps() * SEEDS)) {
      return test.test(workers, progress).consensus().suggestion();
    }
  }

  private static String words(String family, Map<String, Double> rates, Suggestion found) {
    return "%-14s %s%s"
        .formatted(
            "rate of " + family,
            NumberFormats.brief(rates.getOrDefault(family, 0.0)),
            found.value().isPresent()
                ? ", by a range test"
                : ", as is usual: " + Messages.oneLine(found.reason()));
  }

  /** Takes the time of the fastest updates: of those, that is, whose kernels are compiled. */
  private static final class Stopwatch implements TrainingListener {
    private static final int LAP = 20;

    private final long begun = System.nanoTime();
    private long start = begun;
    private long fastest = Long.MAX_VALUE;
    private int updates;

    @Override
    public void batch(Live live) {
      if (++updates % LAP == 0) {
        long now = System.nanoTime();
        fastest = Math.min(fastest, now - start);
        start = now;
      }
    }

    /** Since it began. */
    long total() {
      return System.nanoTime() - begun;
    }

    /** Of an update. */
    double seconds() {
      return 1e-9 * (updates < LAP ? (double) total() / updates : (double) fastest / LAP);
    }
  }
}
