package dev.anneal.comparison;

import static dev.anneal.api.numeric.NumberFormats.four;
import static dev.anneal.api.numeric.NumberFormats.percent;
import static dev.anneal.api.numeric.NumberFormats.significant;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import dev.anneal.experiments.ConstantPrediction;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** By which number of a run contenders are compared. Lower is better for all of them. */
public sealed interface Criterion {
  /**
   * Reads the option.
   *
   * @param name {@code val_loss}, {@code val_accuracy}, {@code best} or {@code time-to}
   * @param target the validation loss to reach, for the last
   * @return the criterion
   * @throws InputException if it is anything else
   */
  static Criterion parse(String name, OptionalDouble target) {
    if (!name.equals("time-to") && target.isPresent()) {
      throw new InputException("--to has no effect without --by time-to");
    }
    return switch (name) {
      case "val_loss" -> new Loss();
      case "val_accuracy" -> new Accuracy();
      case "best" -> new LowestLoss();
      case "time-to" ->
          new TimeTo(
              target.orElseThrow(() ->
                  new InputException(
                      "--by time-to needs --to, the validation loss to reach, such as --to 0.5")));
      default ->
          throw new InputException(
              "--by is val_loss, val_accuracy, best or time-to, not \"%s\"".formatted(name));
    };
  }

  /**
   * As the option has it.
   *
   * @return its name
   */
  String by();

  /**
   * What it is, in words.
   *
   * @return such as validation loss
   */
  String noun();

  /**
   * The number of a run.
   *
   * @param run that has ended
   * @return lower is better; not finite where the run has none
   */
  double value(RunRecord run);

  /**
   * What a run is worth: one that diverged as much as always predicting the same, as one that is
   * surer than it is right. So a mean stays a number, and no run is left out.
   *
   * @param run that has ended
   * @param bound what always predicting the same gets; NaN where that is not known
   * @return lower is better
   */
  default double worth(RunRecord run, double bound) {
    double value = value(run);
    return run.diverged() || (Double.isFinite(bound) && !(value < bound)) ? bound : value;
  }

  /**
   * What always predicting the same gets.
   *
   * @param constant the prediction
   * @param samples that validate
   * @return likewise; nothing where that is not known. By default its loss
   */
  default OptionalDouble constant(ConstantPrediction constant, Samples samples) {
    return constant.loss(samples);
  }

  /**
   * What differences count for nothing.
   *
   * @param best of the means
   * @param constant what always predicting the same gets, NaN where that is not known
   * @param samples how many validate
   * @return more than 0; by default one in a hundred of what there is to gain
   */
  default double alike(double best, double constant, int samples) {
    double gained = Double.isFinite(constant) ? constant - best : Math.abs(best);
    return Math.max(Double.MIN_NORMAL, 0.01 * gained);
  }

  /**
   * The variance of a difference that is rounding.
   *
   * @param samples how many validate
   * @return at least 0
   */
  default double least(int samples) {
    return 0;
  }

  /**
   * A value as people read it.
   *
   * @param value of a run
   * @return such as 0.2812 or 97.14 %
   */
  default String text(double value) {
    return four(value);
  }

  /**
   * A value as programs read it, where more may be better.
   *
   * @param value of a run
   * @return such as an accuracy
   */
  default double number(double value) {
    return value;
  }

  /**
   * A difference as people read it.
   *
   * @param difference of two values
   * @return such as 0.012 or 1.2 points
   */
  default String difference(double difference) {
    return significant(difference, 2);
  }

  /**
   * What the better one has.
   *
   * @return lower, higher or earlier
   */
  default String better() {
    return "lower";
  }

  /** The validation loss of the weights that are kept; the training loss where none validates. */
  record Loss() implements Criterion {
    @Override
    public String by() {
      return "val_loss";
    }

    @Override
    public String noun() {
      return "validation loss";
    }

    @Override
    public double value(RunRecord run) {
      EpochRecord kept = run.kept();
      return run.validated() || run.diverged() ? kept.valLoss() : kept.loss();
    }
  }

  /** The part of the validation samples that is taken for the wrong class at the end. */
  record Accuracy() implements Criterion {
    @Override
    public String by() {
      return "val_accuracy";
    }

    @Override
    public String noun() {
      return "validation accuracy";
    }

    @Override
    public double value(RunRecord run) {
      return 1 - run.kept().valAccuracy();
    }

    @Override
    public OptionalDouble constant(ConstantPrediction constant, Samples samples) {
      return samples.classes() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(1 - constant.accuracy(samples));
    }

    @Override
    public double alike(double best, double constant, int samples) {
      return Math.max(0.005, 1.0 / Math.max(1, samples));
    }

    /** Of the difference of two numbers that are rounded to whole samples. */
    @Override
    public double least(int samples) {
      return samples == 0 ? 0 : 1.0 / samples / samples / 6;
    }

    @Override
    public String text(double value) {
      return percent(1 - value) + "\u00a0%";
    }

    @Override
    public double number(double value) {
      return 1 - value;
    }

    @Override
    public String difference(double difference) {
      return significant(100 * difference, 2) + " points";
    }

    @Override
    public String better() {
      return "higher";
    }
  }

  /** The lowest validation loss of any epoch. */
  record LowestLoss() implements Criterion {
    @Override
    public String by() {
      return "best";
    }

    @Override
    public String noun() {
      return "lowest validation loss";
    }

    @Override
    public double value(RunRecord run) {
      return run.best().valLoss();
    }
  }

  /**
   * The first epoch after which the validation loss is no greater than a target. A run that does
   * not get there counts as one more than it has.
   *
   * @param target the validation loss to reach
   */
  record TimeTo(double target) implements Criterion {
    @Override
    public String by() {
      return "time-to";
    }

    @Override
    public String noun() {
      return "epochs to a validation loss of " + significant(target, 3);
    }

    @Override
    public double value(RunRecord run) {
      return reached(run).orElse(run.epochs().size() + 1);
    }

    /** Whether a run gets there. */
    boolean isReached(RunRecord run) {
      return reached(run).isPresent();
    }

    private OptionalInt reached(RunRecord run) {
      return run.epochs().stream()
          .filter(row -> row.valLoss() <= target)
          .mapToInt(EpochRecord::epoch)
          .findFirst();
    }

    @Override
    public OptionalDouble constant(ConstantPrediction constant, Samples samples) {
      return OptionalDouble.empty();
    }

    @Override
    public double alike(double best, double constant, int samples) {
      return 1;
    }

    /** Epochs are whole. */
    @Override
    public double least(int samples) {
      return 1.0 / 6;
    }

    @Override
    public String text(double value) {
      return significant(value, 3);
    }

    @Override
    public String better() {
      return "fewer";
    }
  }
}
