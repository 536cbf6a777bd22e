package dev.anneal.experiments.range;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Scale;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.group.Group;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.Guard;
import dev.anneal.nn.training.Incident;
import dev.anneal.nn.training.Session;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.nn.training.TrainingState;
import dev.anneal.preview.HyperparameterPreview;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * The learning-rate range test: trains for a few hundred updates, each with a higher rate, and
 * looks at what becomes of the loss (L. Smith, "Cyclical Learning Rates for Training Neural
 * Networks", 2017). All else is as in the run: batches, dropout, batch normalization by the batch,
 * weight decay, clipping, and what schedules say of other hyper-parameters.
 *
 * <p>It works on a copy. What it is given keeps all its bits, and the same test gives the same
 * result, whatever the number of threads.
 *
 * <p>Groups keep their ratios: the greatest rate that a group has over the run is to that of the
 * first group as it is in the test at each step.
 */
public final class RangeTest {
  private static final MathContext PRINTED = new MathContext(3);

  private final PreparedRun run;
  private final String parameter;
  private final Ladder ladder;
  private final int seeds;

  /** The greatest value over the run of each group that climbs, by the group's prefix. */
  private final Map<String, Double> greatest = new LinkedHashMap<>();

  private final List<String> groups = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  /**
   * Describes a test.
   *
   * @param run what would be trained
   * @param parameter the hyper-parameter whose values are those of the ladder
   * @param group the one group for which they are, while others stay as they are; nothing for all
   *     that have the hyper-parameter
   * @param ladder the values
   * @param seeds how often to climb it: with the seed of the run, the next number, and so on
   * @throws InputException if there is no such group or hyper-parameter, its optimizer does not
   *     take the values, it is 0 throughout the run, or there are no seeds
   */
  public RangeTest(
      PreparedRun run, String parameter, Optional<String> group, Ladder ladder, int seeds) {
    this.run = run;
    this.parameter = parameter;
    this.ladder = ladder;
    this.seeds = seeds;
    if (seeds < 1) {
      throw new InputException("a range test takes at least 1 seed, not " + seeds);
    }
    Map<String, Group> trained = run.experiment().groups().trained(run.model());
    List<String> names = trained.values().stream().map(Group::name).toList();
    group
        .filter(name -> !names.contains(name))
        .ifPresent(name -> {
          throw new InputException(
              "no group that is trained is named \"%s\"%s; there are %s"
                  .formatted(name, Messages.didYouMean(name, names), Messages.list(names, "and")));
        });
    trained.forEach((prefix, each) -> {
      if (group.isEmpty() || group.get().equals(each.name())) {
        add(prefix, each);
      }
    });
    if (greatest.isEmpty()) {
      throw unknown(trained);
    }
    others.addAll(names);
    others.removeAll(groups);
    double first = greatest.values().iterator().next();
    if (!(first > 0)) {
      throw new InputException(
          "%s of %s is 0 throughout: give it a value to begin with"
              .formatted(parameter, groups.getFirst()));
    }
  }

  private void add(String prefix, Group group) {
    Optional<Schedule> schedule =
        Optional.ofNullable(group.schedules(prefix).get(prefix + parameter));
    schedule.ifPresent(given -> {
      group
          .optimizer()
          .filter(optimizer -> PluginType.of((Object) optimizer).isPresent())
          .ifPresent(this::checkTakes);
      groups.add(group.name());
      greatest.put(
          prefix,
          new HyperparameterPreview(parameter, given, run.planned()).curve().greatest().value());
    });
  }

  /** A constant is checked, a schedule is not: that is left to whoever wrote it. */
  private void checkTakes(Optimizer optimizer) {
    for (double end : List.of(ladder.from(), ladder.to())) {
      ChangedOptimizer.of(optimizer, parameter, _ -> new Constant(end));
    }
  }

  private InputException unknown(Map<String, Group> trained) {
    List<String> known =
        trained.values().stream()
            .flatMap(group -> group.optimizer().stream())
            .flatMap(optimizer -> optimizer.hyperparameters().stream())
            .map(Hyperparameter::name)
            .distinct()
            .toList();
    return new InputException(
        "no hyper-parameter is named \"%s\"%s; there are %s: what is 0 and not used has no value to change"
            .formatted(
                parameter, Messages.didYouMean(parameter, known), Messages.list(known, "and")));
  }

  /**
   * Climbs from the start of the run.
   *
   * @param workers who computes; their number changes no bit of the result
   * @param listener looks on, at every update of each seed
   * @return what was found
   */
  public RangeResult test(Workers workers, TrainingListener listener) {
    return test(Optional.empty(), workers, listener);
  }

  /**
   * Climbs from where a session of the run stands. Seeds differ in the order of the samples,
   * dropout and noise; the first goes on as the session would.
   *
   * @param state of the session, which keeps its bits
   * @param workers who computes; their number changes no bit of the result
   * @param listener looks on, at every update of each seed
   * @return what was found
   * @throws InputException if it is the state of another run, or of one that a guard has sent back:
   *     its rates are no longer those that schedules say
   */
  public RangeResult test(TrainingState state, Workers workers, TrainingListener listener) {
    return test(Optional.of(state), workers, listener);
  }

  private RangeResult test(
      Optional<TrainingState> state, Workers workers, TrainingListener listener) {
    OptionalDouble constant = run.constantLoss();
    List<RangeCurve> curves = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      curves.add(climb(run.experiment().seed() + i, constant, state, workers, listener));
    }
    return new RangeResult(parameter, groups, others, ladder, curves);
  }

  private RangeCurve climb(
      long seed,
      OptionalDouble constant,
      Optional<TrainingState> state,
      Workers workers,
      TrainingListener listener) {
    int perEpoch = run.data().iterationsPerEpoch(run.experiment().batch());
    long start = state.map(from -> (long) from.epoch() * perEpoch + from.stepOfEpoch()).orElse(0L);
    List<Double> losses = new ArrayList<>();
    TrainingListener record =
        new TrainingListener() {
          @Override
          public void batch(Live live) {
            losses.add(live.batchLoss());
          }
        };
    // A run that is over before the top of the ladder is tested as if it were longer.
    long enough = Math.ceilDiv(start + ladder.steps(), (long) perEpoch);
    Session session =
        run.training()
            .seed(seed)
            .epochs(Math.toIntExact(Math.max(run.experiment().epochs(), enough)))
            .workers(workers)
            .following(schedules(start))
            .listener(TrainingListener.all(record, listener))
            .trainer()
            .session(run.data().training());
    state.ifPresent(session::restore);
    checkRates(session);
    RangeCurve curve = curve(seed, constant, losses);
    for (int step = 1; curve.end().isEmpty(); step++) {
      session.step();
      if (losses.size() < step) { // nobody was told of a step that went wrong
        losses.add(Double.NaN);
      }
      curve = curve(seed, constant, losses);
    }
    return curve;
  }

  private static void checkRates(Session session) {
    if (session.incidents().stream().map(Incident::guard).anyMatch(Guard.BACK_OFF::equals)) {
      throw new InputException(
          "a guard has gone back in this run, and lowers all rates since: test another one");
    }
  }

  private RangeCurve curve(long seed, OptionalDouble constant, List<Double> losses) {
    return new RangeCurve(
        seed, ladder, constant, losses.stream().mapToDouble(loss -> loss).toArray());
  }

  private Map<String, Schedule> schedules(long start) {
    double first = greatest.values().iterator().next();
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    greatest.forEach((prefix, own) ->
        schedules.put(prefix + parameter, new LadderSchedule(ladder, own / first, start)));
    return schedules;
  }

  /**
   * How the run is trained with a value that was found: schedules that climbed are multiplied by
   * the one number that makes the greatest value over the run of the first of them what was found;
   * a constant is replaced. Numbers have three digits, which is more than a test tells.
   *
   * @param value what was found, above 0
   * @return the groups of the run, with other schedules
   * @throws InputException if an optimizer is no plugin, or does not take the value
   */
  public Groups found(double value) {
    double factor = value / greatest.values().iterator().next();
    Predicate<String> climbed = groups::contains;
    Groups all = run.experiment().groups();
    return new Groups(
        all.base().map(base -> climbed.test(Groups.BASE) ? scaled(base, factor) : base),
        all.groups().stream()
            .map(group ->
                climbed.test(group.name())
                    ? new Group(
                        group.name(),
                        group.matches(),
                        group.optimizer().map(each -> scaled(each, factor)),
                        group.trained())
                    : group)
            .toList());
  }

  private Optimizer scaled(Optimizer optimizer, double factor) {
    return ChangedOptimizer.of(
        optimizer,
        parameter,
        given ->
            switch (given) {
              case Constant(double value) -> new Constant(printed(value * factor));
              case Scale(Schedule inner, double own) -> new Scale(inner, printed(own * factor));
              default -> given.scale(printed(factor));
            });
  }

  private static double printed(double value) {
    return new BigDecimal(value).round(PRINTED).doubleValue();
  }
}
