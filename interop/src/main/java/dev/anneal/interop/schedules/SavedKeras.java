package dev.anneal.interop.schedules;

import dev.anneal.api.InputException;
import dev.anneal.interop.SavedSchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code get_config()} of the schedule objects of Keras, which count updates. */
final class SavedKeras {
  /** The classes that it reads. */
  static final List<String> CLASSES =
      List.of(
          "ExponentialDecay",
          "InverseTimeDecay",
          "PiecewiseConstantDecay",
          "PolynomialDecay",
          "CosineDecay",
          "CosineDecayRestarts");

  private SavedKeras() {}

  static Optional<SavedSchedule> read(Map<String, ?> config) {
    @Nullable Map<String, ?> inner = SavedConfig.map(config.get("config"));
    String named = config.get("class_name") instanceof String name ? name : "";
    Map<String, ?> values = inner == null ? config : inner;
    String type = named.isEmpty() ? guess(values) : named;
    if (!CLASSES.contains(type)) {
      return Optional.empty();
    }
    SavedConfig saved = new SavedConfig(type, values);
    if (named.isEmpty()) {
      saved.note("Assumed to be Keras %s, from its keys.".formatted(type));
    }
    return Optional.of(read(saved, type));
  }

  /** The class whose keys these are; empty where it is none. */
  private static String guess(Map<String, ?> values) {
    if (values.containsKey("first_decay_steps")) {
      return "CosineDecayRestarts";
    }
    if (values.containsKey("boundaries") && values.containsKey("values")) {
      return "PiecewiseConstantDecay";
    }
    if (!values.containsKey("initial_learning_rate") || !values.containsKey("decay_steps")) {
      return "";
    }
    if (values.containsKey("end_learning_rate") || values.containsKey("power")) {
      return "PolynomialDecay";
    }
    if (!values.containsKey("decay_rate")) {
      return "CosineDecay";
    }
    // Two classes have the same keys; they are named after themselves unless told otherwise.
    if (values.get("name") instanceof String name && CLASSES.contains(name)) {
      return name;
    }
    throw new InputException(
        "the keys are those of Keras ExponentialDecay and of InverseTimeDecay: add \"class_name\"");
  }

  private static SavedSchedule read(SavedConfig saved, String type) {
    return switch (type) {
      case "ExponentialDecay" -> decay("exponential-decay", saved);
      case "InverseTimeDecay" -> decay("inverse-time", saved);
      case "PiecewiseConstantDecay" ->
          saved.reading(
              "piecewise-constant(%s, boundaries=%s, side=left) per iteration"
                  .formatted(saved.numbers("values", ""), saved.numbers("boundaries", "it")));
      case "PolynomialDecay" ->
          saved.reading(
              "polynomial(%s, end=%s, power=%s, over=%sit, cycle=%s) per iteration"
                  .formatted(
                      saved.number("initial_learning_rate"),
                      saved.number("end_learning_rate", 1e-4),
                      saved.number("power", 1),
                      saved.number("decay_steps"),
                      saved.flag("cycle")));
      case "CosineDecay" -> cosine(saved);
      default ->
          saved.reading(
              "cosine-restarts(%s, floor=%s, floor_is=fraction, period=%sit, period_multiplier=%s, height_multiplier=%s) per iteration"
                  .formatted(
                      saved.number("initial_learning_rate"),
                      saved.number("alpha", 0),
                      saved.number("first_decay_steps"),
                      saved.number("t_mul", 2),
                      saved.number("m_mul", 1)));
    };
  }

  private static SavedSchedule decay(String name, SavedConfig saved) {
    return saved.reading(
        "%s(%s, rate=%s, over=%sit, staircase=%s) per iteration"
            .formatted(
                name,
                saved.number("initial_learning_rate"),
                saved.number("decay_rate"),
                saved.number("decay_steps"),
                saved.flag("staircase")));
  }

  private static SavedSchedule cosine(SavedConfig saved) {
    boolean warm = saved.has("warmup_target");
    String cosine =
        "cosine(%s, floor=%s, floor_is=fraction, over=%sit) per iteration"
            .formatted(
                saved.number(warm ? "warmup_target" : "initial_learning_rate"),
                saved.number("alpha", 0),
                saved.number("decay_steps"));
    return saved.reading(
        warm
            ? "warmup(%s, over=%sit, from=%s, from_is=value) per iteration"
                .formatted(
                    cosine, saved.number("warmup_steps", 0), saved.number("initial_learning_rate"))
            : cosine);
  }
}
