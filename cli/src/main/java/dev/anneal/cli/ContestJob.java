package dev.anneal.cli;

import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.comparison.Contest;
import dev.anneal.comparison.Criterion;
import dev.anneal.comparison.Entry;
import dev.anneal.comparison.RowClaim;
import dev.anneal.comparison.Verdict;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.experiments.CheckpointPolicy;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.RowScores;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainedModel;
import dev.anneal.nn.training.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Makes the runs of a contest, several at a time, each in a folder of its own.
 *
 * @param contest what to run
 * @param folders where
 * @param abreast how they share the processors
 * @param again whether runs of the same description that are there are gone on with
 * @param terminal where to show how it gets on
 */
record ContestJob(
    Contest contest, ComparisonFolder folders, Abreast abreast, boolean again, Terminal terminal) {
  /** A run that was killed loses so many seconds at most. */
  private static final CheckpointPolicy POLICY =
      new CheckpointPolicy(30, CheckpointPolicy.Unit.SECONDS, 2);

  /**
   * Goes to the end: round by round, then the claim about new rows, and the test samples for the
   * one that is recommended.
   *
   * @param catalogue knows the plugins of the models
   * @param interruption ends it early
   * @param rounds is told what may be said after each round, and whether there may be another
   * @return what may be said; nothing where it was interrupted
   */
  Optional<Verdict> decide(
      Catalogue catalogue, Interruption interruption, Predicate<Verdict> rounds) {
    Verdict verdict;
    do {
      if (!make(contest.next(), interruption)) {
        return Optional.empty();
      }
      contest.look();
      verdict = contest.verdict();
    } while (rounds.test(verdict) && !contest.isDecided());
    verdict = RowClaim.add(contest, verdict, (entry, rows) -> scores(catalogue, entry, rows));
    Optional<String> recommended = verdict.recommended();
    if (contest.any().data().test().isPresent() && recommended.isPresent()) {
      test(contest.made(recommended.get()), interruption);
      verdict = verdict.saying(tested(recommended.get()));
    }
    return Optional.of(verdict);
  }

  private double[] scores(Catalogue catalogue, Entry entry, Samples rows) {
    TrainedModel model = TrainedModel.read(folder(entry), catalogue);
    return contest.by() instanceof Criterion.Accuracy
        ? RowScores.mistakes(model, rows)
        : RowScores.losses(model, rows);
  }

  /** What the recommended one gets on samples that no choice has seen. */
  private String tested(String name) {
    RunRecord run =
        contest.contenders().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow()
            .average();
    return "On the test samples, which nothing was chosen by, “%s” has %s."
        .formatted(
            name,
            Messages.list(
                run.test().entrySet().stream()
                    .map(each -> each.getKey() + " " + NumberFormats.four(each.getValue()))
                    .toList(),
                "and"));
  }

  /**
   * Makes runs and records them.
   *
   * @param entries which
   * @param interruption ends them early
   * @return false where it was interrupted
   */
  private boolean make(List<Entry> entries, Interruption interruption) {
    Map<Entry, Future<Optional<Outcome>>> made = new LinkedHashMap<>();
    Map<String, Alarm> alarms = new LinkedHashMap<>();
    boolean all = true;
    try (ContestProgress progress = ContestProgress.of(terminal, contest, entries);
        ExecutorService lanes = Executors.newFixedThreadPool(abreast.runs())) {
      for (Entry entry : entries) {
        made.put(entry, lanes.submit(() -> one(entry, progress, interruption)));
      }
      for (Map.Entry<Entry, Future<Optional<Outcome>>> each : made.entrySet()) {
        Optional<Outcome> outcome = outcome(each.getValue());
        outcome.ifPresent(found -> {
          contest.record(each.getKey(), found.result());
          found.alarms().forEach(alarm -> add(alarms, each.getKey(), alarm));
        });
        all &= outcome.isPresent();
      }
    }
    alarms.values().forEach(alarm -> terminal.human().println(alarm.words()));
    return all;
  }

  /** What showed first in a run, and in how many more of the same contender. */
  private record Alarm(Entry entry, DataFinding finding, int more) {
    String words() {
      return "warning: %s, %s: %s%s"
          .formatted(
              entry.run().experiment().name(),
              entry.draw(),
              finding.sentence(),
              more == 0 ? "" : "; and so in %d more".formatted(more));
    }
  }

  private static void add(Map<String, Alarm> alarms, Entry entry, DataFinding finding) {
    alarms.merge(
        entry.contender() + finding.rule(),
        new Alarm(entry, finding, 0),
        (first, _) -> new Alarm(first.entry, first.finding, first.more + 1));
  }

  private Optional<Outcome> one(Entry entry, ContestProgress progress, Interruption interruption) {
    if (interruption.hasCome()) {
      return Optional.empty();
    }
    Path folder = folder(entry);
    TrainingJob job = new TrainingJob(entry.run(), folder, POLICY, abreast.threads(), false, false);
    Optional<Outcome> outcome =
        again && ComparisonFolder.has(folder, entry.run())
            ? job.goOn(progress.of(entry), interruption, terminal.human()::println)
            : job.start(progress.of(entry), interruption);
    outcome.ifPresent(found -> progress.ended(entry, found.result()));
    return outcome;
  }

  /** The first failure is that of the comparison. */
  private static Optional<Outcome> outcome(Future<Optional<Outcome>> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  Path folder(Entry entry) {
    return folders.run(entry.run().experiment().name(), entry.draw());
  }

  /**
   * Measures the runs of a contender on the test samples, which no run has seen.
   *
   * @param entries its runs, which are finished
   */
  private void test(List<Entry> entries, Interruption interruption) {
    for (Entry entry : entries) {
      new TrainingJob(entry.run(), folder(entry), POLICY, abreast.threads(), false, true)
          .goOn(TrainingListener.NONE, interruption, terminal.human()::println)
          .ifPresent(outcome -> contest.record(entry, outcome.result()));
    }
  }

  /** A line for a run that has ended. */
  static String words(Entry entry, RunRecord run) {
    EpochRecord kept = run.kept();
    StringBuilder text = new StringBuilder("%s, %s: ".formatted(run.name(), entry.draw()));
    if (run.diverged()) {
      text.append("diverged  ");
    }
    if (run.validated()) {
      text.append("val_loss ").append(NumberFormats.four(kept.valLoss())).append("  ");
      if (!Double.isNaN(kept.valAccuracy())) {
        text.append("val_accuracy ").append(NumberFormats.four(kept.valAccuracy())).append("  ");
      }
    } else {
      text.append("loss ").append(NumberFormats.four(kept.loss())).append("  ");
    }
    return text.append(
            "%d epochs, %s s".formatted(run.epochs().size(), NumberFormats.brief(run.seconds())))
        .toString();
  }
}
