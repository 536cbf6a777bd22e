package dev.anneal.report;

import static dev.anneal.api.numeric.NumberFormats.count;
import static dev.anneal.api.numeric.NumberFormats.four;
import static dev.anneal.api.numeric.NumberFormats.percent;
import static dev.anneal.api.numeric.NumberFormats.significant;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.comparison.Draw;
import dev.anneal.comparison.Verdict;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Reads the conclusions off the numbers of one comparison. */
final class Conclusions {
  /**
   * A validation loss this far above its own minimum has risen clearly, not by the noise of an
   * epoch.
   */
  private static final double CLEARLY = 1.1;

  /** The two-sided 95 % point of the normal distribution. */
  private static final double Z95 = 1.96;

  /** Kept with its number at the end of a line. */
  private static final String PERCENT = "\u00a0%";

  /** A sentence names this many runs at most. */
  private static final int NAMED = 4;

  private final Comparison comparison;

  /** The runs with a finite end, from best to worst. */
  private final List<RunRecord> sound;

  private final List<Conclusion> conclusions = new ArrayList<>();

  Conclusions(Comparison comparison) {
    this.comparison = comparison;
    sound =
        comparison.ranked().stream()
            .map(Contender::average)
            .filter(run -> !run.diverged() && !run.epochs().isEmpty())
            .toList();
  }

  List<Conclusion> all() {
    Optional<Verdict> verdict = comparison.verdict().filter(Verdict::supported);
    if (verdict.isPresent()) {
      verdict
          .get()
          .sentences()
          .forEach(sentence ->
              conclusions.add(
                  new Conclusion(Conclusion.Kind.VERDICT, verdict.get().best(), sentence)));
    } else {
      lowestLoss();
      highestAccuracy();
    }
    risen();
    notLearned();
    diverged();
    endedEarly();
    if (verdict.isEmpty()) {
      identical();
      indistinguishable();
      oneSeed();
    }
    return List.copyOf(conclusions);
  }

  private void lowestLoss() {
    if (sound.isEmpty()) {
      add(Conclusion.Kind.LOWEST_LOSS, List.of(), "No run ended with a finite loss.");
      return;
    }
    boolean validated = Double.isFinite(sound.getFirst().kept().valLoss());
    ToDoubleFunction<RunRecord> loss = run -> validated ? run.kept().valLoss() : run.kept().loss();
    String kind = validated ? "validation loss" : "training loss";
    double lowest = loss.applyAsDouble(sound.getFirst());
    List<RunRecord> first =
        sound.stream().filter(run -> loss.applyAsDouble(run) == lowest).toList();
    String sentence;
    if (sound.size() == 1) {
      sentence =
          quoted(first)
              + " ends with a "
              + kind
              + " of "
              + four(lowest)
              + " after "
              + epochs(first.getFirst().epochs().size());
    } else if (first.size() > 1) {
      sentence = quoted(first) + " end with the same lowest " + kind + ", " + four(lowest);
    } else {
      sentence = quoted(first) + " ends with the lowest " + kind + ": " + four(lowest);
      double next = loss.applyAsDouble(sound.get(1));
      if (Double.isFinite(next)) {
        sentence +=
            ", "
                + significant(next - lowest, 2)
                + (next > 0 ? " (" + significant(100 * (1 - lowest / next), 2) + PERCENT + ")" : "")
                + " below the next, "
                + quoted(sound.subList(1, 2));
      }
    }
    add(
        Conclusion.Kind.LOWEST_LOSS,
        first,
        sentence
            + (validated ? "." : "; nothing was validated, so this says little about new data."));
  }

