package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.ParameterDescription;
import dev.anneal.api.catalogue.PluginDescription;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Random plugins with valid parameters, made of what their annotations say: types, ranges and
 * defaults. What only the constructor knows is found by trying.
 */
public final class Specifications {
  private static final Pattern RANGE = Pattern.compile("([\\[(])([^,]+),\\s*([^,]+)([])])");
  private static final int MOST_ATTEMPTS = 10_000;
  private static final int DEEPEST = 2;

  private final Catalogue catalogue;

  /** Whether to go to the ends of the ranges and of the numbers. */
  private final boolean extreme;

  private Specifications(Catalogue catalogue, boolean extreme) {
    this.catalogue = catalogue;
    this.extreme = extreme;
  }

  /**
   * Random schedules, with numbers of all magnitudes that their ranges allow.
   *
   * @param catalogue where they are found
   * @param names which; of those that contain other schedules, the others come from the catalogue
   * @return their instances
   */
  public static Arbitrary<Schedule> schedules(Catalogue catalogue, String... names) {
    return new Specifications(catalogue, true).all(Schedule.class, "schedule", names);
  }

  /**
   * Random optimizers, with constant hyper-parameters of usual magnitudes.
   *
   * @param catalogue where they are found
   * @param names which; of those that contain other optimizers, the others come from the catalogue
   * @return their instances
   */
  public static Arbitrary<Optimizer> optimizers(Catalogue catalogue, String... names) {
    return new Specifications(catalogue, false).all(Optimizer.class, "optimizer", names);
  }

  /**
   * The names of the plugins of a kind whose parameters can all be made up: a text without a
   * default cannot, nor another optimizer where there is none that stands alone.
   *
   * @param catalogue where they are found
   * @param kind {@code schedule} or {@code optimizer}
   * @return the names
   */
  public static String[] names(Catalogue catalogue, String kind) {
    boolean alone = !optimizers(catalogue, DEEPEST).isEmpty();
    return plugins(catalogue, kind)
        .filter(plugin -> alone || !needs(plugin, "optimizer"))
        .map(PluginDescription::name)
        .toArray(String[]::new);
  }

  private static Stream<PluginDescription> plugins(Catalogue catalogue, String kind) {
    return catalogue.plugins().stream()
        .filter(plugin -> plugin.kind().equals(kind) && !needs(plugin, "text"));
  }

  /** Those that may stand so deep in others. */
  private static List<PluginDescription> optimizers(Catalogue catalogue, int depth) {
    return plugins(catalogue, "optimizer")
        .filter(plugin -> depth < DEEPEST || !needs(plugin, "optimizer"))
        .toList();
  }

  private static boolean needs(PluginDescription plugin, String type) {
    return plugin.parameters().stream()
        .anyMatch(parameter -> parameter.type().equals(type) && parameter.byDefault().isEmpty());
  }

  private <T> Arbitrary<T> all(Class<T> kind, String noun, String... names) {
    return Arbitraries.of(names)
        .flatMap(name -> Arbitraries.randomValue(random -> any(kind, noun, name, random)));
  }

