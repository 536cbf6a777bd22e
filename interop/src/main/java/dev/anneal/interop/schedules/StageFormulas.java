package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;
import static dev.anneal.interop.PythonWriter.number;

import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.PythonWriter;
import dev.anneal.interop.PythonWriter.Case;
import dev.anneal.schedulers.Cosine;
import dev.anneal.schedulers.CosineWithWarmup;
import dev.anneal.schedulers.FlatCosine;
import dev.anneal.schedulers.InverseSqrtWithWarmup;
import dev.anneal.schedulers.Noam;
import dev.anneal.schedulers.Swa;
import dev.anneal.schedulers.Wsd;
import java.util.ArrayList;
import java.util.List;

/** Those with a warm-up, a plateau or a last phase, as Python. */
final class StageFormulas extends PythonTerms {
  StageFormulas(PythonWriter python, Unit per) {
    super(python, per);
  }

  /** A rise from 0, then something else. */
  String warmed(double initial, Duration warmup, int offset, String rest) {
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

  String warmed(double initial, double end, double power, Duration warmup, Duration over) {
    double w = ticks(warmup);
    double n = ticks(over);
    if (n <= w) {
      return warmed(initial, warmup, 0, decimal(end));
    }
    String left =
        "%s / %s".formatted(python.max("%s - %s".formatted(number(n), t), "0"), number(n - w));
    return warmed(initial, warmup, 0, fall(initial, end, power == 1 ? left : power(left, power)));
  }

  String cosine(CosineWithWarmup s) {
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

  String inverseSqrt(InverseSqrtWithWarmup s) {
    double w = ticks(s.warmup());
    double given = ticks(s.timescale());
    // What Transformers falls back to.
    double scale = given > 0 ? given : w > 0 ? w : 10_000;
    String time = since(t, w - scale);
    String root =
        python.apply("sqrt", "%s / %s".formatted(number(scale), python.max(time, number(scale))));
    return warmed(s.initial(), s.warmup(), 0, "%s * %s".formatted(decimal(s.initial()), root));
  }

  String noam(Noam s) {
    double w = ticks(s.warmup());
    String fall = "(%s + 1) ** -0.5".formatted(t);
    String shape =
        w == 0 ? fall : python.min(fall, "(%s + 1) * %s ** -1.5".formatted(t, decimal(w)));
    return "%s * %s ** -0.5 * %s".formatted(decimal(s.factor()), decimal(s.modelSize()), shape);
  }

  String wsd(Wsd s) {
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

  String flatCosine(FlatCosine s) {
    double from = ticks(s.flat());
    double to = ticks(s.over());
    List<Case> cases = new ArrayList<>();
    add(cases, Math.min(from, to), decimal(s.initial()));
    if (from < to) {
      add(cases, to, way(Curve.COSINE, s.initial(), s.end(), from, to));
    }
    return python.cases(t, cases, decimal(s.end()));
  }

  String swa(Swa s) {
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
}
