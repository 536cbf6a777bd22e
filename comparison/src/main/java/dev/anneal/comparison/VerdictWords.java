package dev.anneal.comparison;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.comparison.verdict.Lead;
import dev.anneal.comparison.verdict.Proportion;
import dev.anneal.comparison.verdict.Race;
import dev.anneal.comparison.verdict.SeedsNeeded;
import dev.anneal.comparison.verdict.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in sentences what a contest has come to. */
final class VerdictWords {
  /** Whoever needs more seeds than this has contenders that are alike to him. */
  private static final int PATIENCE = 50;

  private final Contest contest;
  private final Race race;
  private final Standing standing;
  private final double[][] values;
  private final double level;
  private final Criterion by;
  private final int seeds;
  private final String noun;

  /** Those that may be the best, from best to worst by their means. */
  private final List<Contender> best;

  private final List<Contender> all;

  VerdictWords(Contest contest, Race race, Standing standing, double[][] values, double level) {
    this.contest = contest;
    this.race = race;
    this.standing = standing;
    this.values = values;
    this.level = level;
    by = contest.by();
    seeds = contest.seeds();
    noun = contest.draws().noun();
    all = contest.contenders();
    List<String> members = contest.members();
    best =
        all.stream()
            .filter(each -> members.contains(each.name()))
            .sorted(Comparator.comparingDouble(Contender::mean))
            .toList();
  }

  Verdict verdict() {
    Optional<Contender> take = recommended();
    Verdict.Kind kind = kind();
    List<String> sentences = new ArrayList<>();
    switch (kind) {
      case NONE -> sentences.add(tooFew());
      case NOTHING -> sentences.add(nothing());
      case IDENTICAL -> sentences.add(identical());
      case ALIKE -> sentences.add(alike(take.orElseThrow()));
      case BEST -> sentences.add(alone());
      case UNDECIDED -> undecided(sentences, take.orElseThrow());
    }
    all.stream()
        .filter(each -> !each.diverged().isEmpty() && kind != Verdict.Kind.NOTHING)
        .map(this::unstable)
        .forEach(sentences::add);
    if (kind != Verdict.Kind.NOTHING) {
      sentences.addAll(capped());
    }
    boolean supported = kind != Verdict.Kind.NONE;
    if (supported && kind != Verdict.Kind.NOTHING && kind != Verdict.Kind.IDENTICAL) {
      sentences.add(scope());
    }
    return new Verdict(
        kind,
        kind == Verdict.Kind.NOTHING ? List.of() : contest.members(),
        kind == Verdict.Kind.NOTHING ? Optional.empty() : take.map(Contender::name),
        supported,
        by.by(),
        sentences);
  }

  private Verdict.Kind kind() {
    if (seeds < 2) {
      return Verdict.Kind.NONE;
    }
    if (isNothing()) {
      return Verdict.Kind.NOTHING;
    }
    return switch (standing) {
      case BEST -> Verdict.Kind.BEST;
      case ALIKE -> Verdict.Kind.ALIKE;
      case IDENTICAL -> Verdict.Kind.IDENTICAL;
      case OPEN -> Verdict.Kind.UNDECIDED;
    };
  }

  /** No run of those that may be the best is better than always predicting the same. */
  private boolean isNothing() {
    OptionalDouble constant = contest.constant();
    return best.stream()
        .allMatch(each ->
            each.diverged().size() == each.runs().size()
                || (constant.isPresent() && each.mean() >= constant.getAsDouble()));
  }

  /** A stable one before others; of some that are alike the one that trained least. */
  private Optional<Contender> recommended() {
    Comparator<Contender> stable = Comparator.comparing(each -> !each.diverged().isEmpty());
    return best.stream()
        .min(
            standing == Standing.ALIKE
                ? stable.thenComparingInt(each -> each.average().epochs().size())
                : stable);
  }

  private String tooFew() {
    return "One %s: this is a draw, not a comparison; --seeds 5 says more.".formatted(noun);
  }

  private String nothing() {
    OptionalDouble constant = contest.constant();
    if (all.stream().allMatch(each -> each.diverged().size() == each.runs().size())) {
      return "All contenders diverged in all %s: a lower learning rate may help."
          .formatted(count());
    }
    return "No contender beats always predicting the same (%s)."
        .formatted(by.text(constant.orElse(Double.NaN)));
  }

  private String identical() {
    return "%s are identical: the same numbers in all %s. What differs in them has no effect.%s"
        .formatted(names(best, "and"), count(), behind());
  }

  private String alike(Contender take) {
    return "%s do equally well in %s: none is ahead by more than %s (%s).%s Take %s."
        .formatted(
            names(best, "and"),
            by.noun(),
            by.difference(race.apart(values, seeds, level)),
            count(),
            behind(),
            name(take));
  }

  private String alone() {
    Contender first = best.getFirst();
    Contender next = Contender.ranked(all, contest.members()).get(1);
    Lead lead = lead(first, next);
    return ("%s is the best of these %d by %s: %s; the next, %s, has %s. It is %s by %s to %s, in"
            + " %d of %d %ss; a verdict like this is wrong in fewer than 1 of 20 comparisons.")
        .formatted(
            name(first),
            all.size(),
            by.noun(),
            by.text(first.mean()),
            name(next),
            by.text(next.mean()),
            by.better(),
            by.difference(lead.low()),
            by.difference(lead.high()),
            lead.ahead(),
            lead.seeds(),
            noun);
  }

