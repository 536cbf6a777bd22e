package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.ParameterDescription;
import dev.anneal.api.catalogue.PluginDescription;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.plugin.PluginKind;
import dev.anneal.api.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ArbitraryDecorator;

/**
 * Random plugins with valid parameters, made of what their annotations say: types, ranges and
 * defaults. What only the constructor knows is found by trying. Numbers have the magnitudes that
 * people use, around the default or 1; now and then there is an end of a range. They shrink to
 * fewer parameters, to constants in the place of schedules and to round numbers.
 *
 * <p>An author who knows more says so: {@link #with} draws a parameter otherwise, and {@code
 * filter} leaves out what does not go together.
 *
 * @param <T> the kind of plugin
 */
public final class Specifications<T> extends ArbitraryDecorator<T> {
  private static final int MOST_ATTEMPTS = 10_000;
  private static final int DEEPEST = 2;

  /** What jqwik calls the size of a generator: about how often it is asked. */
  private static final int SIZE = 1000;

  private final Catalogue catalogue;
  private final Class<T> kind;
  private final List<String> names;
  private final Map<String, Arbitrary<String>> narrowed;

  /** Whether numbers go to their ends, and whether schedules stand in the place of constants. */
  private final boolean extreme;

  private final List<PluginDescription> plugins;

  /** What was made once: by kind and name of a plugin, and how deep it stands in others. */
  private final Map<List<Object>, Arbitrary<String>> written = new HashMap<>();

  private Specifications(
      Catalogue catalogue,
      Class<T> kind,
      List<String> names,
      Map<String, Arbitrary<String>> narrowed) {
    this.catalogue = catalogue;
    this.kind = kind;
    this.names = names;
    this.narrowed = narrowed;
    this.extreme = kind == Schedule.class;
    this.plugins = catalogue.plugins();
  }

  /**
   * Random schedules, with other schedules in them where they take some.
   *
   * @param catalogue where they are found
   * @param names which; all that can be made up where none is named
   * @return their instances
   * @throws InputException if there is no schedule of a name
   */
  public static Specifications<Schedule> schedules(Catalogue catalogue, String... names) {
    return of(catalogue, Schedule.class, names);
  }

  /**
   * Random optimizers, with constant hyper-parameters.
   *
   * @param catalogue where they are found
   * @param names which; all that can be made up where none is named
   * @return their instances
   * @throws InputException if there is no optimizer of a name
   */
  public static Specifications<Optimizer> optimizers(Catalogue catalogue, String... names) {
    return of(catalogue, Optimizer.class, names);
  }

  private static <T> Specifications<T> of(Catalogue catalogue, Class<T> kind, String... names) {
    List<String> all =
        names.length == 0
            ? List.of(names(catalogue, word(kind)))
            : List.copyOf(Arrays.asList(names));
    if (all.isEmpty()) {
      throw new InputException("no %s is found that can be made up".formatted(word(kind)));
    }
    Specifications<T> made = new Specifications<>(catalogue, kind, all, Map.of());
    all.forEach(made::plugin);
    return made;
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
    List<PluginDescription> all = plugins(catalogue.plugins(), kind);
    boolean alone = all.stream().anyMatch(plugin -> !needs(plugin, kind));
    return all.stream()
        .filter(plugin -> alone || !needs(plugin, kind))
        .map(PluginDescription::name)
        .toArray(String[]::new);
  }

  /**
   * The same, with a parameter drawn otherwise.
   *
   * @param parameter its name
   * @param values its values, as a specification writes them or as numbers
   * @return plugins with these; those nested in them are not changed
   * @throws InputException if none of the plugins has such a parameter
   */
  public Specifications<T> with(String parameter, Arbitrary<?> values) {
    if (names.stream()
        .flatMap(name -> plugin(name).parameters().stream())
        .noneMatch(each -> each.name().equals(parameter))) {
      throw new InputException(
          "%s has no parameter named \"%s\"".formatted(String.join(", ", names), parameter));
    }
    Map<String, Arbitrary<String>> more = new HashMap<>(narrowed);
    more.put(
        parameter,
        values.map(
            value -> value.getClass().isRecord() ? Catalogue.print(value) : value.toString()));
    return new Specifications<>(catalogue, kind, names, more);
  }

  /**
   * The same, with a parameter that has one of some values.
   *
   * @param parameter its name
   * @param values as a specification writes them, the simplest first
   * @return plugins with these
   * @throws InputException if none of the plugins has such a parameter
   */
  public Specifications<T> with(String parameter, String... values) {
    return with(parameter, Arbitraries.of(values));
  }

  @Override
  protected Arbitrary<T> arbitrary() {
    Arbitrary<String> texts = Arbitraries.of(names).flatMap(name -> write(plugin(name), 0));
    return Arbitraries.fromGenerator(new Valid(texts.generator(SIZE)));
  }

  /** Draws until the constructor accepts what is drawn. */
  private final class Valid implements RandomGenerator<T> {
    private final RandomGenerator<String> texts;

    Valid(RandomGenerator<String> texts) {
      this.texts = texts;
    }

    @Override
    public Shrinkable<T> next(Random random) {
      InputException refusal = null;
      for (int i = 0; i < MOST_ATTEMPTS; i++) {
        Shrinkable<String> text = texts.next(random);
        try {
          catalogue.parse(kind, text.value());
          return text.filter(this::isValid).map(each -> catalogue.parse(kind, each));
        } catch (InputException e) {
          refusal = e;
        }
      }
      throw new InputException(
          "of %d specifications of %s, drawn as their annotations allow, none is accepted; the last: %s"
              .formatted(
                  MOST_ATTEMPTS,
                  String.join(", ", names),
                  refusal == null ? "" : refusal.getMessage()),
          refusal);
    }

