package dev.anneal.interop.schedules;

import static dev.anneal.interop.PythonWriter.decimal;

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
import dev.anneal.schedulers.CosineRestarts;
import dev.anneal.schedulers.ExpRange;
import dev.anneal.schedulers.Exponential;
import dev.anneal.schedulers.ExponentialDecay;
import dev.anneal.schedulers.Linear;
import dev.anneal.schedulers.MultiStep;
import dev.anneal.schedulers.OneCycle;
import dev.anneal.schedulers.Plateau;
import dev.anneal.schedulers.Polynomial;
import dev.anneal.schedulers.StepDecay;
import dev.anneal.schedulers.Triangular;
import dev.anneal.schedulers.Triangular2;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The schedulers of {@code torch.optim.lr_scheduler}. */
final class TorchClasses {
  private static final String PACKAGE = "torch.optim.lr_scheduler.";

  /** Those that compute from the rate before, or have a closed form: they may follow another. */
  private static final List<String> CHAINABLE =
      List.of(
          "ConstantLR",
          "LinearLR",
          "PolynomialLR",
          "StepLR",
          "MultiStepLR",
          "ExponentialLR",
          "CosineAnnealingLR(");

  private TorchClasses() {}

  static @Nullable Counterpart of(Schedule schedule, PythonWriter python) {
    return switch (schedule) {
      case Constant s -> made("ConstantLR", "factor=1.0, total_iters=0", s.value(), Unit.ITERATION);
      case Linear s -> linear(s, python.run());
      case Polynomial s -> polynomial(s, python.run());
      case StepDecay s -> step(s, python.run());
      case MultiStep s -> multiStep(s, python.run());
      case Exponential s ->
          made("ExponentialLR", "gamma=" + decimal(Math.exp(-s.rate())), s.initial(), s.per());
      case ExponentialDecay s -> exponential(s, python.run());
      case Cosine s -> cosine(s, python.run());
      case CosineRestarts s -> restarts(s, python.run());
      case Triangular s ->
          cyclic("triangular", "", s.base(), s.peak(), s.up(), s.down(), s.per(), python.run());
      case Triangular2 s ->
          cyclic("triangular2", "", s.base(), s.peak(), s.up(), s.down(), s.per(), python.run());
      case ExpRange s ->
          cyclic(
              "exp_range",
              ", gamma=" + decimal(s.gamma()),
              s.base(),
              s.peak(),
              s.up(),
              s.down(),
              s.per(),
              python.run());
      case OneCycle s -> oneCycle(s, python.run());
      case Plateau s -> plateau(s);
      case Sequence s -> sequence(WholeRun.chain(s, python));
      case Warmup s -> warmup(s, python);
      default -> null;
    };
  }

  private static Counterpart made(
      String type, String arguments, double base, Unit per, String... notes) {
    return new Counterpart(PACKAGE + type + "(optimizer, " + arguments + ")", base, per, notes);
  }

  private static @Nullable Counterpart linear(Linear s, Progress run) {
    long n = WholeRun.ticks(s.over(), s.per(), run);
    double base = Math.max(s.initial(), s.end());
    if (n < 1 || s.initial() == 0) {
      return null; // LinearLR cannot start at 0
    }
    return made(
        "LinearLR",
        "start_factor=%s, end_factor=%s, total_iters=%d"
            .formatted(decimal(s.initial() / base), decimal(s.end() / base), n),
        base,
        s.per());
  }

  private static @Nullable Counterpart polynomial(Polynomial s, Progress run) {
    long n = WholeRun.ticks(s.over(), s.per(), run);
    return n < 1 || s.end() != 0 || s.cycle() || s.kDecay() != 1
        ? null
        : made(
            "PolynomialLR",
            "total_iters=%d, power=%s".formatted(n, decimal(s.power())),
            s.initial(),
            s.per());
  }

  private static @Nullable Counterpart step(StepDecay s, Progress run) {
    long n = WholeRun.ticks(s.every(), s.per(), run);
    return n < 1 || s.offset() != 0 ? null : stairs(s.initial(), s.factor(), n, s.per());
  }

  private static Counterpart stairs(double initial, double factor, long n, Unit per) {
    return made("StepLR", "step_size=%d, gamma=%s".formatted(n, decimal(factor)), initial, per);
  }

  private static @Nullable Counterpart multiStep(MultiStep s, Progress run) {
    List<Long> milestones =
        s.at().stream()
            .map(time -> (long) Math.ceil(time.in(s.per(), run)) - s.offset())
            .sorted()
            .toList();
    return milestones.stream().anyMatch(time -> time < 0)
        ? null
        : made(
            "MultiStepLR",
            "milestones=%s, gamma=%s".formatted(milestones, decimal(s.factor())),
            s.initial(),
            s.per());
  }

  private static @Nullable Counterpart exponential(ExponentialDecay s, Progress run) {
    if (s.staircase()) {
      long n = WholeRun.ticks(s.over(), s.per(), run);
      return n < 1 ? null : stairs(s.initial(), s.rate(), n, s.per());
    }
    double gamma = Math.pow(s.rate(), 1 / s.over().in(s.per(), run));
    return gamma > 0 && Double.isFinite(gamma)
        ? made("ExponentialLR", "gamma=" + decimal(gamma), s.initial(), s.per())
        : null;
  }

