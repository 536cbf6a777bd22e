package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;
import static dev.anneal.interop.PythonWriter.number;

import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.PythonWriter;
import dev.anneal.interop.PythonWriter.Case;
import java.util.List;

/** What the formulas of schedules are made of. */
abstract class PythonTerms {
  final PythonWriter python;
  final Unit per;

  /** The time, as the schedule reads it. */
  final String t;

  PythonTerms(PythonWriter python, Unit per) {
    this.python = python;
    this.per = per;
    this.t = python.clock(per);
  }

  double ticks(Duration duration) {
    return duration.in(per, python.run());
  }

  /** What a schedule says from so many ticks on. */
  String held(Schedule schedule, double ticks) {
    Progress run = python.run();
    return decimal(python.value(schedule, run.totalIterations(), per.firstIteration(ticks, run)));
  }

  /** The time since another. */
  static String since(String time, double start) {
    if (start == 0) {
      return time;
    }
    return start < 0
        ? "(%s + %s)".formatted(time, number(-start))
        : "(%s - %s)".formatted(time, number(start));
  }

  /** The part of a way, held at its end. */
  String part(double n) {
    return "%s / %s".formatted(python.min(t, number(n)), number(n));
  }

  static String power(String base, double exponent) {
    return exponent == 1 ? base : "(" + base + ") ** " + number(exponent);
  }

  /** {@code end + (initial - end) * part}. */
  static String fall(double initial, double end, String part) {
    return end == 0
        ? "%s * %s".formatted(decimal(initial), part)
        : "%s + (%s - %s) * %s".formatted(decimal(end), decimal(initial), decimal(end), part);
  }

  static void add(List<Case> cases, double until, String value) {
    if (until > 0) {
      cases.add(new Case(number(until), value));
    }
  }

  /** The way from one value to another between two times. */
  String way(Curve curve, double from, double to, double start, double end) {
    String done = "%s / %s".formatted(since(t, start), number(end - start));
    return CompositionFormulas.curve(curve, from, to, done, python);
  }

  /** {@code floor(time / n)}. */
  String whole(String time, double n) {
    return n == Math.rint(n)
        ? "(%s // %s)".formatted(time, number(n))
        : python.apply("floor", "%s / %s".formatted(time, number(n)));
  }

  /** The last tick of the run. */
  long last() {
    return (long) Math.ceil(ticks(Duration.percent(100)));
  }

  /** {@code 0.5 * (1 + cos(pi * part))}. */
  String halfCosine(String part) {
    return "0.5 * (1 + %s)".formatted(python.apply("cos", python.pi() + " * " + part));
  }
}
