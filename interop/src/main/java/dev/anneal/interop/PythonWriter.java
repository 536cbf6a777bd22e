package dev.anneal.interop;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Python function of the time {@code t} that is being written, for one schedule in one run or
 * part of a run.
 *
 * <p>Numbers of the run are known when it is written, so durations become numbers of ticks. Three
 * dialects of the same formulas are spoken: plain {@code math} where the framework calls the
 * function with a number, {@code keras.ops} and {@code jax.numpy} where it is traced with arrays.
 */
public final class PythonWriter {
  /** A table longer than this is no program that anyone wants to read. */
  private static final int LONGEST_TABLE = 10_000;

  /** How functions of numbers are called. */
  enum MathLibrary {
    MATH("math."),
    OPS("ops."),
    JNP("jnp.");

    private final String prefix;

    MathLibrary(String prefix) {
      this.prefix = prefix;
    }
  }

  private record Part(Schedule schedule, long length) {}

  /** What all functions of a program share. */
  static final class Program {
    final List<Translator> translators;
    final Framework framework;
    final Unit unit;
    final MathLibrary math;
    final int iterationsPerEpoch;
    final Map<String, String> functions = new LinkedHashMap<>();
    final Set<String> notes = new LinkedHashSet<>();
    private final Map<Part, String> names = new HashMap<>();

    /** Whether something reads the clock of epochs. */
    boolean readsEpochs;

    /** Whether something falls between the ticks of {@code unit}. */
    boolean fallsBetween;

    Program(List<Translator> translators, Framework framework, Unit unit, int iterationsPerEpoch) {
      this.translators = translators;
      this.framework = framework;
      this.unit = unit;
      this.iterationsPerEpoch = iterationsPerEpoch;
      this.math =
          switch (framework) {
            case TORCH -> MathLibrary.MATH;
            case KERAS -> unit == Unit.EPOCH ? MathLibrary.MATH : MathLibrary.OPS;
            case OPTAX -> MathLibrary.JNP;
            case FASTAI -> throw notWritten();
          };
    }

    static InputException notWritten() {
      return new InputException(
          "a schedule is written as code of keras, pytorch or optax, not of fastai");
    }

    PythonWriter run(long length) {
      return new PythonWriter(this, length);
    }

    boolean mentions(String word) {
      return functions.values().stream().anyMatch(text -> text.contains(word));
    }
  }

  /**
   * One of several formulas, each of which holds until some time.
   *
   * @param until the first time, on {@code t} or whichever clock the cases are read by, at which it
   *     no longer holds
   * @param value its expression
   */
  public record Case(String until, String value) {}

  private final Program program;
  private final Progress run;
  private final List<String> lines = new ArrayList<>();

  private PythonWriter(Program program, long length) {
    this.program = program;
    this.run = Progress.at(0, program.iterationsPerEpoch, Math.max(1, length));
  }

  /**
   * The framework.
   *
   * @return where the function is to be used
   */
  public Framework framework() {
    return program.framework;
  }

  /**
   * The run that the function is for.
   *
   * @return its shape, at its first iteration
   */
  public Progress run() {
    return run;
  }

  /**
   * The time that a schedule of this unit reads.
   *
   * @param per its unit
   * @return an expression
   */
  public String clock(Unit per) {
    if (per == Unit.EPOCH) {
      program.readsEpochs = true;
    } else if (program.unit == Unit.EPOCH) {
      program.fallsBetween = true;
    }
    if (per == program.unit || run.iterationsPerEpoch() == 1) {
      return "t";
    }
    String line = "epoch = t // " + run.iterationsPerEpoch();
    if (!lines.contains(line)) {
      lines.add(line);
    }
    return "epoch";
  }

  /**
   * A number of iterations on the clock {@code t}.
   *
   * @param iterations how many
   * @return a whole number
   */
  public String time(long iterations) {
    if (program.unit == Unit.ITERATION) {
      return Long.toString(iterations);
    }
    program.fallsBetween |= iterations % run.iterationsPerEpoch() != 0;
    return Long.toString(iterations / run.iterationsPerEpoch());
  }