  private void undecided(List<String> sentences, Contender take) {
    Contender first = best.get(0);
    Contender second = best.get(1);
    Lead lead = lead(first, second);
    sentences.add(
        "By %s the best is %s: %s do not tell which.%s"
            .formatted(by.noun(), names(best, "or"), count(), behind()));
    sentences.add(
        "%s has %s and %s %s; it is ahead in %d of %d %ss."
            .formatted(
                name(first),
                by.text(first.mean()),
                name(second),
                by.text(second.mean()),
                lead.ahead(),
                lead.seeds(),
                noun));
    SeedsNeeded needed = race.needed(values, seeds, index(first), index(second));
    sentences.add(more(needed));
    double cost =
        best.stream()
            .filter(each -> !each.equals(take))
            .mapToDouble(each -> lead(each, take).high())
            .max()
            .orElse(0);
    sentences.add(
        "Whoever takes %s gives away %s at most."
            .formatted(name(take), by.difference(Math.max(0, cost))));
  }

  private String more(SeedsNeeded needed) {
    if (noun.equals("fold")) {
      return "More folds or repetitions would tell more.";
    }
    if (needed.likely() > PATIENCE) {
      return "If the gap is what it looks like, more than %d seeds would not tell: they are alike to you."
          .formatted(PATIENCE);
    }
    int more = Math.max(1, needed.likely() - seeds);
    return "About %d more seed%s would tell (%d to %s in all) if the gap is what it looks like."
        .formatted(
            more,
            more == 1 ? "" : "s",
            needed.few(),
            needed.many() >= SeedsNeeded.MOST
                ? "more than " + SeedsNeeded.MOST
                : String.valueOf(needed.many()));
  }

  /** Who was thrown out, and by how much they are behind at least. */
  private String behind() {
    List<Contender> out = all.stream().filter(each -> !best.contains(each)).toList();
    if (out.isEmpty()) {
      return "";
    }
    double least =
        out.stream()
            .mapToDouble(each ->
                best.stream().mapToDouble(other -> lead(other, each).low()).max().orElseThrow())
            .min()
            .orElseThrow();
    return " %s %s behind%s."
        .formatted(
            names(out, "and"),
            out.size() == 1 ? "is" : "are",
            least > 0 ? " by at least " + by.difference(least) : "");
  }

  private String unstable(Contender each) {
    List<DrawnRun> bad = each.diverged();
    if (bad.size() == each.runs().size()) {
      return "%s diverged in all of its %d %ss.".formatted(name(each), bad.size(), noun);
    }
    Proportion share = Proportion.of(bad.size(), each.runs().size());
    boolean stableBeside =
        best.contains(each) && best.stream().anyMatch(other -> other.diverged().isEmpty());
    return "%s is unstable: it diverged in %d of %d %ss (%s), which may be %s to %s in 100.%s"
        .formatted(
            name(each),
            bad.size(),
            each.runs().size(),
            noun,
            Messages.list(bad.stream().limit(4).map(run -> run.draw().toString()).toList(), "and"),
            NumberFormats.significant(100 * share.low(), 2),
            NumberFormats.significant(100 * share.high(), 2),
            stableBeside ? " It is not recommended." : "");
  }

  private boolean isCapped(DrawnRun run) {
    return !run.run().diverged() && run.value() < by.value(run.run());
  }

  /** Those that are so in as many of their runs share a sentence. */
  private List<String> capped() {
    Map<String, List<Contender>> together =
        all.stream()
            .filter(each -> each.runs().stream().anyMatch(this::isCapped))
            .collect(
                Collectors.groupingBy(this::timesCapped, LinkedHashMap::new, Collectors.toList()));
    return together.entrySet().stream()
        .map(each ->
            "%s %s than always predicting the same in %s, and %s as that there."
                .formatted(
                    names(each.getValue(), "and"),
                    each.getValue().size() == 1 ? "is worse" : "are worse",
                    each.getKey(),
                    each.getValue().size() == 1 ? "counts" : "count"))
        .toList();
  }

  private String timesCapped(Contender each) {
    return "%d of %d %ss"
        .formatted(each.runs().stream().filter(this::isCapped).count(), each.runs().size(), noun);
  }

  /** Of what the verdict speaks. */
  private String scope() {
    if (contest.any().data().validation().isEmpty()) {
      return "Nothing was validated, so this says little about new data.";
    }
    return noun.equals("fold")
        ? "It holds for data of this kind: each sample has validated once a seed."
        : "This holds for these validation samples.";
  }

  private Lead lead(Contender one, Contender other) {
    return race.lead(values, seeds, level, index(one), index(other));
  }

  private int index(Contender contender) {
    return contest.index(contender.name());
  }

  private String count() {
    return "%d %ss".formatted(seeds, noun);
  }

  private static String name(Contender contender) {
    return "“" + contender.name() + "”";
  }

  private static String names(Collection<Contender> some, String conjunction) {
    return Messages.list(
        Stream.of(some).flatMap(Collection::stream).map(VerdictWords::name).toList(), conjunction);
  }
}
