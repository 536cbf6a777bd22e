package dev.anneal.search;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.SpecYaml;
import dev.anneal.search.space.SearchPoint;
import dev.anneal.search.space.SearchSpace;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Contenders for someone who names none: families of optimizers, each with the usual schedules, at
 * rates around the one that a range test has found for the family. Optimizer, schedule and rate are
 * values of their own, so that it can be told which of them mattered.
 */
public final class Portfolio implements Candidates {
  /** The rate, in units of what the range test suggests, which is often a few times off. */
  private static final String RATE = "rate";

  /** Of the families whose weights decay. */
  private static final String DECAY = "decay";

  private static final String DECAYS = "log(0.001, 1)";
  private static final String RATES = "log(0.1, 5)";

  /** The network without a hidden layer. */
  private static final String LINEAR = "linear";

  /** What a model without a hidden layer does not take. */
  private static final Set<String> OF_HIDDEN_LAYERS = Set.of("dropout", "activation");

  private static final String OPTIMIZER = "optimizer";
  private static final String SCHEDULE = "schedule";
  private static final MathContext DIGITS = new MathContext(4);

  /** By name; RATE stands for the highest rate. What falls, falls by the end of the run. */
  private static final Map<String, String> SCHEDULES =
      ordered(
          "constant", "RATE",
          "step", "step(initial=RATE, factor=0.2, every=40%) per epoch",
          "exponential", "exponential-decay(initial=RATE, rate=0.01, over=100%) per iteration",
          "linear", "polynomial(initial=RATE) per iteration",
          "cosine", "cosine(initial=RATE) per iteration",
          "warm-up", "cosine-with-warmup(initial=RATE, warmup=10%) per iteration",
          "one-cycle", "one-cycle(peak=RATE) per iteration",
          // By the loss of training: one that is led by validation samples is no longer judged by
          // samples that it has not seen.
          "plateau", "plateau(RATE, monitor=loss, factor=0.3, patience=5)");

  /** By name; the schedule is added, and DECAY stands for how fast weights decay. */
  private static final Map<String, String> FAMILIES =
      ordered(
          "sgd", "sgd(learning_rate=SCHEDULE, momentum=0.9, nesterov=true)",
          "adam", "adam(learning_rate=SCHEDULE)",
          "adamw", "adamw(learning_rate=SCHEDULE, weight_decay=DECAY)");

  private final SearchSpace space;
  private final Catalogue catalogue;
  private final Map<String, Double> rates;

  /**
   * Around some rates.
   *
   * @param options of a run without optimizer and schedule; some may be open
   * @param seed of the points
   * @param rates of each family
   * @param catalogue knows the plugins
   */
  public Portfolio(
      Map<String, List<String>> options,
      long seed,
      Map<String, Double> rates,
      Catalogue catalogue) {
    SequencedMap<String, List<String>> open = new LinkedHashMap<>();
    open.put(OPTIMIZER, List.of(choice(FAMILIES)));
    open.put(SCHEDULE, List.of(choice(SCHEDULES)));
    open.put(RATE, List.of(RATES));
    open.put(DECAY, List.of(DECAYS));
    open.putAll(options);
    space = new SearchSpace(open, seed);
    this.catalogue = catalogue;
    this.rates = Map.copyOf(rates);
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static String choice(Map<String, String> names) {
    return names.keySet().stream().collect(Collectors.joining(", ", "choice(", ")"));
  }

  /**
   * The families, each with an optimizer whose rate a range test may look for.
   *
   * @return specifications by name; families that go by the same rate share one
   */
  public static Map<String, String> families() {
    return ordered("sgd", "sgd(momentum=0.9, nesterov=true)", "adam", "adam");
  }

  /**
   * What is open.
   *
   * @return with optimizer, schedule and rate
   */
  public SearchSpace space() {
    return space;
  }

  @Override
  public SearchPoint point(int trial) {
    return space.at(trial);
  }

  /** A model without a hidden layer, where others have some. */
  @Override
  public boolean isBaseline(int trial) {
    return LINEAR.equals(point(trial).values().get("model"));
  }

  @Override
  public Experiment experiment(int trial) {
    SearchPoint point = point(trial);
    SequencedMap<String, List<String>> options = new LinkedHashMap<>(point.options());
    options.remove(RATE);
    options.remove(DECAY);
    if (isBaseline(trial)) {
      options.keySet().removeAll(OF_HIDDEN_LAYERS);
    }
    options.remove(SCHEDULE);
    String family = point.options().getOrDefault(OPTIMIZER, List.of("")).getFirst();
    String schedule = point.options().getOrDefault(SCHEDULE, List.of("")).getFirst();
    double factor = Double.parseDouble(point.options().getOrDefault(RATE, List.of("1")).getFirst());
    double rate = rates.getOrDefault(family.equals("sgd") ? family : "adam", 1.0) * factor;
    options.put(
        OPTIMIZER,
        List.of(
            FAMILIES
                .getOrDefault(family, family)
                .replace("SCHEDULE", SCHEDULES.getOrDefault(schedule, schedule))
                .replace("DECAY", point.options().getOrDefault(DECAY, List.of("0")).getFirst())
                .replace("RATE", Numbers.print(new BigDecimal(rate).round(DIGITS).doubleValue()))));
    options.put("name", List.of(TrialRun.name(trial)));
    return Experiment.of(new SpecYaml("", options), catalogue);
  }
}
