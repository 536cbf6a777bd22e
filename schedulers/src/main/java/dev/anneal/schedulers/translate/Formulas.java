package dev.anneal.schedulers.translate;

import static dev.anneal.core.translate.Python.decimal;
import static dev.anneal.core.translate.Python.number;

import dev.anneal.core.schedule.Curve;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.translate.Python;
import dev.anneal.core.translate.Python.Case;
import dev.anneal.schedulers.ConstantWithWarmup;
import dev.anneal.schedulers.Cosine;
import dev.anneal.schedulers.CosineRestarts;
import dev.anneal.schedulers.CosineWithWarmup;
import dev.anneal.schedulers.ExpRange;
import dev.anneal.schedulers.Exponential;
import dev.anneal.schedulers.ExponentialDecay;
import dev.anneal.schedulers.FlatCosine;
import dev.anneal.schedulers.Greedy;
import dev.anneal.schedulers.InverseSqrt;
import dev.anneal.schedulers.InverseSqrtWithWarmup;
import dev.anneal.schedulers.InverseTime;
import dev.anneal.schedulers.Linear;
import dev.anneal.schedulers.LinearWithWarmup;
import dev.anneal.schedulers.MultiStep;
import dev.anneal.schedulers.Multiplicative;
import dev.anneal.schedulers.Noam;
import dev.anneal.schedulers.OneCycle;
import dev.anneal.schedulers.OneCycleMomentum;
import dev.anneal.schedulers.PiecewiseConstant;
import dev.anneal.schedulers.PiecewiseLinear;
import dev.anneal.schedulers.Plateau;
import dev.anneal.schedulers.Polynomial;
import dev.anneal.schedulers.PolynomialWithWarmup;
import dev.anneal.schedulers.Rex;
import dev.anneal.schedulers.Snapshot;
import dev.anneal.schedulers.SpikeGuard;
import dev.anneal.schedulers.Step;
import dev.anneal.schedulers.Swa;
import dev.anneal.schedulers.Tanh;
import dev.anneal.schedulers.TimeBased;
import dev.anneal.schedulers.Triangular;
import dev.anneal.schedulers.Triangular2;
import dev.anneal.schedulers.Wsd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The formula of each schedule as Python. */
final class Formulas {
  private final Python python;
  private final Unit per;

  /** The time, as the schedule reads it. */
  private final String t;

  private Formulas(Python python, Unit per) {
    this.python = python;
    this.per = per;
    this.t = python.clock(per);
  }