  /**
   * Adds a line before the result.
   *
   * @param name a variable
   * @param value its expression
   * @return the variable
   */
  public String let(String name, String value) {
    lines.add(name + " = " + value);
    return name;
  }

  /**
   * Says where the program is not exact.
   *
   * @param text one line
   */
  public void note(String text) {
    program.notes.add(text);
  }

  /**
   * Another schedule on the same clock.
   *
   * @param part the schedule
   * @return an expression for its value at {@code t}
   */
  public String call(Schedule part) {
    return call(part, run.totalIterations(), "t");
  }

  /**
   * Another schedule as in a run of its own.
   *
   * @param part the schedule
   * @param length the iterations of that run
   * @param time the time in that run, on the clock of {@code t}
   * @return an expression for its value
   */
  public String call(Schedule part, long length, String time) {
    if (part instanceof Constant constant) {
      return decimal(constant.value());
    }
    return program.run(length).define(part) + "(" + time + ")";
  }

  /**
   * The value of another schedule in a run of its own, where it is read at a time that is known.
   *
   * @param part the schedule
   * @param length the iterations of that run
   * @param iteration which
   * @return the value
   */
  public double value(Schedule part, long length, long iteration) {
    return run.read(part, 0, length, iteration);
  }

  /**
   * The framework's own object for a part.
   *
   * @param part the schedule
   * @param length the iterations of the run of its own
   * @return the first that a translator knows
   */
  public Optional<Counterpart> counterpart(Schedule part, long length) {
    PythonWriter inner = program.run(length);
    return program.translators.stream()
        .flatMap(translator -> translator.counterpart(part, inner).stream())
        .findFirst();
  }

  /**
   * Defines the function.
   *
   * @param schedule what it computes
   * @return the function's name
   */
  String define(Schedule schedule) {
    Part key = new Part(schedule, run.totalIterations());
    String known = program.names.get(key);
    if (known != null) {
      return known;
    }
    String result =
        program.translators.stream()
            .flatMap(translator -> translator.formula(schedule, this).stream())
            .findFirst()
            .orElseGet(() -> table(schedule));
    String name = freeName(schedule);
    StringBuilder text = new StringBuilder("def " + name + "(t):\n");
    lines.forEach(line -> text.append("    ").append(line).append('\n'));
    text.append("    return ").append(result).append('\n');
    program.functions.put(name, text.toString());
    program.names.put(key, name);
    return name;
  }