  private void highestAccuracy() {
    double highest = max(sound, run -> run.kept().valAccuracy());
    if (!Double.isFinite(highest)) {
      return;
    }
    List<RunRecord> first =
        sound.stream().filter(run -> run.kept().valAccuracy() == highest).toList();
    double peak = max(sound, Conclusions::peak);
    RunRecord climber = sound.stream().filter(run -> peak(run) == peak).findFirst().orElseThrow();
    int epoch =
        climber.epochs().stream()
            .filter(row -> row.valAccuracy() == peak)
            .findFirst()
            .orElseThrow()
            .epoch();
    String end =
        sound.size() == 1
            ? "Its validation accuracy ends at " + percent(highest) + PERCENT
            : quoted(first)
                + (first.size() == 1 ? " ends" : " end")
                + " with the highest validation accuracy, "
                + percent(highest)
                + PERCENT;
    String top =
        peak == highest
            ? ", which no epoch surpassed."
            : "; the highest in any epoch was "
                + percent(peak)
                + PERCENT
                + (sound.size() == 1 ? "" : ", by " + quoted(climber))
                + " in epoch "
                + epoch
                + ".";
    add(Conclusion.Kind.HIGHEST_ACCURACY, first, end + top);
  }

  /**
   * The runs whose validation loss rose: overfitting where the training loss fell meanwhile, else
   * another trouble.
   */
  private void risen() {
    List<RunRecord> risen =
        sound.stream()
            .filter(run -> rise(run) >= CLEARLY)
            .sorted(Comparator.comparingDouble(Conclusions::rise).reversed())
            .toList();
    List<RunRecord> overfit =
        risen.stream().filter(run -> run.kept().loss() < run.best().loss()).toList();
    List<RunRecord> worsened = risen.stream().filter(run -> !overfit.contains(run)).toList();
    if (!overfit.isEmpty()) {
      add(
          Conclusion.Kind.OVERFIT,
          overfit,
          "Overfitting: while the training loss fell, the validation loss ended above its minimum"
              + " in "
              + list(overfit, Conclusions::riseInWords)
              + ".");
    }
    if (!worsened.isEmpty()) {
      add(
          Conclusion.Kind.WORSENED,
          worsened,
          "Lost ground: training and validation loss both rose again, the latter above its minimum"
              + " in "
              + list(worsened, Conclusions::riseInWords)
              + ".");
    }
  }

  private void notLearned() {
    List<RunRecord> stuck =
        sound.stream()
            .filter(run -> run.epochs().size() > 1)
            .filter(run -> run.kept().loss() >= run.epochs().getFirst().loss())
            .toList();
    if (!stuck.isEmpty()) {
      add(
          Conclusion.Kind.NOT_LEARNED,
          stuck,
          "Not learning: the training loss ends no lower than after the first epoch in "
              + list(stuck, run -> quoted(run) + " (" + four(run.kept().loss()) + ")")
              + ".");
    }
  }

  private void diverged() {
    List<RunRecord> runs = comparison.runs().stream().filter(RunRecord::diverged).toList();
    if (!runs.isEmpty()) {
      add(
          Conclusion.Kind.DIVERGED,
          runs,
          "Diverged to a loss that is not finite: "
              + list(runs, run -> quoted(run) + " in epoch " + divergence(run))
              + ".");
    }
  }

  private void endedEarly() {
    List<RunRecord> early =
        comparison.runs().stream()
            .filter(run -> !run.diverged() && run.epochs().size() < comparison.epochs())
            .toList();
    if (!early.isEmpty()) {
      add(
          Conclusion.Kind.ENDED_EARLY,
          early,
          "Ended before epoch "
              + comparison.epochs()
              + ", and compared as they ended: "
              + list(early, run -> quoted(run) + " after " + epochs(run.epochs().size()))
              + ".");
    }
  }

