package dev.anneal.schedulers;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.plugin.PluginType.Component;
import dev.anneal.api.schedule.Clamp;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Maximum;
import dev.anneal.api.schedule.Minimum;
import dev.anneal.api.schedule.Product;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Repeat;
import dev.anneal.api.schedule.Scale;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Shift;
import dev.anneal.api.schedule.Sum;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random schedules from all that the module offers, with random parameters in their declared
 * ranges: a new one is covered as soon as it is offered.
 */
final class RandomSchedules {
  static final Catalogue CATALOGUE = Catalogue.of(List.of(new BuiltInSchedules()));

  private static final Pattern RANGE = Pattern.compile("([\\[(])\\s*(\\S+),\\s*(\\S+)\\s*([])])");
  private static final Map<Boolean, List<Class<? extends Record>>> BY_READING =
      new BuiltInSchedules()
          .plugins().stream().collect(Collectors.partitioningBy(RandomSchedules::readsOthers));

  private final Random random;

  RandomSchedules(Random random) {
    this.random = random;
  }

  private static boolean readsOthers(Class<? extends Record> plugin) {
    return PluginType.of(plugin).components().stream()
        .anyMatch(component -> component.element() == Schedule.class);
  }

  /** A schedule that is at most so deep. */
  Schedule next(int depth) {
    boolean leaf = depth <= 1 || random.nextInt(4) == 0;
    List<Class<? extends Record>> plugins = BY_READING.get(!leaf);
    return make(plugins.get(random.nextInt(plugins.size())), depth);
  }

  /**
   * Tries parameters until they go together: lists have lengths that depend on one another, and the
   * end of a cycle may have to lie above its start.
   */
  Schedule make(Class<? extends Record> plugin, int depth) {
    PluginType type = PluginType.of(plugin);
    for (int attempt = 0; attempt < 200; attempt++) {
      List<Object> values = type.components().stream().map(each -> value(each, depth)).toList();
      try {
        return (Schedule) type.create(values);
      } catch (InputException e) {
        if (e.getCause() != null || !Objects.toString(e.getMessage()).startsWith(type.name())) {
          throw new AssertionError(plugin + " throws something else", e);
        }
      }
    }
    throw new AssertionError("no parameters found for " + plugin);
  }

  private Object value(Component component, int depth) {
    Class<?> type = component.type();
    String range = component.param().range();
    if (component.isList()) {
      return list(component.element(), range, depth);
    } else if (type == double.class) {
      return number(range);
    } else if (type == int.class) {
      return (int) whole(range);
    } else if (type == long.class) {
      return whole(range);
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == Duration.class) {
      return duration(range);
    } else if (type == Schedule.class) {
      return part(range, depth);
    } else if (type.isEnum()) {
      return component.choices().get(random.nextInt(component.choices().size()));
    } else if (type == String.class) {
      String byDefault = component.param().byDefault();
      return byDefault.isEmpty() ? pick("0.1", "0.5 / (1 + t)", "0.1 * cos(t)") : byDefault;
    }
    throw new AssertionError("no values for " + component);
  }

  private Object list(Class<?> element, String range, int depth) {
    IntStream indices = IntStream.range(0, random.nextInt(5));
    if (element == Double.class) {
      return indices.mapToObj(i -> number(range)).toList();
    } else if (element == Duration.class) {
      return indices
          .mapToObj(i -> duration(range))
          .sorted(Comparator.comparing(Duration::measure).thenComparing(Duration::amount))
          .toList();
    } else if (element == Schedule.class) {
      return indices.mapToObj(i -> part(range, depth)).toList();
    }
    throw new AssertionError("no values for a list of " + element);
  }

  /** A range bounds constants only, but what it says is what makes sense. */
  private Schedule part(String range, int depth) {
    return depth <= 1 ? new Constant(number(range)) : next(depth - 1);
  }

  private double number(String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      throw new AssertionError(range);
    }
    double low = bound(matcher.group(2));
    double high = bound(matcher.group(3));
    double value =
        switch (random.nextInt(12)) {
          case 0 -> low;
          case 1 -> high;
          case 2 -> Double.MIN_VALUE;
          case 3 -> Double.longBitsToDouble(random.nextLong());
          case 4 -> 1;
          case 5 -> 0;
          case 6 -> random.nextInt(10);
          default -> Math.exp(random.nextGaussian() - 2);
        };
    value = random.nextInt(4) == 0 ? -value : value;
    boolean closedLow = matcher.group(1).equals("[");
    boolean closedHigh = matcher.group(4).equals("]");
    boolean within =
        (closedLow ? value >= low : value > low) && (closedHigh ? value <= high : value < high);
    return within ? value : number(range);
  }

  private static double bound(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private long whole(String range) {
    double value = number(range);
    return value == Math.rint(value) && Math.abs(value) < 1e6 ? (long) value : whole(range);
  }

  private Duration duration(String range) {
    Duration.Measure measure = pick(Duration.Measure.values());
    double amount =
        switch (random.nextInt(8)) {
          case 0 -> number(range);
          case 1 -> 0;
          case 2 -> random.nextDouble(100);
          default -> random.nextInt(measure == Duration.Measure.EPOCHS ? 12 : 110);
        };
    if (amount == 0 && range.startsWith("(") || !(amount >= 0 && amount < 1e300)) {
      return duration(range);
    }
    return new Duration(amount, measure);
  }

  @SafeVarargs
  private <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** The same schedule in wrappers that must change nothing before the end of the run. */
  Schedule insideIdentities(Schedule schedule, int layers) {
    Schedule wrapped = schedule;
    for (int i = 0; i < layers; i++) {
      wrapped =
          switch (random.nextInt(11)) {
            case 0 -> new Sequence(List.of(wrapped), List.of());
            case 1 -> new Product(List.of(wrapped));
            case 2 -> new Sum(List.of(wrapped));
            case 3 -> new Maximum(List.of(wrapped));
            case 4 -> new Minimum(List.of(wrapped));
            case 5 -> new Scale(wrapped, 1);
            case 6 -> new Clamp(wrapped, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            case 7 -> new Shift(wrapped, new Duration(0, pick(Duration.Measure.values())));
            case 8 -> new Repeat(wrapped, Duration.percent(100), random.nextInt(3));
            case 9 ->
                new Sequence(
                    List.of(next(1), wrapped),
                    List.of(new Duration(0, pick(Duration.Measure.values()))));
            default ->
                new Warmup(
                    wrapped,
                    new Duration(0, pick(Duration.Measure.values())),
                    1,
                    pick(Relative.values()),
                    pick(Curve.values()),
                    random.nextInt(2),
                    pick(Warmup.Clock.values()),
                    pick(Unit.values()));
          };
    }
    return wrapped;
  }

  /** How deep schedules nest. */
  static int depth(Schedule schedule) {
    return 1 + schedule.parts().stream().mapToInt(RandomSchedules::depth).max().orElse(0);
  }

  /** The schedules in a schedule, itself among them. */
  static List<Schedule> all(Schedule schedule) {
    List<Schedule> all = new ArrayList<>(List.of(schedule));
    schedule.parts().forEach(part -> all.addAll(all(part)));
    return all;
  }
}
