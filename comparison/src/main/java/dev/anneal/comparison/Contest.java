package dev.anneal.comparison;

import dev.anneal.api.InputException;
import dev.anneal.comparison.verdict.Race;
import dev.anneal.comparison.verdict.Standing;
import dev.anneal.experiments.ConstantPrediction;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.TrainingData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A comparison under way: which runs it needs next, and what may be said once they are made. All of
 * it is a function of the runs, so that a comparison that was interrupted comes to the same end.
 */
public final class Contest {
  private final List<Experiment> experiments;
  private final Draws draws;
  private final Criterion by;
  private final OptionalDouble margin;
  private final Function<Experiment, TrainingData> opening;
  private final Map<Draw, TrainingData> data = new HashMap<>();
  private final Map<Draw, OptionalDouble> constants = new HashMap<>();
  private final List<SequencedMap<Draw, RunRecord>> runs = new ArrayList<>();
  private final Race race;
  private Standing standing = Standing.OPEN;
  private int round;

  /**
   * Begins.
   *
   * @param experiments of the contenders, whose names differ; they share their data
   * @param draws what is drawn at most
   * @param by what they are compared by
   * @param margin differences below count for nothing; as is usual for the criterion where there is
   *     none
   * @param opening reads the samples of an experiment
   * @throws InputException if there are fewer than two
   */
  public Contest(
      List<Experiment> experiments,
      Draws draws,
      Criterion by,
      OptionalDouble margin,
      Function<Experiment, TrainingData> opening) {
    if (experiments.size() < 2) {
      throw new InputException("a comparison takes at least 2 runs; give more --schedule or --run");
    }
    this.experiments = List.copyOf(experiments);
    this.draws = draws;
    this.by = by;
    this.margin = margin;
    this.opening = opening;
    experiments.forEach(_ -> runs.add(new LinkedHashMap<>()));
    race = new Race(experiments.size(), by.least(any().data().validationSize()), draws.overlap());
  }

  /**
   * One of the runs: they share all that is told of it.
   *
   * @return the first contender's first
   */
  public PreparedRun any() {
    return prepared(0, draws.all().getFirst());
  }

  /**
   * The first run of each contender.
   *
   * @return in the user's order
   */
  public List<PreparedRun> first() {
    return IntStream.range(0, experiments.size())
        .mapToObj(i -> prepared(i, draws.all().getFirst()))
        .toList();
  }

  /**
   * The runs of a contender that are recorded.
   *
   * @param name of the contender
   * @return in the order of their draws
   */
  public List<Entry> made(String name) {
    int contender = index(name);
    return draws.all().stream()
        .filter(runs.get(contender)::containsKey)
        .map(draw -> new Entry(contender, draw, prepared(contender, draw)))
        .toList();
  }

  private PreparedRun prepared(int contender, Draw draw) {
    Experiment experiment = draw.of(experiments.get(contender));
    return PreparedRun.of(
        experiment, data.computeIfAbsent(source(draw), _ -> opening.apply(experiment)));
  }

  /** Seeds share their samples; folds do not. */
  private Draw source(Draw draw) {
    return draw.fold().isPresent() ? draw : draws.all().getFirst();
  }

  /**
   * The runs of the round that comes.
   *
   * @return draw by draw, those that are recorded left out; none where all is decided
   */
  public List<Entry> next() {
    List<Entry> entries = new ArrayList<>();
    if (!isDecided()) {
      for (Draw draw : draws.all().subList(0, draws.rounds().ends().get(round))) {
        for (int contender : race.members()) {
          if (!runs.get(contender).containsKey(draw)) {
            entries.add(new Entry(contender, draw, prepared(contender, draw)));
          }
        }
      }
    }
    return entries;
  }

  /**
   * Whether there is nothing more to run.
   *
   * @return false while looks are to come
   */
  public boolean isDecided() {
    return standing != Standing.OPEN || round == draws.rounds().ends().size();
  }

  /**
   * Records a run.
   *
   * @param entry that was needed
   * @param run how it ended
   */
  public void record(Entry entry, RunRecord run) {
    runs.get(entry.contender()).put(entry.draw(), run);
  }

  /** Looks at the contenders, once all runs of the round are recorded. */
  public void look() {
    int seeds = draws.rounds().ends().get(round);
    standing = race.look(values(), seeds, draws.rounds().level(round), alike());
    round++;
  }

  /** A row for each contender, in the order of the draws; NaN where there is no run. */
  private double[][] values() {
    double worst =
        runs.stream()
            .map(Map::values)
            .flatMap(Collection::stream)
            .filter(run -> !run.diverged())
            .mapToDouble(by::value)
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN);
    double[][] values = new double[runs.size()][draws.all().size()];
    for (int i = 0; i < values.length; i++) {
      for (int s = 0; s < values[i].length; s++) {
        Draw draw = draws.all().get(s);
        RunRecord run = runs.get(i).get(draw);
        values[i][s] = run == null ? Double.NaN : by.worth(run, constant(draw).orElse(worst));
      }
    }
    return values;
  }

  private OptionalDouble constant(Draw draw) {
    return constants.computeIfAbsent(
        source(draw),
        of -> {
          PreparedRun run = prepared(0, of);
          return run.data()
              .validation()
              .map(samples -> by.constant(new ConstantPrediction(run), samples))
              .orElse(OptionalDouble.empty());
        });
  }

  /**
   * What always predicting the same gets.
   *
   * @return the mean over the draws so far; nothing where it is not known
   */
  OptionalDouble constant() {
    return draws.all().stream()
        .limit(Math.max(1, seeds()))
        .map(this::constant)
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  /** Differences below count for nothing. */
  double alike() {
    double best = contenders().stream().mapToDouble(Contender::mean).min().orElse(Double.NaN);
    return margin.orElseGet(
        () -> by.alike(best, constant().orElse(Double.NaN), any().data().validationSize()));
  }

  /**
   * The contenders so far.
   *
   * @return those with a run, in the user's order
   */
  public List<Contender> contenders() {
    double[][] values = values();
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      List<DrawnRun> drawn = new ArrayList<>();
      for (int s = 0; s < values[i].length; s++) {
        Draw draw = draws.all().get(s);
        RunRecord run = runs.get(i).get(draw);
        if (run != null) {
          drawn.add(new DrawnRun(draw, run, values[i][s]));
        }
      }
      if (!drawn.isEmpty()) {
        contenders.add(new Contender(experiments.get(i).name(), drawn));
      }
    }
    return contenders;
  }

  /** The names of those that may be the best. */
  List<String> members() {
    return race.members().stream().map(i -> experiments.get(i).name()).toList();
  }

  /**
   * How many looks there were.
   *
   * @return 0 at the beginning
   */
  public int round() {
    return round;
  }

  /**
   * How many draws have been looked at.
   *
   * @return 0 before the first look
   */
  public int seeds() {
    return round == 0 ? 0 : draws.rounds().ends().get(round - 1);
  }

  /**
   * What may be said so far.
   *
   * @return the verdict, after at least one look
   */
  public Verdict verdict() {
    double level = draws.rounds().level(round - 1);
    return new VerdictWords(this, race, standing, values(), level).verdict();
  }

  /**
   * What is drawn.
   *
   * @return at most
   */
  public Draws draws() {
    return draws;
  }

  /**
   * What contenders are compared by.
   *
   * @return the criterion
   */
  public Criterion by() {
    return by;
  }

  /** Which contender has a name. */
  int index(String name) {
    return IntStream.range(0, experiments.size())
        .filter(i -> experiments.get(i).name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