  private <T> T any(Class<T> kind, String noun, String name, Random random) {
    InputException refusal = null;
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      PluginDescription plugin =
          catalogue.plugins().stream()
              .filter(each -> each.kind().equals(noun) && each.name().equals(name))
              .findFirst()
              .orElse(null);
      try {
        return catalogue.parse(kind, plugin == null ? name : write(plugin, 0, random));
      } catch (InputException e) {
        refusal = e;
      }
    }
    throw new IllegalStateException("found no valid parameters for " + name, refusal);
  }

  private String write(PluginDescription plugin, int depth, Random random) {
    String arguments =
        plugin.parameters().stream()
            .filter(parameter -> parameter.byDefault().isEmpty() || random.nextInt(3) > 0)
            .map(parameter -> parameter.name() + "=" + value(parameter, depth, random))
            .collect(Collectors.joining(", "));
    String unit = random.nextBoolean() ? " per epoch" : " per iteration";
    return plugin.name() + "(" + arguments + ")" + (plugin.hasUnit() ? unit : "");
  }

  private String value(ParameterDescription parameter, int depth, Random random) {
    String type = parameter.type();
    if (!parameter.byDefault().isEmpty() && (type.equals("text") || random.nextInt(4) == 0)) {
      return parameter.byDefault();
    }
    if (type.equals("list of lengths of training")) {
      return lengths(parameter, random);
    }
    return type.startsWith("list of ")
        ? Stream.generate(() -> one(parameter, type.substring(8, type.length() - 1), depth, random))
            .limit(random.nextInt(4))
            .collect(Collectors.joining(", ", "[", "]"))
        : one(parameter, type, depth, random);
  }

  private String one(ParameterDescription parameter, String type, int depth, Random random) {
    return switch (type) {
      case "number" -> Double.toString(number(parameter.range(), random));
      case "whole number" -> Long.toString(whole(parameter.range(), random));
      case "length of training" -> number(parameter.range(), random) + measure(random);
      case "schedule" -> schedule(parameter, depth, random);
      case "optimizer" -> {
        List<PluginDescription> all = optimizers(catalogue, depth + 1);
        yield write(all.get(random.nextInt(all.size())), depth + 1, random);
      }
      default -> {
        String[] words = type.split(", | or ", -1);
        yield words[random.nextInt(words.length)];
      }
    };
  }

  /** In ascending order, as most plugins want them. */
  private static String lengths(ParameterDescription parameter, Random random) {
    List<Double> amounts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      amounts.add(ends(parameter.range())[0] + random.nextInt(100));
    }
    Collections.sort(amounts);
    String measure = measure(random);
    return amounts.stream()
        .map(amount -> amount + measure)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String measure(Random random) {
    return List.of("it", "ep", "%").get(random.nextInt(3));
  }

  private String schedule(ParameterDescription parameter, int depth, Random random) {
    String[] names = names(catalogue, "schedule");
    if (!extreme || depth == DEEPEST || names.length == 0 || random.nextInt(3) == 0) {
      return Double.toString(number(parameter.range(), random));
    }
    String name = names[random.nextInt(names.length)];
    return catalogue.plugins().stream()
        .filter(plugin -> plugin.kind().equals("schedule") && plugin.name().equals(name))
        .map(plugin -> write(plugin, depth + 1, random))
        .findFirst()
        .orElseThrow();
  }

  private static long whole(String range, Random random) {
    double[] ends = ends(range);
    long low = Double.isInfinite(ends[0]) ? -10 : (long) ends[0];
    return low + random.nextLong(Double.isInfinite(ends[1]) ? 21 : (long) ends[1] - low + 1);
  }

  private double number(String range, Random random) {
    double[] ends = ends(range);
    double low = ends[0];
    double high = ends[1];
    int choice = random.nextInt(extreme ? 10 : 8);
    double end = random.nextBoolean() ? low : high;
    if (choice == 0 && (extreme || Double.isFinite(end))) {
      return Math.clamp(end, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
    if (high - low < Double.POSITIVE_INFINITY) {
      return low + random.nextDouble() * (high - low);
    }
    double magnitude =
        Math.pow(10, choice < 8 ? -3 + 5 * random.nextDouble() : -320 + 630 * random.nextDouble());
    if (low > Double.NEGATIVE_INFINITY) {
      return Math.min(low + magnitude, Double.MAX_VALUE);
    }
    return high < Double.POSITIVE_INFINITY
        ? Math.max(high - magnitude, -Double.MAX_VALUE)
        : Math.min(magnitude, Double.MAX_VALUE) * (random.nextInt(4) == 0 ? -1 : 1);
  }

  /** The ends of a range as its annotation writes it. */
  private static double[] ends(String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(range);
    }
    return new double[] {end(matcher.group(2)), end(matcher.group(3))};
  }

  private static double end(String text) {
    return Double.parseDouble(text.strip().replace("inf", "Infinity"));
  }
}
