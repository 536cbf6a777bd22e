package dev.anneal.preview.lint;

import static dev.anneal.api.numeric.NumberFormats.brief;

import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Boundary.Kind;
import dev.anneal.api.schedule.Clamp;
import dev.anneal.api.schedule.Maximum;
import dev.anneal.api.schedule.Minimum;
import dev.anneal.api.schedule.Product;
import dev.anneal.api.schedule.Repeat;
import dev.anneal.api.schedule.Scale;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sum;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.SampledCurve;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the formula of a schedule changes, against where the run begins and ends. */
final class BoundaryRules {
  /** An update is one off by mistake, not by chance, where an epoch has so many for each. */
  private static final int RARE = 50;

  /** Their parts run at the same time, so that boundaries may coincide. */
  private static final Set<Class<? extends Schedule>> SIDE_BY_SIDE =
      Set.of(Sum.class, Product.class, Maximum.class, Minimum.class, Scale.class, Clamp.class);

  /** How far off a mistake is. */
  private static final int OFF = 2;

  private BoundaryRules() {}

  private static Optional<Boundary> first(
      HyperparameterPreview preview, Predicate<Boundary> which) {
    return preview.boundaries().stream().filter(which).findFirst();
  }

  private static Predicate<Boundary> kind(Kind kind) {
    return boundary -> boundary.kind() == kind;
  }

  /** Where a boundary lies; one that is never reached at all has no number. */
  private static String place(PlannedRun run, Boundary boundary) {
    return boundary.iteration() == Long.MAX_VALUE
        ? "no time at all"
        : run.place(boundary.iteration());
  }

  static Optional<Finding> warmupTooLong(HyperparameterPreview preview) {
    PlannedRun run = preview.run();
    return first(preview, kind(Kind.WARMED_UP).and(preview::isBeyond))
        .flatMap(boundary ->
            Rule.warning(
                "warm-up-too-long",
                preview,
                boundary.iteration(),
                "the warm-up is over at %s, but the run at %s"
                    .formatted(place(run, boundary), run.place(run.iterations())),
                "write a shorter one, such as 5%"));
  }

  static Optional<Finding> endNeverReached(HyperparameterPreview preview) {
    PlannedRun run = preview.run();
    boolean reached =
        first(preview, kind(Kind.END).and(end -> end.iteration() <= run.iterations())).isPresent();
    if (reached || warmupTooLong(preview).isPresent()) {
      return Optional.empty();
    }
    return first(preview, kind(Kind.END))
        .flatMap(end ->
            Rule.warning(
                "end-not-reached",
                preview,
                end.iteration(),
                "it is to end at %s, %s after the run, which leaves it at %s"
                    .formatted(
                        place(run, end),
                        run.length(end.iteration() - run.iterations()),
                        brief(preview.end())),
                "over=100% ends it with the run"));
  }

  /** A milestone copied from a longer run; but the last of several repetitions may be cut short. */
  static Optional<Finding> neverBegins(HyperparameterPreview preview) {
    PlannedRun run = preview.run();
    if (ScheduleTree.all(preview.schedule()).anyMatch(Repeat.class::isInstance)) {
      return Optional.empty();
    }
    return first(
            preview,
            kind(Kind.PHASE)
                .and(Boundary::jumps)
                .and(boundary -> boundary.iteration() > run.iterations()))
        .flatMap(boundary ->
            Rule.warning(
                "never-begins",
                preview,
                boundary.iteration(),
                "%s is to come at %s, but the run is over at %s"
                    .formatted(boundary.name(), place(run, boundary), run.place(run.iterations())),
                "write times within the run, such as 50%"));
  }

  /**
   * A fall that is over before the run. To arrive with the very last update is a custom of many; to
   * hold a rate that is not 0 for a while is one too.
   */
  static Optional<Finding> endedEarly(HyperparameterPreview preview) {
    PlannedRun run = preview.run();
    Optional<Boundary> last =
        preview.boundaries().stream()
            .filter(kind(Kind.END).and(Predicate.not(preview::isBeyond)))
            .max(Comparator.comparingLong(Boundary::iteration));
    if (last.isEmpty()) {
      return Optional.empty();
    }
    long end = last.get().iteration();
    long rest = run.iterations() - end;
    double value = preview.at(end);
    boolean holds = from(preview, end).allMatch(point -> point.value() == value);
    SampledCurve.Point peak = preview.curve().greatest();
    boolean fell =
        value < peak.value()
            && from(preview, peak.iteration()).allMatch(point -> point.value() >= value);
    boolean worthAWord =
        value == 0 ? rest > 1 : rest > Math.max(run.iterationsPerEpoch(), run.iterations() / 10);
    if (!holds || !fell || !worthAWord) {
      return Optional.empty();
    }
    return Rule.warning(
        "ended-early",
        preview,
        end,
        "it ends at %s, and the rate is %s for the last %s%s"
            .formatted(
                run.place(end),
                brief(value),
                run.length(rest),
                value == 0 ? ", which change nothing" : ""),
        "over=100% ends it with the run");
  }

