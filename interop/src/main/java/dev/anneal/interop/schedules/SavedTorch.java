package dev.anneal.interop.schedules;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.SavedSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code state_dict()} of PyTorch's schedulers. It has no class name, so the class is the one
 * whose keys it has; a key {@code class} may say it.
 */
final class SavedTorch {
  /** A class and the keys that only it has. */
  private record Known(String type, List<String> keys) {
    static Known of(String type, String... keys) {
      return new Known(type, List.of(keys));
    }
  }

  /** From the most particular to the least. */
  private static final List<Known> KNOWN =
      List.of(
          Known.of("SequentialLR", "_schedulers", "_milestones"),
          Known.of("ReduceLROnPlateau", "patience", "factor"),
          Known.of("CosineAnnealingWarmRestarts", "T_0", "T_mult"),
          Known.of("CosineAnnealingLR", "T_max", "eta_min"),
          Known.of("CyclicLR", "max_lrs", "total_size", "step_ratio"),
          Known.of("LinearLR", "start_factor", "end_factor", "total_iters"),
          Known.of("PolynomialLR", "total_iters", "power"),
          Known.of("ConstantLR", "factor", "total_iters"),
          Known.of("StepLR", "step_size", "gamma"),
          Known.of("MultiStepLR", "milestones", "gamma"),
          Known.of("ExponentialLR", "gamma"));

  /** Known, but what they save does not say what they do. */
  private static final Map<String, String> UNREADABLE =
      Map.of(
          "_schedule_phases",
          "OneCycleLR saves its rates with the optimizer, not in its state_dict; write"
              + " one-cycle(PEAK, over=...)",
          "lr_lambdas",
          "LambdaLR and MultiplicativeLR do not save their functions; write formula(...) or the"
              + " schedule that the function is");

  /** The classes that it reads. */
  static final List<String> CLASSES = KNOWN.stream().map(Known::type).toList();

  /** More than anybody writes; a counter may announce any number. */
  private static final int MOST_MILESTONES = 10_000;

  private SavedTorch() {}

  static Optional<SavedSchedule> read(Map<String, ?> state, Unit stepped) {
    for (Map.Entry<String, String> unreadable : UNREADABLE.entrySet()) {
      if (state.containsKey(unreadable.getKey())) {
        throw new InputException(unreadable.getValue());
      }
    }
    String named =
        Stream.of("class", "class_name")
            .map(state::get)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .findFirst()
            .orElse("");
    Optional<String> type =
        KNOWN.stream()
            .filter(known ->
                named.isEmpty()
                    ? state.containsKey("last_epoch") && state.keySet().containsAll(known.keys())
                    : known.type().equals(named))
            .map(Known::type)
            .findFirst();
    return type.map(known -> read(known, !named.isEmpty(), state, stepped));
  }

  private static SavedSchedule read(String type, boolean named, Map<String, ?> state, Unit per) {
    SavedConfig saved = new SavedConfig(type, state);
    if (!named) {
      saved.note("Assumed to be PyTorch %s, from its keys.".formatted(type));
    }
    if (saved.has("last_epoch")) {
      saved.note(
          "The run stood at last_epoch=%s, counted in %s."
              .formatted(saved.number("last_epoch"), per == Unit.EPOCH ? "epochs" : "iterations"));
    }
    String suffix = SavedConfig.suffix(per);
    return switch (type) {
      case "SequentialLR" -> sequence(saved, per);
      case "ReduceLROnPlateau" -> plateau(saved);
      case "CosineAnnealingWarmRestarts" ->
          saved.reading(
              "cosine-restarts(%s, floor=%s, period=%s%s, period_multiplier=%s)%s"
                  .formatted(
                      saved.first("base_lrs"),
                      saved.number("eta_min"),
                      saved.number("T_0"),
                      suffix,
                      saved.number("T_mult"),
                      SavedConfig.per(per)));
      case "CosineAnnealingLR" ->
          saved.reading(
              "cosine(%s, floor=%s, over=%s%s, after=rise)%s"
                  .formatted(
                      saved.first("base_lrs"),
                      saved.number("eta_min"),
                      saved.number("T_max"),
                      suffix,
                      SavedConfig.per(per)));
      case "CyclicLR" -> cyclic(saved, per);
      case "LinearLR" ->
          saved.reading(
              "linear(%s, end=%s, over=%s%s)%s"
                  .formatted(
                      times(saved, "start_factor"),
                      times(saved, "end_factor"),
                      saved.number("total_iters"),
                      suffix,
                      SavedConfig.per(per)));
      case "PolynomialLR" ->
          saved.reading(
              "polynomial(%s, power=%s, over=%s%s)%s"
                  .formatted(
                      saved.first("base_lrs"),
                      saved.number("power"),
                      saved.number("total_iters"),
                      suffix,
                      SavedConfig.per(per)));
      case "ConstantLR" ->
          saved.reading(
              "piecewise-constant([%s, %s], boundaries=[%s%s])%s"
                  .formatted(
                      times(saved, "factor"),
                      saved.first("base_lrs"),
                      saved.number("total_iters"),
                      suffix,
                      SavedConfig.per(per)));
      case "StepLR" ->
          saved.reading(
              "step(%s, factor=%s, every=%s%s)%s"
                  .formatted(
                      saved.first("base_lrs"),
                      saved.number("gamma"),
                      saved.number("step_size"),
                      suffix,
                      SavedConfig.per(per)));
      case "MultiStepLR" ->
          saved.reading(
              "multi-step(%s, factor=%s, at=%s)%s"
                  .formatted(
                      saved.first("base_lrs"),
                      saved.number("gamma"),
                      milestones(state.get("milestones"), suffix),
                      SavedConfig.per(per)));
      default ->
          saved.reading(
              "exponential-decay(%s, rate=%s, over=1%s)%s"
                  .formatted(
                      saved.first("base_lrs"),
                      saved.number("gamma"),
                      suffix,
                      SavedConfig.per(per)));
    };
  }