    private boolean isValid(String text) {
      try {
        catalogue.parse(kind, text);
        return true;
      } catch (InputException e) {
        return false;
      }
    }
  }

  private PluginDescription plugin(String name) {
    return plugins.stream()
        .filter(each -> each.kind().equals(word(kind)) && each.name().equals(name))
        .findFirst()
        .orElseGet(() -> {
          // Says what is known, and what may have been meant.
          catalogue.parse(kind, name);
          throw new InputException(name + " is no name of a plugin");
        });
  }

  private static String word(Class<?> kind) {
    return kind.getAnnotation(PluginKind.class).value();
  }

  private static List<PluginDescription> plugins(List<PluginDescription> all, String kind) {
    return all.stream()
        .filter(plugin -> plugin.kind().equals(kind) && !needs(plugin, "text"))
        .toList();
  }

  /** A number can stand for a schedule, so none is needed. */
  private static boolean needs(PluginDescription plugin, String type) {
    return !type.equals("schedule")
        && plugin.parameters().stream()
            .anyMatch(each -> each.type().equals(type) && each.byDefault().isEmpty());
  }

  private Arbitrary<String> write(PluginDescription plugin, int depth) {
    List<Object> key = List.of(plugin.kind(), plugin.name(), depth);
    Arbitrary<String> known = written.get(key);
    if (known == null) {
      known = write(plugin, depth == 0 ? narrowed : Map.of(), depth);
      written.put(key, known);
    }
    return known;
  }

  private Arbitrary<String> write(
      PluginDescription plugin, Map<String, Arbitrary<String>> given, int depth) {
    List<Arbitrary<Optional<String>>> arguments = new ArrayList<>();
    for (ParameterDescription parameter : plugin.parameters()) {
      Arbitrary<String> own = given.get(parameter.name());
      Arbitrary<String> argument =
          (own != null ? own : value(parameter, depth))
              .map(value -> parameter.name() + "=" + value);
      arguments.add(
          own != null || parameter.byDefault().isEmpty()
              ? argument.map(Optional::of)
              : argument.optional(0.5));
    }
    Arbitrary<String> inside =
        Combinators.combine(arguments)
            .as(all -> all.stream().flatMap(Optional::stream).collect(Collectors.joining(", ")));
    Arbitrary<String> unit =
        plugin.hasUnit() ? Arbitraries.of(" per iteration", " per epoch") : Arbitraries.just("");
    return Combinators.combine(inside, unit)
        .as((text, per) -> plugin.name() + "(" + text + ")" + per);
  }

  private Arbitrary<String> value(ParameterDescription parameter, int depth) {
    String type = parameter.type();
    if (type.equals("list of lengths of training")) {
      return lengths(parameter);
    }
    return type.startsWith("list of ")
        ? one(parameter, type.substring(8, type.length() - 1), depth)
            .list()
            .ofMaxSize(3)
            .map(Specifications::list)
        : one(parameter, type, depth);
  }

  private static String list(List<String> values) {
    return values.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  private Arbitrary<String> one(ParameterDescription parameter, String type, int depth) {
    Magnitudes numbers = new Magnitudes(parameter.range(), parameter.byDefault(), extreme);
    return switch (type) {
      case "number" -> numbers.any().map(Object::toString);
      case "whole number" -> numbers.whole().map(Object::toString);
      case "length of training" ->
          Combinators.combine(
                  Arbitraries.frequencyOf(
                      Tuple.of(3, numbers.amounts()), Tuple.of(1, numbers.any())),
                  measures())
              .as((amount, measure) -> amount + measure);
      case "schedule" -> schedule(numbers, depth);
      case "optimizer" -> nested("optimizer", depth + 1);
      case "text" -> Arbitraries.just(parameter.byDefault());
      default -> Arbitraries.of(type.split(", | or ", -1));
    };
  }

  /** In ascending order, as most plugins want them. */
  private static Arbitrary<String> lengths(ParameterDescription parameter) {
    Magnitudes numbers = new Magnitudes(parameter.range(), parameter.byDefault(), false);
    return Combinators.combine(numbers.amounts().list().ofMaxSize(3), measures())
        .as((amounts, measure) ->
            list(amounts.stream().sorted().map(amount -> amount + measure).toList()));
  }

  private static Arbitrary<String> measures() {
    return Arbitraries.of("it", "ep", "%");
  }

  private Arbitrary<String> schedule(Magnitudes numbers, int depth) {
    Arbitrary<String> constant = numbers.any().map(Object::toString);
    return !extreme || depth == DEEPEST
        ? constant
        : Arbitraries.frequencyOf(
            Tuple.of(1, constant), Tuple.of(1, nested("schedule", depth + 1)));
  }

  /** Any plugin of a kind, so deep in others; at the deepest none that needs another. */
  private Arbitrary<String> nested(String word, int depth) {
    return Arbitraries.lazy(() ->
        Arbitraries.of(
                plugins(plugins, word).stream()
                    .filter(plugin -> depth < DEEPEST || !needs(plugin, word))
                    .toList())
            .flatMap(plugin -> write(plugin, depth)));
  }
}