  static @Nullable String of(Schedule schedule, Python python) {
    return switch (schedule) {
      case Linear s -> new Formulas(python, s.per()).linear(s.initial(), s.end(), s.over());
      case Polynomial s -> new Formulas(python, s.per()).polynomial(s);
      case PiecewiseConstant s -> new Formulas(python, s.per()).piecewise(s);
      case PiecewiseLinear s -> new Formulas(python, s.per()).piecewise(s);
      case Step s -> new Formulas(python, s.per()).step(s);
      case MultiStep s -> new Formulas(python, s.per()).multiStep(s);
      case Exponential s -> new Formulas(python, s.per()).exponential(s);
      case ExponentialDecay s -> new Formulas(python, s.per()).exponential(s);
      case InverseTime s -> new Formulas(python, s.per()).inverseTime(s);
      case TimeBased s -> new Formulas(python, s.per()).timeBased(s);
      case Cosine s -> new Formulas(python, s.per()).cosine(s);
      case CosineRestarts s -> new Formulas(python, s.per()).restarts(s);
      case Tanh s -> new Formulas(python, s.per()).tanh(s);
      case Rex s -> new Formulas(python, s.per()).rex(s);
      case Triangular s ->
          new Formulas(python, s.per()).triangle(s.base(), s.peak(), s.up(), s.down(), "");
      case Triangular2 s ->
          new Formulas(python, s.per()).triangle(s.base(), s.peak(), s.up(), s.down(), "0.5");
      case ExpRange s ->
          new Formulas(python, s.per())
              .triangle(s.base(), s.peak(), s.up(), s.down(), decimal(s.gamma()));
      case OneCycle s -> new Formulas(python, s.per()).oneCycle(s);
      case OneCycleMomentum s -> new Formulas(python, s.per()).oneCycle(s);
      case ConstantWithWarmup s ->
          new Formulas(python, s.per()).warmed(s.initial(), s.warmup(), 0, decimal(s.initial()));
      case LinearWithWarmup s ->
          new Formulas(python, s.per()).warmed(s.initial(), s.end(), 1, s.warmup(), s.over());
      case PolynomialWithWarmup s ->
          new Formulas(python, s.per())
              .warmed(s.initial(), s.end(), s.power(), s.warmup(), s.over());
      case CosineWithWarmup s -> new Formulas(python, s.per()).cosine(s);
      case InverseSqrtWithWarmup s -> new Formulas(python, s.per()).inverseSqrt(s);
      case InverseSqrt s -> new Formulas(python, s.per()).inverseSqrt(s);
      case Noam s -> new Formulas(python, s.per()).noam(s);
      case Wsd s -> new Formulas(python, s.per()).wsd(s);
      case FlatCosine s -> new Formulas(python, s.per()).flatCosine(s);
      case Snapshot s -> new Formulas(python, s.per()).snapshot(s);
      case Swa s -> new Formulas(python, s.per()).swa(s);
      case Multiplicative s ->
          isProduct(s.factor()) ? null : new Formulas(python, s.per()).multiplicative(s);
      case Plateau s -> unmoved(s.monitor(), s.schedule(), python);
      case Greedy s -> unmoved(s.monitor(), s.schedule(), python);
      case SpikeGuard s -> unmoved(s.monitor(), s.schedule(), python);
      default -> null;
    };
  }

  private double ticks(Span span) {
    return span.in(per, python.run());
  }

  /** What a schedule says from so many ticks on. */
  private String held(Schedule schedule, double ticks) {
    Progress run = python.run();
    return decimal(python.value(schedule, run.totalIterations(), per.firstIteration(ticks, run)));
  }

  /** The time since another. */
  private static String since(String time, double start) {
    if (start == 0) {
      return time;
    }
    return start < 0
        ? "(%s + %s)".formatted(time, number(-start))
        : "(%s - %s)".formatted(time, number(start));
  }

  /** The part of a way, held at its end. */
  private String part(double n) {
    return "%s / %s".formatted(python.min(t, number(n)), number(n));
  }

  private static String power(String base, double exponent) {
    return exponent == 1 ? base : "(" + base + ") ** " + number(exponent);
  }

  /** {@code end + (initial - end) * part}. */
  private static String fall(double initial, double end, String part) {
    return end == 0
        ? "%s * %s".formatted(decimal(initial), part)
        : "%s + (%s - %s) * %s".formatted(decimal(end), decimal(initial), decimal(end), part);
  }

  private String linear(double initial, double end, Span over) {
    double n = ticks(over);
    return n == 0 ? decimal(end) : fall(initial, end, "(1 - %s)".formatted(part(n)));
  }

  private String polynomial(Polynomial s) {
    double n = ticks(s.over());
    if (n == 0) {
      return decimal(s.end());
    }
    String part = part(n);
    if (s.cycle()) {
      String times = python.apply("ceil", "%s / %s".formatted(t, number(n)));
      python.let("length", "%s * %s".formatted(number(n), python.max(times, "1")));
      part = "%s / length".formatted(t);
    }
    String left = "1 - " + power(part, s.kDecay());
    return fall(s.initial(), s.end(), power(s.power() == 1 ? "(" + left + ")" : left, s.power()));
  }