  private void identical() {
    sound.stream()
        .collect(groupingBy(Conclusions::curves, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .filter(runs -> runs.size() > 1)
        .forEach(runs ->
            add(
                Conclusion.Kind.IDENTICAL,
                runs,
                quoted(runs)
                    + " have identical curves: they are the same training, or a"
                    + " setting that should differ had no effect."));
  }

  private void indistinguishable() {
    List<RunRecord> byAccuracy =
        sound.stream()
            .filter(run -> Double.isFinite(run.kept().valAccuracy()))
            .sorted(
                Comparator.comparingDouble((RunRecord run) -> run.kept().valAccuracy()).reversed())
            .toList();
    if (byAccuracy.size() < 2 || comparison.validationSamples() == 0) {
      return;
    }
    double highest = byAccuracy.getFirst().kept().valAccuracy();
    List<RunRecord> close =
        byAccuracy.stream()
            .filter(run -> highest - run.kept().valAccuracy() <= margin(highest, run))
            .toList();
    if (close.size() > 1) {
      add(
          Conclusion.Kind.INDISTINGUISHABLE,
          close,
          count(comparison.validationSamples())
              + " validation samples cannot tell the final accuracies of "
              + quoted(close)
              + " apart: differences up to about "
              + significant(100 * margin(highest, close.getLast()), 2)
              + " percentage points can be chance (95"
              + PERCENT
              + ").");
    }
  }

  private void oneSeed() {
    Draw draw = comparison.draws().all().getFirst();
    if (!comparison.contenders().isEmpty()) {
      add(
          Conclusion.Kind.ONE_SEED,
          List.of(),
          comparison.contenders().size() == 1
              ? "One seed (" + draw.seed() + ") is one draw: another seed ends elsewhere."
              : "All share one seed ("
                  + draw.seed()
                  + "): this is a draw, not a comparison; --seeds 5 says more.");
    }
  }

  private void add(Conclusion.Kind kind, List<RunRecord> runs, String sentence) {
    conclusions.add(new Conclusion(kind, runs.stream().map(RunRecord::name).toList(), sentence));
  }

  /**
   * How far two accuracies can lie apart by chance: the interval of Agresti and Caffo (2000), which
   * also holds near 0 and 1.
   */
  private double margin(double accuracy, RunRecord run) {
    return Z95 * Math.sqrt(variance(accuracy) + variance(run.kept().valAccuracy()));
  }

  private double variance(double accuracy) {
    double n = comparison.validationSamples() + 2.0;
    double p = (accuracy * comparison.validationSamples() + 1) / n;
    return p * (1 - p) / n;
  }

  private static double rise(RunRecord run) {
    return run.kept().valLoss() / run.best().valLoss();
  }

  private static String riseInWords(RunRecord run) {
    return "%s (%s times the %s of epoch %d)"
        .formatted(
            quoted(run), significant(rise(run), 2), four(run.best().valLoss()), run.best().epoch());
  }

  private static double peak(RunRecord run) {
    return run.epochs().stream()
        .mapToDouble(EpochRecord::valAccuracy)
        .filter(Double::isFinite)
        .max()
        .orElse(Double.NaN);
  }

  private static int divergence(RunRecord run) {
    return run.epochs().stream()
        .filter(row ->
            !Double.isFinite(row.loss()) || (run.validated() && !Double.isFinite(row.valLoss())))
        .mapToInt(EpochRecord::epoch)
        .findFirst()
        .orElse(run.kept().epoch());
  }

  /** All that was measured, without the rate that it was measured under. */
  private static List<EpochRecord> curves(RunRecord run) {
    return run.epochs().stream()
        .map(row ->
            new EpochRecord(
                row.epoch(), row.loss(), row.accuracy(), row.valLoss(), row.valAccuracy(), 0))
        .toList();
  }

  private static double max(List<RunRecord> runs, ToDoubleFunction<RunRecord> value) {
    return runs.stream().mapToDouble(value).filter(Double::isFinite).max().orElse(Double.NaN);
  }

  private static String epochs(int count) {
    return count == 1 ? "1 epoch" : count + " epochs";
  }

  private static String quoted(RunRecord run) {
    return "“" + run.name() + "”";
  }

  private static String quoted(List<RunRecord> runs) {
    return list(runs, Conclusions::quoted);
  }

  /** Lists things as prose does: a, b and c; too many of them end in a number. */
  private static String list(List<RunRecord> runs, Function<RunRecord, String> word) {
    List<String> words = new ArrayList<>(runs.stream().limit(NAMED).map(word).toList());
    if (runs.size() > NAMED) {
      int others = runs.size() - NAMED;
      words.add(others == 1 ? "1 other" : others + " others");
    }
    String last = words.removeLast();
    return words.isEmpty() ? last : words.stream().collect(joining(", ")) + " and " + last;
  }
}