  private static Stream<SampledCurve.Point> from(HyperparameterPreview preview, long iteration) {
    SampledCurve curve = preview.curve();
    return IntStream.range(0, curve.size())
        .mapToObj(curve::point)
        .filter(point -> point.iteration() >= iteration);
  }

  /**
   * Another formula may begin after an end, and higher; the same one should not rise. A schedule
   * that rises on purpose names a boundary so.
   */
  static Optional<Finding> risesAfterEnd(HyperparameterPreview preview) {
    PlannedRun run = preview.run();
    for (Boundary end : preview.boundaries()) {
      boolean ends = end.kind() == Kind.END || end.name().startsWith("rise");
      if (!ends || preview.isBeyond(end)) {
        continue;
      }
      long next =
          first(preview, other -> other.iteration() > end.iteration() && other.jumps())
              .map(Boundary::iteration)
              .orElse(Long.MAX_VALUE);
      double value = preview.at(end.iteration());
      Optional<SampledCurve.Point> peak =
          from(preview, end.iteration())
              .filter(point -> point.iteration() < next)
              .max(Comparator.comparingDouble(SampledCurve.Point::value))
              .filter(point -> point.value() > value);
      if (peak.isPresent()) {
        return Rule.warning(
            "rises-after-end",
            preview,
            end.iteration(),
            "it ends at %s with %s, and rises again to %s at %s"
                .formatted(
                    run.place(end.iteration()),
                    brief(value),
                    brief(peak.get().value()),
                    run.place(peak.get().iteration())),
            "over=100% ends it with the run, and after=hold keeps it there where it has that");
      }
    }
    return Optional.empty();
  }

  static Optional<Finding> noLength(HyperparameterPreview preview) {
    return noLength(preview, preview.schedule());
  }

  private static Optional<Finding> noLength(HyperparameterPreview preview, Schedule schedule) {
    if (SIDE_BY_SIDE.contains(schedule.getClass())) {
      return schedule.parts().stream()
          .map(part -> noLength(preview, part))
          .flatMap(Optional::stream)
          .findFirst();
    }
    List<Boundary> all =
        schedule.boundaries(preview.run().cursor()).stream()
            .filter(boundary -> boundary.iteration() < preview.run().iterations())
            .sorted(Comparator.comparingLong(Boundary::iteration))
            .toList();
    boolean clockRuns = schedule instanceof Warmup warmup && warmup.clock() != Warmup.Clock.AFTER;
    for (int i = 0; i < all.size(); i++) {
      Boundary boundary = all.get(i);
      long before = i == 0 ? 0 : all.get(i - 1).iteration();
      if (boundary.iteration() == before && !(clockRuns && i > 0)) {
        return Rule.warning(
            "no-length",
            preview,
            before,
            i == 0
                ? "%s comes at the first update: nothing comes before it".formatted(boundary.name())
                : "%s and %s both come at %s: there is nothing between them"
                    .formatted(all.get(i - 1).name(), boundary.name(), preview.run().place(before)),
            "leave the empty part out, or move a boundary");
      }
    }
    return Optional.empty();
  }

  /** A jump just beside an epoch's beginning. */
  static Optional<Finding> offByOne(HyperparameterPreview preview) {
    PlannedRun run = preview.run();
    for (Boundary boundary : preview.boundaries()) {
      long at = boundary.iteration();
      if (preview.isBeyond(boundary)) {
        continue;
      }
      long epoch = Math.round((double) at / run.iterationsPerEpoch());
      long off = at - epoch * run.iterationsPerEpoch();
      if (epoch > 0
          && boundary.jumps()
          && off != 0
          && Math.abs(off) <= OFF
          && run.iterationsPerEpoch() >= RARE * Math.abs(off)) {
        return Rule.warning(
            "off-by-one",
            preview,
            at,
            "%s comes at iteration %s, %s %s epoch %s begins"
                .formatted(
                    boundary.name(),
                    at,
                    Math.abs(off) == 1 ? "1 update" : Math.abs(off) + " updates",
                    off < 0 ? "before" : "after",
                    epoch),
            "count from 0, or write %dep".formatted(epoch));
      }
    }
    return Optional.empty();
  }
}
