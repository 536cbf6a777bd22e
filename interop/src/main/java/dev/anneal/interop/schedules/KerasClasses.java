package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;
import static dev.anneal.interop.PythonWriter.number;

import dev.anneal.api.Framework;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.interop.Counterpart;
import dev.anneal.interop.PythonWriter;
import dev.anneal.schedulers.Cosine;
import dev.anneal.schedulers.CosineRestarts;
import dev.anneal.schedulers.Exponential;
import dev.anneal.schedulers.ExponentialDecay;
import dev.anneal.schedulers.InverseTime;
import dev.anneal.schedulers.Linear;
import dev.anneal.schedulers.MultiStep;
import dev.anneal.schedulers.PiecewiseConstant;
import dev.anneal.schedulers.Plateau;
import dev.anneal.schedulers.Polynomial;
import dev.anneal.schedulers.StepDecay;
import dev.anneal.schedulers.TimeBased;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of {@code keras.optimizers.schedules}, which count updates, and the callback for
 * plateaus.
 */
final class KerasClasses {
  private static final String PACKAGE = "keras.optimizers.schedules.";

  private KerasClasses() {}

  static @Nullable Counterpart of(Schedule schedule, PythonWriter python) {
    Progress run = python.run();
    return switch (schedule) {
      case Constant s -> new Counterpart(decimal(s.value()), s.value(), Unit.ITERATION);
      case Linear s -> polynomial(s.initial(), s.end(), 1, s.over(), false, s.per(), run);
      case Polynomial s ->
          s.kDecay() == 1
              ? polynomial(s.initial(), s.end(), s.power(), s.over(), s.cycle(), s.per(), run)
              : null;
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
      case InverseTime s ->
          inverseTime(s.initial(), s.rate(), s.over().in(s.per(), run), s.staircase(), s.per());
      case TimeBased s ->
          s.form() == TimeBased.Form.CLOSED
              ? inverseTime(s.initial(), s.decay(), 1, false, s.per())
              : null;
      case PiecewiseConstant s -> piecewise(s, run);
      case MultiStep s -> multiStep(s, run);
      case Cosine s -> cosine(s, "", run);
      case Warmup s -> warmup(s, python);
      case CosineRestarts s -> restarts(s, run);
      case Plateau s -> plateau(s);
      default -> null;
    };
  }

  private static @Nullable Counterpart made(
      String type, String arguments, Unit per, String... notes) {
    return per == Unit.ITERATION
        ? new Counterpart("%s%s(%s)".formatted(PACKAGE, type, arguments), 0, per, notes)
        : null;
  }

  private static @Nullable Counterpart polynomial(
      double initial,
      double end,
      double power,
      Duration over,
      boolean cycle,
      Unit per,
      Progress run) {
    double n = over.in(per, run);
    return n > 0
        ? made(
            "PolynomialDecay",
            "initial_learning_rate=%s, decay_steps=%s, end_learning_rate=%s, power=%s%s"
                .formatted(
                    decimal(initial),
                    number(n),
                    decimal(end),
                    decimal(power),
                    cycle ? ", cycle=True" : ""),
            per)
        : null;
  }

  private static @Nullable Counterpart exponential(
      double initial, double rate, double over, boolean staircase, Unit per) {
    return decay("ExponentialDecay", initial, rate, over, staircase, per);
  }

  private static @Nullable Counterpart inverseTime(
      double initial, double rate, double over, boolean staircase, Unit per) {
    return decay("InverseTimeDecay", initial, rate, over, staircase, per);
  }

  private static @Nullable Counterpart decay(
      String type, double initial, double rate, double over, boolean staircase, Unit per) {
    return made(
        type,
        "initial_learning_rate=%s, decay_steps=%s, decay_rate=%s%s"
            .formatted(
                decimal(initial), number(over), decimal(rate), staircase ? ", staircase=True" : ""),
        per);
  }

  private static @Nullable Counterpart piecewise(PiecewiseConstant s, Progress run) {
    boolean left = s.side() == PiecewiseConstant.Side.LEFT;
    List<Double> last = new ArrayList<>();
    double latest = 0;
    for (Duration boundary : s.boundaries()) {
      double time = boundary.in(s.per(), run);
      latest = Math.max(latest, left ? Math.floor(time) + 1 : Math.ceil(time));
      last.add(latest - 1);
    }
    return piecewise(s.values(), last, s.per(), left);
  }

