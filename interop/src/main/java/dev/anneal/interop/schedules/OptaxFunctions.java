package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;
import static dev.anneal.interop.PythonWriter.number;

import dev.anneal.api.Framework;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.interop.Counterpart;
import dev.anneal.interop.PythonWriter;
import dev.anneal.schedulers.Cosine;
import dev.anneal.schedulers.Exponential;
import dev.anneal.schedulers.ExponentialDecay;
import dev.anneal.schedulers.Linear;
import dev.anneal.schedulers.MultiStep;
import dev.anneal.schedulers.OneCycle;
import dev.anneal.schedulers.PiecewiseConstant;
import dev.anneal.schedulers.Polynomial;
import dev.anneal.schedulers.StepDecay;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions of Optax that make schedules. */
final class OptaxFunctions {
  private OptaxFunctions() {}

  static @Nullable Counterpart of(Schedule schedule, PythonWriter python) {
    Progress run = python.run();
    return switch (schedule) {
      case Constant s -> made("constant_schedule", "value=" + decimal(s.value()), Unit.ITERATION);
      case Linear s -> straight(s.initial(), s.end(), s.over().in(s.per(), run), s.per());
      case Polynomial s -> polynomial(s, run);
      // In float32 a rate for each step would lose its digits over many.
      case Exponential s ->
          s.rate() == 0
              ? null
              : exponential(s.initial(), Math.exp(-1), 1 / s.rate(), false, s.per());
      case ExponentialDecay s ->
          exponential(s.initial(), s.rate(), s.over().in(s.per(), run), s.staircase(), s.per());
      case StepDecay s ->
          s.offset() == 0
              ? exponential(s.initial(), s.factor(), s.every().in(s.per(), run), true, s.per())
              : null;
      case PiecewiseConstant s -> piecewise(s, run);
      case MultiStep s -> multiStep(s, run);
      case Cosine s -> cosine(s, run);
      case OneCycle s -> oneCycle(s, run);
      case Sequence s -> joined(WholeRun.chain(s, python));
      case Warmup s -> warmup(s, python);
      default -> null;
    };
  }

  private static Counterpart made(String name, String arguments, Unit per, String... notes) {
    return new Counterpart("optax.%s(%s)".formatted(name, arguments), 0, per, notes);
  }

  /** Optax takes a length of 0 for one without change. */
  private static @Nullable Counterpart straight(double initial, double end, double n, Unit per) {
    return n > 0
        ? made(
            "linear_schedule",
            "init_value=%s, end_value=%s, transition_steps=%s"
                .formatted(decimal(initial), decimal(end), number(n)),
            per)
        : null;
  }

  private static @Nullable Counterpart polynomial(Polynomial s, Progress run) {
    double n = s.over().in(s.per(), run);
    return n > 0 && !s.cycle() && s.kDecay() == 1
        ? made(
            "polynomial_schedule",
            "init_value=%s, end_value=%s, power=%s, transition_steps=%s"
                .formatted(decimal(s.initial()), decimal(s.end()), decimal(s.power()), number(n)),
            s.per())
        : null;
  }

  private static Counterpart exponential(
      double initial, double rate, double over, boolean staircase, Unit per) {
    return made(
        "exponential_decay",
        "init_value=%s, transition_steps=%s, decay_rate=%s%s"
            .formatted(
                decimal(initial), number(over), decimal(rate), staircase ? ", staircase=True" : ""),
        per);
  }

  private static @Nullable Counterpart multiStep(MultiStep s, Progress run) {
    Map<Long, Double> scales = new TreeMap<>();
    for (Duration time : s.at()) {
      long tick = (long) Math.ceil(time.in(s.per(), run)) - s.offset();
      scales.merge(tick, s.factor(), (one, other) -> one * other);
    }
    return scaled(s.initial(), scales, s.per());
  }

  private static @Nullable Counterpart piecewise(PiecewiseConstant s, Progress run) {
    if (s.values().contains(0.0)) {
      return null; // no factor leads away from 0
    }
    boolean left = s.side() == PiecewiseConstant.Side.LEFT;
    Map<Long, Double> scales = new TreeMap<>();
    double latest = 0;
    for (int i = 0; i < s.boundaries().size(); i++) {
      double time = s.boundaries().get(i).in(s.per(), run);
      latest = Math.max(latest, left ? Math.floor(time) + 1 : Math.ceil(time));
      double scale = s.values().get(i + 1) / s.values().get(i);
      scales.merge((long) latest, scale, (one, other) -> one * other);
    }
    return scaled(s.values().getFirst(), scales, s.per());
  }

