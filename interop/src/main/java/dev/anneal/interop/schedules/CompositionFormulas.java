package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;
import static dev.anneal.interop.PythonWriter.number;

import dev.anneal.api.schedule.Clamp;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Maximum;
import dev.anneal.api.schedule.Minimum;
import dev.anneal.api.schedule.Product;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Repeat;
import dev.anneal.api.schedule.Scale;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Shift;
import dev.anneal.api.schedule.Sum;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.interop.PythonWriter;
import dev.anneal.interop.PythonWriter.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compositions as Python: a part is a function, and a run of its own is another time. */
final class CompositionFormulas {
  private CompositionFormulas() {}

  static @Nullable String formula(Schedule schedule, PythonWriter python) {
    return switch (schedule) {
      case Constant constant -> decimal(constant.value());
      case Scale scale -> decimal(scale.factor()) + " * " + python.call(scale.schedule());
      case Clamp clamp -> clamp(clamp, python);
      case Product product -> joined(product.schedules(), " * ", python);
      case Sum sum -> joined(sum.schedules(), " + ", python);
      case Maximum maximum -> folded(maximum.schedules(), python, python::max);
      case Minimum minimum -> folded(minimum.schedules(), python, python::min);
      case Sequence sequence -> sequence(sequence, python);
      case Repeat repeat -> repeat(repeat, python);
      case Shift shift -> shift(shift, python);
      case Warmup warmup -> warmup(warmup, python);
      default -> null;
    };
  }

  private static String clamp(Clamp clamp, PythonWriter python) {
    String value = python.call(clamp.schedule());
    if (clamp.low() > Double.NEGATIVE_INFINITY) {
      value = python.max(value, decimal(clamp.low()));
    }
    return clamp.high() < Double.POSITIVE_INFINITY
        ? python.min(value, decimal(clamp.high()))
        : value;
  }

  private static String joined(List<Schedule> parts, String operator, PythonWriter python) {
    return parts.stream().map(python::call).collect(Collectors.joining(operator));
  }

  private static String folded(
      List<Schedule> parts, PythonWriter python, BinaryOperator<String> fold) {
    return parts.stream().map(python::call).reduce(fold).orElseThrow();
  }

  /** The time of a part that begins later. */
  private static String since(long start, PythonWriter python) {
    return start == 0 ? "t" : "t - " + python.time(start);
  }

  private static String sequence(Sequence sequence, PythonWriter python) {
    Progress run = python.run();
    List<Case> cases = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < sequence.boundaries().size(); i++) {
      long end = Math.max(start, sequence.boundaries().get(i).firstIteration(run));
      if (end > start) {
        String value = python.call(sequence.schedules().get(i), end - start, since(start, python));
        cases.add(new Case(python.time(end), value));
      }
      start = end;
    }
    long left = run.totalIterations() - start;
    return python.cases(
        "t", cases, python.call(sequence.schedules().getLast(), left, since(start, python)));
  }

  private static String repeat(Repeat repeat, PythonWriter python) {
    long length = Math.max(1, repeat.every().firstIteration(python.run()));
    String again = python.call(repeat.schedule(), length, "t % " + python.time(length));
    if (repeat.times() == 0) {
      return again;
    }
    double last = python.value(repeat.schedule(), length, length);
    return python.cases(
        "t", List.of(new Case(python.time(repeat.times() * length), again)), decimal(last));
  }

  private static String shift(Shift shift, PythonWriter python) {
    long start = shift.by().firstIteration(python.run());
    long left = python.run().totalIterations() - start;
    String shifted = python.call(shift.schedule(), left, since(start, python));
    return start == 0
        ? shifted
        : python.cases(
            "t",
            List.of(new Case(python.time(start), decimal(python.value(shift.schedule(), left, 0)))),
            shifted);
  }

  private static @Nullable String warmup(Warmup warmup, PythonWriter python) {
    Progress run = python.run();
    double ticks = warmup.over().in(warmup.per(), run);
    long first = warmup.per().firstIteration(ticks, run);
    long total = run.totalIterations();
    long left = total - first;
    String rest =
        warmup.clock() == Warmup.Clock.AFTER
            ? python.call(warmup.schedule(), left, since(first, python))
            : python.call(warmup.schedule());
    if (ticks == 0) {
      return rest;
    }
    String clock = python.clock(warmup.per());
    String done = (warmup.offset() == 0 ? clock : "(" + clock + " + 1)") + " / " + number(ticks);
    String x = warmup.offset() == 1 && ticks != Math.rint(ticks) ? python.min(done, "1.0") : done;
    String rise;
    if (warmup.clock() == Warmup.Clock.MULTIPLY) {
      if (warmup.fromIs() == Relative.FRACTION) {
        rise = rest + " * (" + curve(warmup.curve(), warmup.from(), 1, x, python) + ")";
      } else if (warmup.curve() == Curve.LINEAR) {
        String from = decimal(warmup.from());
        rise = "%s + (%s - %s) * %s".formatted(from, rest, from, x);
      } else {
        return null;
      }
    } else {
      double target =
          warmup.clock() == Warmup.Clock.AFTER
              ? python.value(warmup.schedule(), left, 0)
              : python.value(warmup.schedule(), total, 0);
      double from = warmup.fromIs().of(warmup.from(), target);
      rise = curve(warmup.curve(), from, target, x, python);
    }
    return python.cases(clock, List.of(new Case(number(Math.ceil(ticks)), rise)), rest);
  }

  /**
   * The way from one number to another, as {@link Curve} has it.
   *
   * @param x an expression from 0 to 1, a quotient
   */
  static String curve(Curve curve, double from, double to, String x, PythonWriter python) {
    if (from == to) {
      return decimal(from);
    }
    return switch (curve) {
      case LINEAR -> along(from, to, x);
      case COSINE ->
          along(to, from, "0.5 * (1 + %s)".formatted(python.apply("cos", python.pi() + " * " + x)));
      case EXPONENTIAL -> {
        double ratio = to / from;
        yield ratio > 0 && ratio < Double.POSITIVE_INFINITY
            ? "%s * %s ** (%s)".formatted(decimal(from), decimal(ratio), x)
            : along(from, to, x);
      }
      case ONE_MINUS_SQRT ->
          to < from
              ? along(from, to, python.apply("sqrt", x))
              : along(from, to, "(1 - %s)".formatted(python.apply("sqrt", "1 - " + x)));
    };
  }

  /** {@code from + (to - from) * x}. */
  private static String along(double from, double to, String x) {
    if (from == 0 && to == 1) {
      return x;
    }
    return from == 0
        ? "%s * %s".formatted(decimal(to), x)
        : "%s + (%s - %s) * %s".formatted(decimal(from), decimal(to), decimal(from), x);
  }
}