  private String piecewise(PiecewiseConstant s) {
    List<Case> cases = new ArrayList<>();
    double until = 0;
    for (int i = 0; i < s.boundaries().size(); i++) {
      double boundary = ticks(s.boundaries().get(i));
      double first = s.side() == PiecewiseConstant.Side.RIGHT ? boundary : Math.floor(boundary) + 1;
      until = Math.max(until, first);
      add(cases, until, decimal(s.values().get(i)));
    }
    return python.cases(t, cases, decimal(s.values().getLast()));
  }

  private static void add(List<Case> cases, double until, String value) {
    if (until > 0) {
      cases.add(new Case(number(until), value));
    }
  }

  private String piecewise(PiecewiseLinear s) {
    List<Case> cases = new ArrayList<>();
    double start = 0;
    for (int i = 0; i < s.boundaries().size(); i++) {
      double end = Math.max(start, ticks(s.boundaries().get(i)));
      if (end > start) {
        add(cases, end, way(s.curve(), s.values().get(i), s.values().get(i + 1), start, end));
      }
      start = end;
    }
    return python.cases(t, cases, decimal(s.values().getLast()));
  }

  /** The way from one value to another between two times. */
  private String way(Curve curve, double from, double to, double start, double end) {
    String done = "%s / %s".formatted(since(t, start), number(end - start));
    return Compositions.curve(curve, from, to, done, python);
  }

  private String step(Step s) {
    String time = s.offset() == 0 ? t : "(" + t + " + 1)";
    return "%s * %s ** %s"
        .formatted(decimal(s.initial()), decimal(s.factor()), whole(time, ticks(s.every())));
  }

  /** {@code floor(time / n)}. */
  private String whole(String time, double n) {
    return n == Math.rint(n)
        ? "(%s // %s)".formatted(time, number(n))
        : python.apply("floor", "%s / %s".formatted(time, number(n)));
  }