  /** A factor of the first base rate. */
  private static String times(SavedConfig saved, String factor) {
    return Numbers.print(Double.parseDouble(saved.first("base_lrs")) * saved.value(factor));
  }

  /** A Counter, which JSON writes as {@code {"30": 1, "80": 2}}, or a list. */
  private static String milestones(@Nullable Object value, String suffix) {
    List<Long> all = new ArrayList<>();
    try {
      @Nullable Map<String, ?> counter = SavedConfig.map(value);
      if (counter != null) {
        Map<Long, Long> sorted = new TreeMap<>();
        counter.forEach(
            (time, count) -> sorted.put(Long.valueOf(time), Long.valueOf(String.valueOf(count))));
        sorted.forEach((time, count) -> {
          for (long i = 0; i < count && all.size() <= MOST_MILESTONES; i++) {
            all.add(time);
          }
        });
      } else if (value instanceof List<?> list) {
        list.forEach(time -> all.add(Long.valueOf(String.valueOf(time))));
      }
    } catch (NumberFormatException e) {
      throw new InputException(
          "MultiStepLR: milestones must be whole numbers, not "
              + Messages.brief(String.valueOf(value)),
          e);
    }
    if (all.size() > MOST_MILESTONES) {
      throw new InputException(
          "MultiStepLR: there are more than %d milestones".formatted(MOST_MILESTONES));
    }
    return all.stream().map(time -> time + suffix).collect(Collectors.joining(", ", "[", "]"));
  }

  private static SavedSchedule cyclic(SavedConfig saved, Unit per) {
    double total = saved.value("total_size");
    double up = Math.rint(total * saved.value("step_ratio") * 1e6) / 1e6;
    String mode = saved.word("mode", "triangular");
    String name =
        switch (mode) {
          case "triangular", "triangular2" -> mode;
          case "exp_range" -> "exp-range";
          default ->
              throw new InputException(
                  "CyclicLR: mode is triangular, triangular2 or exp_range, not \"%s\""
                      .formatted(Messages.brief(mode)));
        };
    return saved.reading(
        "%s(%s, peak=%s, up=%s%s, down=%s%s%s)%s"
            .formatted(
                name,
                saved.first("base_lrs"),
                saved.first("max_lrs"),
                Numbers.print(up),
                SavedConfig.suffix(per),
                Numbers.print(total - up),
                SavedConfig.suffix(per),
                mode.equals("exp_range") ? ", gamma=" + saved.number("gamma") : "",
                SavedConfig.per(per)));
  }

  private static SavedSchedule plateau(SavedConfig saved) {
    saved.note(
        "The first rate is not saved: this starts from _last_lr, the rate where the run stood.");
    saved.note("The metric is not saved: it is taken to be val_loss.");
    return saved.reading(
        "plateau(%s, mode=%s, factor=%s, patience=%s, delta=%s, delta_is=%s, cooldown=%s, floor=%s, dialect=torch, least_change=%s)"
            .formatted(
                saved.first("_last_lr"),
                saved.word("mode", "min"),
                saved.number("factor"),
                saved.number("patience"),
                saved.number("threshold", 1e-4),
                saved.word("threshold_mode", "rel").equals("abs") ? "value" : "fraction",
                saved.number("cooldown", 0),
                saved.has("min_lrs") ? saved.first("min_lrs") : "0",
                saved.number("eps", 1e-8)));
  }

  private static SavedSchedule sequence(SavedConfig saved, Unit per) {
    List<String> parts = new ArrayList<>();
    for (Object part : saved.list("_schedulers")) {
      @Nullable Map<String, ?> state = SavedConfig.map(part);
      Optional<SavedSchedule> read = state == null ? Optional.empty() : read(state, per);
      SavedSchedule known =
          read.orElseThrow(() ->
              new InputException(
                  "SequentialLR: part %d is no known scheduler; known: %s"
                      .formatted(parts.size() + 1, String.join(", ", CLASSES))));
      parts.add(Catalogue.print(known.schedule()));
    }
    return saved.reading(
        "sequence([%s], boundaries=%s)"
            .formatted(
                String.join(", ", parts), saved.numbers("_milestones", SavedConfig.suffix(per))));
  }
}