  private String freeName(Schedule schedule) {
    Plugin plugin = schedule.getClass().getAnnotation(Plugin.class);
    String name = plugin == null ? "schedule" : plugin.name().replace('-', '_');
    // min, max and sum are functions of Python, which formulas use
    String free = Set.of("min", "max", "sum").contains(name) ? name + "_of" : name;
    for (int i = 2; program.functions.containsKey(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  /**
   * A schedule as the table of its values in the run: what is left where it has no formula.
   *
   * @param schedule any schedule
   * @return an expression
   */
  public String table(Schedule schedule) {
    List<Case> cases = new ArrayList<>();
    double value = value(schedule, run.totalIterations(), 0);
    for (long i = 1; i < run.totalIterations(); i++) {
      double next = value(schedule, run.totalIterations(), i);
      if (next != value) {
        cases.add(new Case(time(i), decimal(value)));
        value = next;
        program.readsEpochs |= program.unit == Unit.EPOCH;
      }
      if (cases.size() > LONGEST_TABLE) {
        throw new InputException(
            "this schedule has no formula, and a table of its values is longer than %d; translate"
                    .formatted(LONGEST_TABLE)
                + " a shorter run");
      }
    }
    note(
        "A schedule without a formula is a table of its values in this run; beyond it, the last"
            + " value holds.");
    List<String> times = cases.stream().map(Case::until).toList();
    List<String> values = new ArrayList<>(cases.stream().map(Case::value).toList());
    values.add(decimal(value));
    let("times", rows(times));
    let("values", rows(values));
    return switch (program.math) {
      case MATH -> "values[bisect.bisect_right(times, t)]";
      case OPS ->
          "ops.take(ops.array(values), ops.searchsorted(ops.array(times), t, side=\"right\"))";
      case JNP -> "jnp.array(values)[jnp.searchsorted(jnp.array(times), t, side=\"right\")]";
    };
  }

  private static String rows(List<String> items) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < items.size(); i++) {
      text.append(i % 8 == 0 ? "\n        " : " ").append(items.get(i)).append(',');
    }
    return text.append(items.isEmpty() ? "]" : "\n    ]").toString();
  }

  /**
   * Formulas that give way to each other.
   *
   * @param time the clock that they are read by
   * @param cases each with the time at which it ends, ascending
   * @param otherwise what holds after the last
   * @return the value of the first case whose time has not come; to be the result, not a part of it
   */
  public String cases(String time, List<Case> cases, String otherwise) {
    if (program.math == MathLibrary.MATH) {
      for (Case each : cases) {
        lines.add("if %s < %s:".formatted(time, each.until()));
        lines.add("    return " + each.value());
      }
      return otherwise;
    }
    if (cases.isEmpty()) {
      return otherwise;
    }
    let("value", otherwise);
    for (Case each : cases.reversed()) {
      let(
          "value",
          "%swhere(%s < %s, %s, value)"
              .formatted(program.math.prefix, time, each.until(), each.value()));
    }
    return "value";
  }

  /**
   * A value, such as a rate.
   *
   * @param value the number
   * @return its text, with a point or an exponent
   */
  public static String decimal(double value) {
    String text = Numbers.print(value);
    return switch (text) {
      case "inf" -> "math.inf";
      case "-inf" -> "-math.inf";
      default -> text.matches("-?\\d+") ? text + ".0" : text;
    };
  }

  /**
   * A count, such as a length in ticks.
   *
   * @param value the number
   * @return its text, without a point where it is whole
   */
  public static String number(double value) {
    return Numbers.print(value);
  }

  /**
   * A function of one number that every dialect has.
   *
   * @param name {@code exp}, {@code cos}, {@code sqrt}, {@code tanh}, {@code floor} or {@code ceil}
   * @param x an expression
   * @return the call
   */
  public String apply(String name, String x) {
    return program.math.prefix + name + "(" + x + ")";
  }

  /**
   * The ratio of a circle's circumference to its diameter.
   *
   * @return its name
   */
  public String pi() {
    return "math.pi";
  }

  /**
   * The smaller of two numbers.
   *
   * @param a an expression
   * @param b another
   * @return the call
   */
  public String min(String a, String b) {
    return extreme("min", a, b);
  }

  /**
   * The larger of two numbers.
   *
   * @param a an expression
   * @param b another
   * @return the call
   */
  public String max(String a, String b) {
    return extreme("max", a, b);
  }

  private String extreme(String name, String a, String b) {
    return program.math == MathLibrary.MATH
        ? "%s(%s, %s)".formatted(name, a, b)
        : "%s%simum(%s, %s)".formatted(program.math.prefix, name, a, b);
  }

  /**
   * The product of a formula over a number of ticks.
   *
   * @param factor an expression in {@code k}
   * @param last the last {@code k}, from 1 on
   * @param most how large {@code last} can become in the run
   * @return the product, 1 where there is none
   */
  public String product(String factor, String last, long most) {
    if (program.math == MathLibrary.MATH) {
      return "math.prod(%s for k in range(1, %s + 1))".formatted(factor, last);
    }
    note("A product is written for the steps of this run; beyond it, its last value holds.");
    String prefix = program.math.prefix;
    let("k", "%sarange(1, %d)".formatted(prefix, most + 1));
    return "%sprod(%swhere(k <= %s, %s, 1.0))".formatted(prefix, prefix, last, factor);
  }
}
