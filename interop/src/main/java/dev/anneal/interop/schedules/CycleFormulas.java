package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;
import static dev.anneal.interop.PythonWriter.number;

import dev.anneal.api.Framework;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.PythonWriter;
import dev.anneal.interop.PythonWriter.Case;
import dev.anneal.schedulers.CosineRestarts;
import dev.anneal.schedulers.OneCycle;
import dev.anneal.schedulers.OneCycleMomentum;
import dev.anneal.schedulers.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Those that go up and down, as Python. */
final class CycleFormulas extends PythonTerms {
  /** More restarts than this are a table. */
  private static final int MOST_RESTARTS = 100;

  CycleFormulas(PythonWriter python, Unit per) {
    super(python, per);
  }

  String restarts(CosineRestarts s) {
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

  private static double wholeNear(double value) {
    double whole = Math.rint(value);
    return Math.abs(value - whole) <= 8 * Math.ulp(value) ? whole : value;
  }

  String triangle(double base, double peak, Duration up, Duration down, String shrink) {
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

  String oneCycle(OneCycle s) {
    double initial = s.peak() / s.div();
    double last = (s.dialect() == Framework.FASTAI ? s.peak() : initial) / s.finalDiv();
    return oneCycle(
        s,
        new Phases(s.dialect(), s.pctStart(), s.pctFinal(), s.phases(), ticks(s.over())),
        s.curve(),
        initial,
        s.peak(),
        s.phases() == 2 ? last : initial,
        last);
  }

  String oneCycle(OneCycleMomentum s) {
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
    Phases(Framework dialect, double start, double last, int phases, double total) {
      double first = start * total;
      double second = dialect == Framework.TORCH ? 2 * start * total - 2 : last * total;
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
        case FASTAI, KERAS -> {}
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

  String snapshot(Snapshot s) {
    double total = ticks(s.over());
    double length = Math.max(1, Math.ceil(total / s.cycles()));
    String time = python.min(t, number(Math.max(0, Math.ceil(total) - 1)));
    return fall(
        s.initial(),
        0,
        halfCosine("(%s %% %s) / %s".formatted(time, number(length), number(length))));
  }
}
