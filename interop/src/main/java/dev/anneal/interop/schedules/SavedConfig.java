package dev.anneal.interop.schedules;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.schedule.Unit;
import dev.anneal.interop.SavedSchedule;
import dev.anneal.schedulers.BuiltInSchedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A saved configuration: its numbers, and the specification that is made of them. */
final class SavedConfig {
  private static final Catalogue CATALOGUE = Catalogue.of(List.of(new BuiltInSchedules()));

  private final String type;
  private final Map<String, ?> config;
  private final List<String> notes = new ArrayList<>();

  /**
   * A configuration.
   *
   * @param type the class that it is of, for messages
   */
  SavedConfig(String type, Map<String, ?> config) {
    this.type = type;
    this.config = config;
  }

  boolean has(String key) {
    return config.get(key) != null;
  }

  /** A number as specifications write it. */
  String number(String key) {
    return text(key, config.get(key));
  }

  /** A number, or what the framework takes where there is none. */
  String number(String key, double byDefault) {
    return has(key) ? number(key) : Numbers.print(byDefault);
  }

  double value(String key) {
    return Double.parseDouble(number(key));
  }

  private String text(String key, @Nullable Object value) {
    if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
      throw new InputException(
          "%s: %s must be a number, not %s"
              .formatted(
                  type, key, value == null ? "missing" : Messages.brief(String.valueOf(value))));
    }
    return Numbers.print(number.doubleValue());
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(config.get(key));
  }

  String word(String key, String byDefault) {
    return config.get(key) instanceof String word ? word : byDefault;
  }

  List<?> list(String key) {
    if (config.get(key) instanceof List<?> list) {
      return list;
    }
    throw new InputException("%s: %s must be a list".formatted(type, key));
  }

  /** A list of numbers, each with something behind it. */
  String numbers(String key, String suffix) {
    return list(key).stream()
        .map(value -> text(key, value) + suffix)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** The rate of the first parameter group. */
  String first(String key) {
    List<?> rates = list(key);
    if (rates.isEmpty()) {
      throw new InputException("%s: %s is empty".formatted(type, key));
    }
    if (rates.stream().distinct().count() > 1) {
      note(
          "The parameter groups have different rates, %s: this is the first."
              .formatted(Messages.brief(rates.toString())));
    }
    return text(key, rates.getFirst());
  }

  void note(String text) {
    notes.add(text);
  }

  /** The schedule of a specification. */
  SavedSchedule reading(String specification) {
    return new SavedSchedule(CATALOGUE.schedule(specification), notes);
  }

  static String per(Unit unit) {
    return unit == Unit.EPOCH ? " per epoch" : " per iteration";
  }

  static String suffix(Unit unit) {
    return unit == Unit.EPOCH ? "ep" : "it";
  }

  /** A map with texts as keys; null where it is none. */
  @SuppressWarnings("unchecked")
  static @Nullable Map<String, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.keySet().stream().allMatch(String.class::isInstance)
        ? (Map<String, ?>) map
        : null;
  }
}