  /** The factors by the step at which they begin. */
  private static @Nullable Counterpart scaled(double initial, Map<Long, Double> scales, Unit per) {
    if (scales.isEmpty() || scales.keySet().stream().anyMatch(time -> time <= 0)) {
      return null;
    }
    String pairs =
        scales.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + decimal(entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    return made(
        "piecewise_constant_schedule",
        "init_value=%s, boundaries_and_scales=%s".formatted(decimal(initial), pairs),
        per);
  }

  private static @Nullable Counterpart cosine(Cosine s, Progress run) {
    double n = s.over().in(s.per(), run);
    boolean holds = s.after() == Cosine.After.HOLD;
    if (n == 0
        || s.kDecay() != 1
        || (!holds && WholeRun.run(s.per(), run) > n)
        || s.initial() == 0) {
      return null;
    }
    double alpha = s.floorIs() == Relative.FRACTION ? s.floor() : s.floor() / s.initial();
    String arguments =
        "init_value=%s, decay_steps=%s, alpha=%s%s"
            .formatted(
                decimal(s.initial()),
                number(n),
                decimal(alpha),
                s.exponent() == 1 ? "" : ", exponent=" + decimal(s.exponent()));
    return holds
        ? made("cosine_decay_schedule", arguments, s.per())
        : made(
            "cosine_decay_schedule",
            arguments,
            s.per(),
            "cosine_decay_schedule holds its end after count %s; here it rises again."
                .formatted(number(n)));
  }

  private static @Nullable Counterpart oneCycle(OneCycle s, Progress run) {
    long n = WholeRun.ticks(s.over(), s.per(), run);
    boolean twoCosines = s.phases() == 2 && s.curve() == Curve.COSINE;
    boolean threeLines = s.phases() == 3 && s.curve() == Curve.LINEAR;
    boolean known =
        s.dialect() == Framework.OPTAX
            && n > 0
            && (long) (s.pctStart() * n) > 0
            && (twoCosines || threeLines);
    if (!known) {
      return null;
    }
    String arguments =
        "transition_steps=%d, peak_value=%s, pct_start=%s%s, div_factor=%s, final_div_factor=%s"
            .formatted(
                n,
                decimal(s.peak()),
                decimal(s.pctStart()),
                threeLines ? ", pct_final=" + decimal(s.pctFinal()) : "",
                decimal(s.div()),
                decimal(s.finalDiv()));
    return made(
        twoCosines ? "cosine_onecycle_schedule" : "linear_onecycle_schedule", arguments, s.per());
  }

  private static @Nullable Counterpart joined(WholeRun.@Nullable Chain chain) {
    return chain == null
        ? null
        : made(
            "join_schedules",
            "%s, boundaries=%s".formatted(chain.objects(), chain.milestones()),
            chain.per(),
            chain.notes().toArray(String[]::new));
  }

  private static @Nullable Counterpart warmup(Warmup s, PythonWriter python) {
    long n = WholeRun.warmup(s, python);
    if (n == WholeRun.NOT) {
      return null;
    }
    double target = WholeRun.target(s, python);
    double from = s.fromIs().of(s.from(), target);
    if (s.schedule() instanceof Cosine cosine
        && cosine.per() == s.per()
        && cosine.after() == Cosine.After.HOLD
        && cosine.kDecay() == 1
        && target > 0) {
      Progress rest =
          Progress.at(0, python.run().iterationsPerEpoch(), Math.max(1, WholeRun.left(s, python)));
      double length = cosine.over().in(s.per(), rest);
      if (length > 0) {
        return made(
            "warmup_cosine_decay_schedule",
            "init_value=%s, peak_value=%s, warmup_steps=%d, decay_steps=%s, end_value=%s%s"
                .formatted(
                    decimal(from),
                    decimal(target),
                    n,
                    number(n + length),
                    decimal(cosine.floorIs().of(cosine.floor(), target)),
                    cosine.exponent() == 1 ? "" : ", exponent=" + decimal(cosine.exponent())),
            s.per());
      }
    }
    Sequence sequence =
        new Sequence(
            List.of(new Linear(from, target, s.over(), s.per()), s.schedule()), List.of(s.over()));
    return joined(WholeRun.chain(sequence, python));
  }
}