  private static @Nullable Counterpart multiStep(MultiStep s, Progress run) {
    List<Double> last =
        s.at().stream()
            .map(time -> Math.ceil(time.in(s.per(), run)) - s.offset() - 1)
            .sorted()
            .toList();
    List<Double> values =
        DoubleStream.iterate(s.initial(), value -> value * s.factor())
            .limit(last.size() + 1L)
            .boxed()
            .toList();
    return piecewise(values, last, s.per(), false);
  }

  /** The values, each with the last step at which it is in force. */
  private static @Nullable Counterpart piecewise(
      List<Double> values, List<Double> last, Unit per, boolean left) {
    if (last.isEmpty() || last.getFirst() < 0) {
      return null;
    }
    String arguments =
        "boundaries=%s, values=%s"
            .formatted(
                last.stream().map(PythonWriter::number).toList(),
                values.stream().map(PythonWriter::decimal).toList());
    return left
        ? made("PiecewiseConstantDecay", arguments, per)
        : made(
            "PiecewiseConstantDecay",
            arguments,
            per,
            "A boundary of Keras is the last step of the old value: one less than here.");
  }

  private static @Nullable Counterpart cosine(Cosine s, String warmup, Progress run) {
    double n = s.over().in(s.per(), run);
    boolean holds = s.after() == Cosine.After.HOLD;
    if (n == 0
        || s.exponent() != 1
        || s.kDecay() != 1
        || (!holds && WholeRun.run(s.per(), run) > n)
        || s.initial() == 0) {
      return null;
    }
    double alpha = s.floorIs() == Relative.FRACTION ? s.floor() : s.floor() / s.initial();
    String arguments =
        "%s, decay_steps=%s, alpha=%s"
            .formatted(
                warmup.isEmpty() ? "initial_learning_rate=" + decimal(s.initial()) : warmup,
                number(n),
                decimal(alpha));
    return holds
        ? made("CosineDecay", arguments, s.per())
        : made(
            "CosineDecay",
            arguments,
            s.per(),
            "CosineDecay holds its end after step %s; here it rises again.".formatted(number(n)));
  }

  private static @Nullable Counterpart warmup(Warmup s, PythonWriter python) {
    long n = WholeRun.warmup(s, python);
    if (n == WholeRun.NOT
        || s.per() != Unit.ITERATION
        || !(s.schedule() instanceof Cosine cosine)) {
      return null;
    }
    double from = s.fromIs().of(s.from(), cosine.initial());
    return cosine(
        cosine,
        "initial_learning_rate=%s, warmup_target=%s, warmup_steps=%d"
            .formatted(decimal(from), decimal(cosine.initial()), n),
        Progress.at(0, python.run().iterationsPerEpoch(), Math.max(1, WholeRun.left(s, python))));
  }

  private static @Nullable Counterpart restarts(CosineRestarts s, Progress run) {
    double n = s.period().in(s.per(), run);
    boolean known =
        n >= 1
            && s.periodMultiplier() >= 1
            && s.multiplies() == CosineRestarts.Multiplies.HEIGHT
            && s.cycles() == 0
            && s.kDecay() == 1
            && s.initial() > 0;
    if (!known) {
      return null;
    }
    double alpha = s.floorIs() == Relative.FRACTION ? s.floor() : s.floor() / s.initial();
    String arguments =
        "initial_learning_rate=%s, first_decay_steps=%s, t_mul=%s, m_mul=%s, alpha=%s"
            .formatted(
                decimal(s.initial()),
                number(n),
                decimal(s.periodMultiplier()),
                decimal(s.heightMultiplier()),
                decimal(alpha));
    return s.periodMultiplier() == 1
        ? made("CosineDecayRestarts", arguments, s.per())
        : made(
            "CosineDecayRestarts",
            arguments,
            s.per(),
            "Keras finds the restart by a logarithm, which may miss the very step of a restart.");
  }

  private static @Nullable Counterpart plateau(Plateau s) {
    boolean keras = s.dialect() == Framework.KERAS;
    boolean known =
        (keras || s.cooldown() == 0)
            && s.deltaIs() == Relative.VALUE
            && s.leastChange() == 0
            && s.schedule() instanceof Constant;
    if (!known) {
      return null;
    }
    String code =
        "keras.callbacks.ReduceLROnPlateau(monitor=\"%s\", factor=%s, patience=%d, mode=\"%s\", min_delta=%s, cooldown=%d, min_lr=%s)"
            .formatted(
                s.monitor(),
                decimal(s.factor()),
                keras ? s.patience() : s.patience() + 1,
                s.mode().name().toLowerCase(Locale.ROOT),
                decimal(s.delta()),
                s.cooldown(),
                decimal(s.floor()));
    double base = ((Constant) s.schedule()).value();
    return new Counterpart(code, base, Unit.EPOCH, s.monitor(), List.of());
  }
}