  private static @Nullable Counterpart cosine(Cosine s, Progress run) {
    long n = WholeRun.ticks(s.over(), s.per(), run);
    boolean holds = s.after() == Cosine.After.HOLD;
    // The recursion of CosineAnnealingLR divides by the distance to the floor, which is 0 where it
    // turns: what it has lost there by rounding it keeps.
    if (n < 1
        || s.exponent() != 1
        || s.kDecay() != 1
        || WholeRun.run(s.per(), run) > (holds ? n : Long.MAX_VALUE)) {
      return null;
    }
    String arguments =
        "T_max=%d, eta_min=%s".formatted(n, decimal(s.floorIs().of(s.floor(), s.initial())));
    return holds
        ? made(
            "CosineAnnealingLR",
            arguments,
            s.initial(),
            s.per(),
            "CosineAnnealingLR rises again after step %d; here the end holds.".formatted(n))
        : made("CosineAnnealingLR", arguments, s.initial(), s.per());
  }

  private static @Nullable Counterpart restarts(CosineRestarts s, Progress run) {
    long n = WholeRun.ticks(s.period(), s.per(), run);
    boolean known =
        s.periodMultiplier() >= 1
            && s.periodMultiplier() == Math.rint(s.periodMultiplier())
            && s.heightMultiplier() == 1
            && s.cycles() == 0
            && s.kDecay() == 1;
    return n < 1 || !known
        ? null
        : made(
            "CosineAnnealingWarmRestarts",
            "T_0=%d, T_mult=%d, eta_min=%s"
                .formatted(
                    n,
                    (long) s.periodMultiplier(),
                    decimal(s.floorIs().of(s.floor(), s.initial()))),
            s.initial(),
            s.per());
  }

  private static @Nullable Counterpart cyclic(
      String mode,
      String gamma,
      double base,
      double peak,
      Duration up,
      Duration down,
      Unit per,
      Progress run) {
    double rise = up.in(per, run);
    double fall = down.amount() == 0 ? rise : down.in(per, run);
    return made(
        "CyclicLR",
        "base_lr=%s, max_lr=%s, step_size_up=%s, step_size_down=%s, mode=\"%s\"%s, cycle_momentum=False"
            .formatted(
                decimal(base),
                decimal(peak),
                PythonWriter.number(rise),
                PythonWriter.number(fall),
                mode,
                gamma),
        base,
        per,
        "CyclicLR would drive the momentum too; here that is a schedule of its own.");
  }

  private static @Nullable Counterpart oneCycle(OneCycle s, Progress run) {
    long n = WholeRun.ticks(s.over(), s.per(), run);
    double rise = s.pctStart() * n;
    // Beyond its last step OneCycleLR raises an error; a phase without length divides by 0 there.
    boolean known =
        s.dialect() == Framework.TORCH
            && (s.curve() == Curve.COSINE || s.curve() == Curve.LINEAR)
            && n >= WholeRun.run(s.per(), run)
            && rise > 1
            && rise < n
            && (s.phases() == 2 || 2 * rise - 1 < n);
    return known
        ? made(
            "OneCycleLR",
            "max_lr=%s, total_steps=%d, pct_start=%s, anneal_strategy=\"%s\", div_factor=%s, final_div_factor=%s, three_phase=%s, cycle_momentum=False"
                .formatted(
                    decimal(s.peak()),
                    n,
                    decimal(s.pctStart()),
                    s.curve() == Curve.COSINE ? "cos" : "linear",
                    decimal(s.div()),
                    decimal(s.finalDiv()),
                    s.phases() == 3 ? "True" : "False"),
            s.peak() / s.div(),
            s.per(),
            "OneCycleLR goes one step beyond its end and then raises an error; here the end holds.",
            "OneCycleLR would drive the momentum too; here that is one-cycle-momentum.")
        : null;
  }

  private static @Nullable Counterpart plateau(Plateau s) {
    boolean torch = s.dialect() == Framework.TORCH;
    // Keras bears one epoch less, and counts a cool-down in another order.
    if (!(s.schedule() instanceof Constant constant) || !(torch || s.cooldown() == 0)) {
      return null;
    }
    String code =
        PACKAGE
            + "ReduceLROnPlateau(optimizer, mode=\"%s\", factor=%s, patience=%d, threshold=%s, threshold_mode=\"%s\", cooldown=%d, min_lr=%s, eps=%s)"
                .formatted(
                    s.mode().name().toLowerCase(Locale.ROOT),
                    decimal(s.factor()),
                    torch ? s.patience() : Math.max(s.patience() - 1, 0),
                    decimal(s.delta()),
                    s.deltaIs() == Relative.FRACTION ? "rel" : "abs",
                    s.cooldown(),
                    decimal(s.floor()),
                    decimal(s.leastChange()));
    return new Counterpart(code, constant.value(), Unit.EPOCH, s.monitor(), List.of());
  }

  /** All links of a chain start from the optimizer's rate. */
  private static @Nullable Counterpart sequence(WholeRun.@Nullable Chain chain) {
    if (chain == null) {
      return null;
    }
    double base = chain.links().getFirst().base();
    boolean chains =
        chain.links().stream()
            .allMatch(link ->
                link.base() == base
                    && CHAINABLE.stream().anyMatch(type -> link.code().startsWith(PACKAGE + type)));
    return chains && chain.links().size() > 1
        ? made(
            "SequentialLR",
            "%s, milestones=%s".formatted(chain.objects(), chain.milestones()),
            base,
            chain.per(),
            chain.notes().toArray(String[]::new))
        : null;
  }

  private static @Nullable Counterpart warmup(Warmup s, PythonWriter python) {
    long n = WholeRun.warmup(s, python);
    if (n == WholeRun.NOT) {
      return null;
    }
    double target = WholeRun.target(s, python);
    double from = s.fromIs().of(s.from(), target);
    if (!(from > 0 && from < target)) {
      return null;
    }
    Sequence sequence =
        new Sequence(
            List.of(new Linear(from, target, s.over(), s.per()), s.schedule()), List.of(s.over()));
    return sequence(WholeRun.chain(sequence, python));
  }
}
