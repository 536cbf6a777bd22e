package dev.anneal.preview;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Schedule;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A hyper-parameter over a run, before anything is trained. It reads the very function that
 * training reads. One thread at a time may use it.
 */
public final class HyperparameterPreview {
  private final String name;
  private final Schedule schedule;
  private final PlannedRun run;
  private final Cursor cursor;
  private final List<Boundary> boundaries;
  private final SampledCurve curve;

  /**
   * Reads a schedule along a run.
   *
   * @param name the hyper-parameter, such as {@code learning_rate}
   * @param schedule its schedule
   * @param run the run
   */
  public HyperparameterPreview(String name, Schedule schedule, PlannedRun run) {
    this.name = name;
    this.schedule = schedule;
    this.run = run;
    cursor = run.cursor();
    boundaries =
        schedule.boundaries(cursor).stream()
            .sorted(Comparator.comparingLong(Boundary::iteration))
            .toList();
    curve = SampledCurve.of(this::at, run.iterations(), boundaries);
  }

  /**
   * A boundary and the values around it.
   *
   * @param boundary the boundary
   * @param before the value of the update before it, NaN where there is none in the run
   * @param at the value of the first update under what comes after, NaN beyond the run
   */
  public record Turn(Boundary boundary, double before, double at) {}

  /**
   * The hyper-parameter.
   *
   * @return its name
   */
  public String name() {
    return name;
  }

  /**
   * The schedule.
   *
   * @return as given
   */
  public Schedule schedule() {
    return schedule;
  }

  /**
   * The run.
   *
   * @return as given
   */
  public PlannedRun run() {
    return run;
  }

  /**
   * The boundaries of the schedule.
   *
   * @return in order; some may lie beyond the run
   */
  public List<Boundary> boundaries() {
    return boundaries;
  }

  /**
   * The values along the run.
   *
   * @return the curve
   */
  public SampledCurve curve() {
    return curve;
  }

  /**
   * Whether this is a learning rate, of whatever group.
   *
   * @return false for a momentum, say
   */
  public boolean isRate() {
    return Hyperparameter.isLearningRate(name);
  }

  /**
   * Where the axis of a chart begins: at 0 or below for a rate, else at the least value, since a
   * momentum moves far from 0.
   *
   * @return a value that is at most the least
   */
  public double foot() {
    double least = curve.least().value();
    return isRate() ? Math.min(0, least) : least;
  }

  /**
   * Whether the schedule is one number.
   *
   * @return whether it can change at all
   */
  public boolean isConstant() {
    return schedule instanceof Constant;
  }

  /**
   * The value for an update.
   *
   * @param iteration counted from 0
   * @return the value
   */
  public double at(long iteration) {
    return schedule.at(cursor.moveTo(iteration));
  }

  /**
   * The value for the first update.
   *
   * @return the value
   */
  public double start() {
    return at(0);
  }

  /**
   * The value for the first update after the first epoch.
   *
   * @return the value; nothing where the run is over before that
   */
  public OptionalDouble afterFirstEpoch() {
    return run.iterations() < run.iterationsPerEpoch()
        ? OptionalDouble.empty()
        : OptionalDouble.of(at(run.iterationsPerEpoch()));
  }

  /**
   * The value for the last update.
   *
   * @return the value
   */
  public double end() {
    return at(run.iterations() - 1);
  }

  /**
   * Whether a boundary comes too late for this run.
   *
   * @param boundary one of the schedule's
   * @return whether no update comes after it
   */
  public boolean isBeyond(Boundary boundary) {
    return boundary.iteration() >= run.iterations();
  }

  /**
   * The boundaries with the values around them.
   *
   * @return in order
   */
  public List<Turn> turns() {
    return boundaries.stream()
        .map(boundary -> {
          long at = boundary.iteration();
          return new Turn(
              boundary,
              at > 0 && at <= run.iterations() ? at(at - 1) : Double.NaN,
              isBeyond(boundary) ? Double.NaN : at(at));
        })
        .toList();
  }
}
