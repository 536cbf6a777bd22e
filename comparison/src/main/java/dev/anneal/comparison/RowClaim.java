package dev.anneal.comparison;

import dev.anneal.comparison.verdict.NewRows;
import dev.anneal.core.sample.Samples;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The second claim. That a contender is the best of its kind on the validation samples says nothing
 * of others: those samples were drawn too. This holds its models against those of the next on each
 * sample.
 */
public final class RowClaim {
  private RowClaim() {}

  /** What a run's model makes of each sample: lower is better. */
  @FunctionalInterface
  public interface Scoring extends BiFunction<Entry, Samples, double[]> {}

  /**
   * Adds what may be said of new rows.
   *
   * @param contest that is decided
   * @param verdict of it
   * @param scoring looks at the models
   * @return the verdict with a sentence more, where one is the best and its samples can be looked
   *     at one by one
   */
  public static Verdict add(Contest contest, Verdict verdict, Scoring scoring) {
    Optional<Samples> samples = contest.any().data().validation();
    List<Contender> ranked =
        Contender.ranked(contest.contenders(), contest.members()).stream().limit(2).toList();
    boolean asked =
        verdict.kind() == Verdict.Kind.BEST
            && contest.draws().overlap() == 0
            && samples.isPresent()
            && (contest.by() instanceof Criterion.Loss
                || contest.by() instanceof Criterion.Accuracy)
            && ranked.stream().allMatch(each -> each.diverged().isEmpty());
    if (!asked) {
      return verdict;
    }
    List<Entry> first = contest.made(ranked.get(0).name());
    List<Entry> second = contest.made(ranked.get(1).name());
    double[][] differences = new double[second.size()][];
    for (int s = 0; s < differences.length; s++) {
      double[] mine = scoring.apply(first.get(s), samples.get());
      double[] other = scoring.apply(second.get(s), samples.get());
      for (int row = 0; row < mine.length; row++) {
        other[row] -= mine[row];
      }
      differences[s] = other;
    }
    return verdict.saying(sentence(ranked, contest.by(), NewRows.of(differences)));
  }

  private static String sentence(List<Contender> two, Criterion by, NewRows rows) {
    String names = "“%s” is ahead of “%s”".formatted(two.get(0).name(), two.get(1).name());
    String range = "%s to %s".formatted(by.difference(rows.low()), by.difference(rows.high()));
    return rows.low() > 0
        ? "On new rows of this kind, too, %s, by %s.".formatted(names, range)
        : "Whether %s on new rows of this kind as well is not decided (by %s)."
            .formatted(names, range);
  }
}
