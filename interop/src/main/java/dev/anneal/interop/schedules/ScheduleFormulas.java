package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;

import dev.anneal.api.schedule.Schedule;
import dev.anneal.interop.PythonWriter;
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
import dev.anneal.schedulers.StepDecay;
import dev.anneal.schedulers.Swa;
import dev.anneal.schedulers.Tanh;
import dev.anneal.schedulers.TimeBased;
import dev.anneal.schedulers.Triangular;
import dev.anneal.schedulers.Triangular2;
import dev.anneal.schedulers.Wsd;
import org.jspecify.annotations.Nullable;

/** The formula of each schedule as Python. */
final class ScheduleFormulas {
  private ScheduleFormulas() {}

  static @Nullable String of(Schedule schedule, PythonWriter python) {
    return switch (schedule) {
      case Linear s -> new DecayFormulas(python, s.per()).linear(s.initial(), s.end(), s.over());
      case Polynomial s -> new DecayFormulas(python, s.per()).polynomial(s);
      case PiecewiseConstant s -> new DecayFormulas(python, s.per()).piecewise(s);
      case PiecewiseLinear s -> new DecayFormulas(python, s.per()).piecewise(s);
      case StepDecay s -> new DecayFormulas(python, s.per()).step(s);
      case MultiStep s -> new DecayFormulas(python, s.per()).multiStep(s);
      case Exponential s -> new DecayFormulas(python, s.per()).exponential(s);
      case ExponentialDecay s -> new DecayFormulas(python, s.per()).exponential(s);
      case InverseTime s -> new DecayFormulas(python, s.per()).inverseTime(s);
      case TimeBased s -> new DecayFormulas(python, s.per()).timeBased(s);
      case Cosine s -> new DecayFormulas(python, s.per()).cosine(s);
      case CosineRestarts s -> new CycleFormulas(python, s.per()).restarts(s);
      case Tanh s -> new DecayFormulas(python, s.per()).tanh(s);
      case Rex s -> new DecayFormulas(python, s.per()).rex(s);
      case Triangular s ->
          new CycleFormulas(python, s.per()).triangle(s.base(), s.peak(), s.up(), s.down(), "");
      case Triangular2 s ->
          new CycleFormulas(python, s.per()).triangle(s.base(), s.peak(), s.up(), s.down(), "0.5");
      case ExpRange s ->
          new CycleFormulas(python, s.per())
              .triangle(s.base(), s.peak(), s.up(), s.down(), decimal(s.gamma()));
      case OneCycle s -> new CycleFormulas(python, s.per()).oneCycle(s);
      case OneCycleMomentum s -> new CycleFormulas(python, s.per()).oneCycle(s);
      case ConstantWithWarmup s ->
          new StageFormulas(python, s.per())
              .warmed(s.initial(), s.warmup(), 0, decimal(s.initial()));
      case LinearWithWarmup s ->
          new StageFormulas(python, s.per()).warmed(s.initial(), s.end(), 1, s.warmup(), s.over());
      case PolynomialWithWarmup s ->
          new StageFormulas(python, s.per())
              .warmed(s.initial(), s.end(), s.power(), s.warmup(), s.over());
      case CosineWithWarmup s -> new StageFormulas(python, s.per()).cosine(s);
      case InverseSqrtWithWarmup s -> new StageFormulas(python, s.per()).inverseSqrt(s);
      case InverseSqrt s -> new DecayFormulas(python, s.per()).inverseSqrt(s);
      case Noam s -> new StageFormulas(python, s.per()).noam(s);
      case Wsd s -> new StageFormulas(python, s.per()).wsd(s);
      case FlatCosine s -> new StageFormulas(python, s.per()).flatCosine(s);
      case Snapshot s -> new CycleFormulas(python, s.per()).snapshot(s);
      case Swa s -> new StageFormulas(python, s.per()).swa(s);
      case Multiplicative s ->
          isProduct(s.factor()) ? null : new DecayFormulas(python, s.per()).multiplicative(s);
      case Plateau s -> unmoved(s.monitor(), s.schedule(), python);
      case Greedy s -> unmoved(s.monitor(), s.schedule(), python);
      case SpikeGuard s -> unmoved(s.monitor(), s.schedule(), python);
      default -> null;
    };
  }

  /** Whether a schedule multiplies over its past, which within another product is a table. */
  private static boolean isProduct(Schedule schedule) {
    return switch (schedule) {
      case Multiplicative s -> true;
      case TimeBased s -> s.form() == TimeBased.Form.RECURSIVE;
      default -> schedule.parts().stream().anyMatch(ScheduleFormulas::isProduct);
    };
  }

  private static String unmoved(String metric, Schedule schedule, PythonWriter python) {
    python.note(
        "What %s does to it is not translated: this is the schedule while nothing moves it."
            .formatted(metric));
    return python.call(schedule);
  }
}
