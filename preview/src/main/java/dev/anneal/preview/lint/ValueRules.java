package dev.anneal.preview.lint;

import static dev.anneal.api.numeric.NumberFormats.brief;

import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.SampledCurve;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** What the values of a schedule show. */
final class ValueRules {
  private ValueRules() {}

  /**
   * The first value like that. Where a long run is only sampled, it is looked for between the last
   * sample that is not and the first that is, in halves: where values are like that in turn, it is
   * one that comes after one that is not.
   */
  private static Optional<SampledCurve.Point> first(
      HyperparameterPreview preview, DoublePredicate which) {
    SampledCurve curve = preview.curve();
    OptionalInt found =
        IntStream.range(0, curve.size())
            .filter(i -> which.test(curve.point(i).value()))
            .findFirst();
    if (found.isEmpty() || found.getAsInt() == 0) {
      return found.stream().mapToObj(curve::point).findFirst();
    }
    long before = curve.point(found.getAsInt() - 1).iteration();
    long at = curve.point(found.getAsInt()).iteration();
    while (at - before > 1) {
      long between = before + (at - before) / 2;
      if (which.test(preview.at(between))) {
        at = between;
      } else {
        before = between;
      }
    }
    return Optional.of(new SampledCurve.Point(at, preview.at(at)));
  }

  static Optional<Finding> notFinite(HyperparameterPreview preview) {
    return first(preview, value -> !Double.isFinite(value))
        .flatMap(point ->
            Rule.error(
                "not-finite",
                preview,
                point.iteration(),
                "the value is %s at %s"
                    .formatted(point.value(), preview.run().place(point.iteration())),
                "a schedule must give a finite number at every update"));
  }

  static Optional<Finding> negative(HyperparameterPreview preview) {
    return first(preview, value -> value < 0)
        .flatMap(point ->
            Rule.warning(
                "negative",
                preview,
                point.iteration(),
                "the value is negative from %s on, at the least %s"
                    .formatted(
                        preview.run().place(point.iteration()),
                        brief(preview.curve().least().value())),
                "clamp(..., low=0) keeps it from that"));
  }

  static Optional<Finding> zeroAtFirst(HyperparameterPreview preview) {
    if (preview.start() != 0) {
      return Optional.empty();
    }
    boolean fromZero =
        ScheduleTree.all(preview.schedule())
            .anyMatch(part -> part instanceof Warmup warmup && warmup.from() == 0);
    return first(preview, value -> value != 0)
        .flatMap(point ->
            Rule.warning(
                "zero-first-step",
                preview,
                0,
                point.iteration() == 1
                    ? "the rate is 0 at the first update, which changes nothing"
                    : "the rate is 0 for the first %s, which change nothing"
                        .formatted(preview.run().length(point.iteration())),
                fromZero
                    ? "write offset=1 or a from above 0 in the warm-up"
                    : "let it begin above 0, a warm-up with offset=1 where it has that"));
  }

  static Optional<Finding> neverChanges(HyperparameterPreview preview) {
    boolean declared = ScheduleTree.all(preview.schedule()).allMatch(ValueRules::isConstantOrWraps);
    boolean waits =
        ScheduleTree.all(preview.schedule()).anyMatch(part -> part.monitored().isPresent());
    boolean laterBoundaries =
        preview.boundaries().stream()
            .anyMatch(boundary -> boundary.iteration() > preview.run().iterations());
    double only = preview.start();
    if (declared
        || waits
        || laterBoundaries
        || preview.run().iterations() == 1
        || first(preview, value -> value != only).isPresent()) {
      return Optional.empty();
    }
    return Rule.warning(
        "never-changes",
        preview,
        preview.run().iterations(),
        "the value is %s throughout the run of %s"
            .formatted(brief(only), preview.run().length(preview.run().iterations())),
        preview.run().iterations() <= preview.run().iterationsPerEpoch()
            ? "in a run of one epoch, write per iteration and times in iterations or percent"
            : "write constant(%s) if that is meant, else shorter times".formatted(brief(only)));
  }

  private static boolean isConstantOrWraps(Schedule part) {
    return part instanceof Constant || !part.parts().isEmpty();
  }
}