  private String multiStep(MultiStep s) {
    double[] times =
        s.at().stream().mapToDouble(time -> ticks(time) - s.offset()).sorted().toArray();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      if (i == 0 || times[i] > times[i - 1]) {
        add(cases, times[i], changed(s, i));
      }
    }
    return python.cases(t, cases, changed(s, times.length));
  }

  private static String changed(MultiStep s, int changes) {
    return changes == 0
        ? decimal(s.initial())
        : "%s * %s ** %d".formatted(decimal(s.initial()), decimal(s.factor()), changes);
  }

  private String exponential(Exponential s) {
    return "%s * %s"
        .formatted(
            decimal(s.initial()), python.apply("exp", "%s * %s".formatted(decimal(-s.rate()), t)));
  }

  private String exponential(ExponentialDecay s) {
    return "%s * %s ** %s"
        .formatted(decimal(s.initial()), decimal(s.rate()), stairs(s.over(), s.staircase()));
  }

  private String stairs(Span over, boolean staircase) {
    double n = ticks(over);
    return staircase ? whole(t, n) : n == 1 ? t : "(%s / %s)".formatted(t, number(n));
  }

  private String inverseTime(InverseTime s) {
    return "%s / (1 + %s * %s)"
        .formatted(decimal(s.initial()), decimal(s.rate()), stairs(s.over(), s.staircase()));
  }

  private String timeBased(TimeBased s) {
    return switch (s.form()) {
      case CLOSED -> "%s / (1 + %s * %s)".formatted(decimal(s.initial()), decimal(s.decay()), t);
      case RECURSIVE ->
          "%s / %s"
              .formatted(
                  decimal(s.initial()),
                  python.product("(1 + %s * k)".formatted(decimal(s.decay())), t, last()));
    };
  }

  /** The last tick of the run. */
  private long last() {
    return (long) Math.ceil(ticks(Span.percent(100)));
  }

  private String cosine(Cosine s) {
    double n = ticks(s.over());
    double end = s.floorIs().of(s.floor(), s.initial());
    if (n == 0) {
      return decimal(end);
    }
    String part = part(n);
    if (s.after() == Cosine.After.RISE) {
      // The time folded back at every turn.
      String turned = "abs((%s + %s) %% %s - %s)".formatted(t, number(n), number(2 * n), number(n));
      part =
          s.exponent() == 1 && s.kDecay() == 1 ? t + " / " + number(n) : turned + " / " + number(n);
    }
    String cosine = halfCosine(power(part, s.kDecay()));
    return fall(s.initial(), end, s.exponent() == 1 ? cosine : power(cosine, s.exponent()));
  }

  /** {@code 0.5 * (1 + cos(pi * part))}. */
  private String halfCosine(String part) {
    return "0.5 * (1 + %s)".formatted(python.apply("cos", python.pi() + " * " + part));
  }

  private String restarts(CosineRestarts s) {
    double end = s.floorIs().of(s.floor(), s.initial());
    double length = Math.max(1, ticks(s.period()));
    if (s.periodMultiplier() == 1 && s.heightMultiplier() == 1) {
      String part = "%s %% %s / %s".formatted(t, number(length), number(length));
      String again = fall(s.initial(), end, halfCosine(power("(" + part + ")", s.kDecay())));
      return s.cycles() == 0
          ? again
          : python.cases(t, List.of(new Case(number(s.cycles() * length), again)), decimal(end));
    }
    List<Case> cases = new ArrayList<>();
    double start = 0;
    long last = last();
    long cycle = 0;
    while (start <= last && (s.cycles() == 0 || cycle < s.cycles())) {
      if (cycle == MOST_RESTARTS) {
        return python.table(s);
      }
      double next = wholeNear(start + length);
      double base = s.multiplies() == CosineRestarts.Multiplies.HEIGHT ? end : 0;
      double peak =
          Math.max(0, base + (s.initial() - base) * Math.pow(s.heightMultiplier(), (double) cycle));
      String part = "%s / %s".formatted(since(t, start), number(length));
      cases.add(new Case(number(next), fall(peak, end, halfCosine(power(part, s.kDecay())))));
      start = next;
      length = Math.max(1, length * s.periodMultiplier());
      cycle++;
    }
    if (s.cycles() == 0) {
      python.note("Restarts after this run are not written; beyond the last one the floor holds.");
    }
    return python.cases(t, cases, decimal(end));
  }

  /** More restarts than this are a table. */
  private static final int MOST_RESTARTS = 100;

  private static double wholeNear(double value) {
    double whole = Math.rint(value);
    return Math.abs(value - whole) <= 8 * Math.ulp(value) ? whole : value;
  }

  private String tanh(Tanh s) {
    double n = ticks(s.over());
    String done = "%s / %s".formatted(t, number(n));
    String z =
        "%s + (%s - %s) * %s"
            .formatted(decimal(s.lower()), decimal(s.upper()), decimal(s.lower()), done);
    List<Case> cases = new ArrayList<>();
    add(cases, Math.min(n, 1), decimal(s.initial()));
    if (n > 1) {
      add(
          cases,
          n,
          fall(s.initial(), s.end(), "0.5 * (1 - %s)".formatted(python.apply("tanh", z))));
    }
    return python.cases(t, cases, decimal(s.end()));
  }

  private String rex(Rex s) {
    double n = ticks(s.over());
    if (n == 0) {
      return decimal(s.end());
    }
    python.let("part", part(n));
    return fall(s.initial(), s.end(), "(1 - part) / (1 - part / 2)");
  }

  private String triangle(double base, double peak, Span up, Span down, String shrink) {
    double rise = ticks(up);
    double fall = down.amount() == 0 ? rise : ticks(down);
    String length = number(rise + fall);
    python.let("into", "%s %% %s".formatted(t, length));
    String height =
        python.min("into / " + number(rise), "(%s - into) / %s".formatted(length, number(fall)));
    String scale =
        switch (shrink) {
          case "" -> "";
          case "0.5" -> " * 0.5 ** (%s // %s)".formatted(t, length);
          default -> " * %s ** %s".formatted(shrink, t);
        };
    return fall(peak, base, height + scale);
  }

  private String oneCycle(OneCycle s) {
    double initial = s.peak() / s.div();
    double last = (s.dialect() == OneCycle.Dialect.FASTAI ? s.peak() : initial) / s.finalDiv();
    return oneCycle(
        s,
        new Phases(s.dialect(), s.pctStart(), s.pctFinal(), s.phases(), ticks(s.over())),
        s.curve(),
        initial,
        s.peak(),
        s.phases() == 2 ? last : initial,
        last);
  }

  private String oneCycle(OneCycleMomentum s) {
    return oneCycle(
        s,
        new Phases(s.dialect(), s.pctStart(), s.pctFinal(), s.phases(), ticks(s.over())),
        s.curve(),
        s.high(),
        s.low(),
        s.high(),
        s.high());
  }

  /** When the phases of one cycle end. */
  private record Phases(double first, double second, double end) {
    Phases(OneCycle.Dialect dialect, double start, double last, int phases, double total) {
      double first = start * total;
      double second = dialect == OneCycle.Dialect.TORCH ? 2 * start * total - 2 : last * total;
      double end = total;
      switch (dialect) {
        case TORCH -> {
          first--;
          end--;
        }
        case OPTAX -> {
          first = Math.floor(first);
          second = Math.max(first, Math.floor(second));
          end = Math.floor(end);
        }
        case FASTAI -> {}
      }
      this(first, phases == 2 ? end : second, end);
    }
  }

  private String oneCycle(
      Schedule s,
      Phases phases,
      Curve curve,
      double initial,
      double peak,
      double back,
      double last) {
    List<Case> cases = new ArrayList<>();
    double end = Math.max(0, phases.end());
    double first = Math.min(phases.first(), end);
    double second = Math.min(phases.second(), end);
    if (phases.first() > 0) {
      add(cases, first, way(curve, initial, peak, 0, phases.first()));
    }
    if (second > Math.max(0, first)) {
      add(cases, second, way(curve, peak, back, phases.first(), phases.second()));
    }
    if (end > second) {
      add(cases, end, way(curve, back, last, second, end));
    }
    return python.cases(t, cases, held(s, end));
  }

  /** A rise from 0, then something else. */
  private String warmed(double initial, Span warmup, int offset, String rest) {
    double w = ticks(warmup);
    if (w - offset <= 0) {
      return rest;
    }
    String time = offset == 0 ? t : "(" + t + " + 1)";
    return python.cases(
        t,
        List.of(
            new Case(
                number(w - offset), "%s * %s / %s".formatted(decimal(initial), time, number(w)))),
        rest);
  }

  private String warmed(double initial, double end, double power, Span warmup, Span over) {
    double w = ticks(warmup);
    double n = ticks(over);
    if (n <= w) {
      return warmed(initial, warmup, 0, decimal(end));
    }
    String left =
        "%s / %s".formatted(python.max("%s - %s".formatted(number(n), t), "0"), number(n - w));
    return warmed(initial, warmup, 0, fall(initial, end, power == 1 ? left : power(left, power)));
  }

  private String cosine(CosineWithWarmup s) {
    double w = ticks(s.warmup());
    double n = ticks(s.over());
    String rest;
    if (n <= w) {
      rest = held(s, Math.max(w, n));
    } else {
      String time = s.offset() == 0 ? t : "(" + t + " + 1)";
      String held = s.after() == Cosine.After.HOLD ? python.min(time, number(n)) : time;
      String part = "%s / %s".formatted(since(held, w), number(n - w));
      double halves = 2 * s.cycles();
      rest =
          fall(
              s.initial(),
              s.floorIs().of(s.floor(), s.initial()),
              halfCosine(halves == 1 ? part : number(halves) + " * " + part));
    }
    return warmed(s.initial(), s.warmup(), s.offset(), rest);
  }

  private String inverseSqrt(InverseSqrtWithWarmup s) {
    double w = ticks(s.warmup());
    double given = ticks(s.timescale());
    // What Transformers falls back to.
    double scale = given > 0 ? given : w > 0 ? w : 10_000;
    String time = since(t, w - scale);
    String root =
        python.apply("sqrt", "%s / %s".formatted(number(scale), python.max(time, number(scale))));
    return warmed(s.initial(), s.warmup(), 0, "%s * %s".formatted(decimal(s.initial()), root));
  }

  private String inverseSqrt(InverseSqrt s) {
    String scale = number(ticks(s.timescale()));
    return "%s * %s"
        .formatted(
            decimal(s.initial()),
            python.apply("sqrt", "%s / %s".formatted(scale, python.max(t, scale))));
  }

  private String noam(Noam s) {
    double w = ticks(s.warmup());
    String fall = "(%s + 1) ** -0.5".formatted(t);
    String shape =
        w == 0 ? fall : python.min(fall, "(%s + 1) * %s ** -1.5".formatted(t, decimal(w)));
    return "%s * %s ** -0.5 * %s".formatted(decimal(s.factor()), decimal(s.modelSize()), shape);
  }

  private String wsd(Wsd s) {
    double w = ticks(s.warmup());
    double end = ticks(s.over());
    double cooling = Math.max(w, end - ticks(s.cooldown()));
    double low = s.floorIs().of(s.floor(), s.peak());
    List<Case> cases = new ArrayList<>();
    if (w > 0) {
      add(cases, w, way(s.warmupCurve(), low, s.peak(), 0, w));
    }
    if (end > cooling) {
      if (cooling > w) {
        add(cases, cooling, decimal(s.peak()));
      }
      add(cases, end, way(s.cooldownCurve(), s.peak(), low, cooling, end));
    } else if (end > w) {
      add(cases, end, decimal(s.peak()));
    }
    return python.cases(t, cases, decimal(low));
  }

  private String flatCosine(FlatCosine s) {
    double from = ticks(s.flat());
    double to = ticks(s.over());
    List<Case> cases = new ArrayList<>();
    add(cases, Math.min(from, to), decimal(s.initial()));
    if (from < to) {
      add(cases, to, way(Curve.COSINE, s.initial(), s.end(), from, to));
    }
    return python.cases(t, cases, decimal(s.end()));
  }

  private String snapshot(Snapshot s) {
    double total = ticks(s.over());
    double length = Math.max(1, Math.ceil(total / s.cycles()));
    String time = python.min(t, number(Math.max(0, Math.ceil(total) - 1)));
    return fall(
        s.initial(),
        0,
        halfCosine("(%s %% %s) / %s".formatted(time, number(length), number(length))));
  }

  private String swa(Swa s) {
    double begin = Math.ceil(ticks(s.at()));
    double length = ticks(s.over());
    Progress run = python.run();
    List<Case> cases = new ArrayList<>();
    if (begin > 0) {
      add(cases, begin, python.call(s.schedule()));
    }
    if (length > 0) {
      double from =
          python.value(s.schedule(), run.totalIterations(), per.firstIteration(begin, run));
      add(cases, begin + length, way(s.curve(), from, s.swaRate(), begin, begin + length));
    }
    return python.cases(t, cases, decimal(s.swaRate()));
  }

  private String multiplicative(Multiplicative s) {
    String tick =
        per == Unit.EPOCH && !t.equals("t") ? "k * " + python.run().iterationsPerEpoch() : "k";
    String factor = python.call(s.factor(), python.run().totalIterations(), tick);
    return "%s * %s".formatted(decimal(s.initial()), python.product(factor, t, last()));
  }

  /** Whether a schedule multiplies over its past, which within another product is a table. */
  private static boolean isProduct(Schedule schedule) {
    return switch (schedule) {
      case Multiplicative s -> true;
      case TimeBased s -> s.form() == TimeBased.Form.RECURSIVE;
      default -> schedule.parts().stream().anyMatch(Formulas::isProduct);
    };
  }

  private static String unmoved(String metric, Schedule schedule, Python python) {
    python.note(
        "What %s does to it is not translated: this is the schedule while nothing moves it."
            .formatted(metric));
    return python.call(schedule);
  }
}
