package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;
import static dev.anneal.interop.PythonWriter.number;

import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.PythonWriter;
import dev.anneal.interop.PythonWriter.Case;
import dev.anneal.schedulers.Cosine;
import dev.anneal.schedulers.Exponential;
import dev.anneal.schedulers.ExponentialDecay;
import dev.anneal.schedulers.InverseSqrt;
import dev.anneal.schedulers.InverseTime;
import dev.anneal.schedulers.MultiStep;
import dev.anneal.schedulers.Multiplicative;
import dev.anneal.schedulers.PiecewiseConstant;
import dev.anneal.schedulers.PiecewiseLinear;
import dev.anneal.schedulers.Polynomial;
import dev.anneal.schedulers.Rex;
import dev.anneal.schedulers.StepDecay;
import dev.anneal.schedulers.Tanh;
import dev.anneal.schedulers.TimeBased;
import java.util.ArrayList;
import java.util.List;

/** Those of one shape from the first value on, whole or in pieces, as Python. */
final class DecayFormulas extends PythonTerms {
  DecayFormulas(PythonWriter python, Unit per) {
    super(python, per);
  }

  String linear(double initial, double end, Duration over) {
    double n = ticks(over);
    return n == 0 ? decimal(end) : fall(initial, end, "(1 - %s)".formatted(part(n)));
  }

  String polynomial(Polynomial s) {
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

  String piecewise(PiecewiseConstant s) {
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

  String piecewise(PiecewiseLinear s) {
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

  String step(StepDecay s) {
    String time = s.offset() == 0 ? t : "(" + t + " + 1)";
    return "%s * %s ** %s"
        .formatted(decimal(s.initial()), decimal(s.factor()), whole(time, ticks(s.every())));
  }

  String multiStep(MultiStep s) {
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

  String exponential(Exponential s) {
    return "%s * %s"
        .formatted(
            decimal(s.initial()), python.apply("exp", "%s * %s".formatted(decimal(-s.rate()), t)));
  }

  String exponential(ExponentialDecay s) {
    return "%s * %s ** %s"
        .formatted(decimal(s.initial()), decimal(s.rate()), stairs(s.over(), s.staircase()));
  }

  private String stairs(Duration over, boolean staircase) {
    double n = ticks(over);
    return staircase ? whole(t, n) : n == 1 ? t : "(%s / %s)".formatted(t, number(n));
  }

  String inverseTime(InverseTime s) {
    return "%s / (1 + %s * %s)"
        .formatted(decimal(s.initial()), decimal(s.rate()), stairs(s.over(), s.staircase()));
  }

  String timeBased(TimeBased s) {
    return switch (s.form()) {
      case CLOSED -> "%s / (1 + %s * %s)".formatted(decimal(s.initial()), decimal(s.decay()), t);
      case RECURSIVE ->
          "%s / %s"
              .formatted(
                  decimal(s.initial()),
                  python.product("(1 + %s * k)".formatted(decimal(s.decay())), t, last()));
    };
  }

  String cosine(Cosine s) {
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

  String tanh(Tanh s) {
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

  String rex(Rex s) {
    double n = ticks(s.over());
    if (n == 0) {
      return decimal(s.end());
    }
    python.let("part", part(n));
    return fall(s.initial(), s.end(), "(1 - part) / (1 - part / 2)");
  }

  String inverseSqrt(InverseSqrt s) {
    String scale = number(ticks(s.timescale()));
    return "%s * %s"
        .formatted(
            decimal(s.initial()),
            python.apply("sqrt", "%s / %s".formatted(scale, python.max(t, scale))));
  }

  String multiplicative(Multiplicative s) {
    String tick =
        per == Unit.EPOCH && !t.equals("t") ? "k * " + python.run().iterationsPerEpoch() : "k";
    String factor = python.call(s.factor(), python.run().totalIterations(), tick);
    return "%s * %s".formatted(decimal(s.initial()), python.product(factor, t, last()));
  }
}
