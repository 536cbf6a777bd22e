package dev.anneal.nn.training;

import dev.anneal.api.schedule.MetricHistory;

/**
 * What a number of an epoch tells: a quantity, of a part of what is trained, from a source.
 *
 * @param quantity such as {@code loss}, {@code learning_rate} or {@code update_ratio}
 * @param part the objective, group or layer that it is told of; empty for the whole
 * @param source where the number is from
 */
public record Metric(String quantity, String part, Source source) {
  private static final String VALIDATION_PREFIX = "val_";
  private static final char SLASH = '/';

  /** Training samples in a second, without validation. */
  public static final Metric SAMPLES_PER_SECOND =
      new Metric("samples_per_second", "", Source.CLOCK);

  /** The quantity of a layer or group: the norm of the gradient. */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** Likewise: the norm of an update relative to that of the weights before it. */
  public static final String UPDATE_RATIO = "update_ratio";

  /** Likewise: the norm of an update relative to that of the gradient. */
  public static final String EFFECTIVE_RATE = "effective_rate";

  /** Where the number of a metric is from. */
  public enum Source {
    /** Measured on the training samples, each just before the update that its batch caused. */
    TRAINING,
    /** Measured on the validation samples, after the epoch's last update. */
    VALIDATION,
    /** Decided by a schedule for the epoch's last update. */
    SCHEDULES,
    /** What the epoch's last update did. */
    UPDATE,
    /** The time that it took. */
    CLOCK
  }

  static Metric loss(String part, Source source) {
    return new Metric(MetricHistory.LOSS, part, source);
  }

  static Metric accuracy(String part, Source source) {
    return new Metric(MetricHistory.ACCURACY, part, source);
  }

  static Metric validation(String part, String quantity) {
    return new Metric(quantity, part, Source.VALIDATION);
  }

  static Metric update(String part, String quantity) {
    return new Metric(quantity, part, Source.UPDATE);
  }

  /** A value that a schedule decides, by its name in {@code Groups.schedules}. */
  static Metric scheduled(String objective, String name) {
    int slash = name.lastIndexOf(SLASH);
    String part = name.substring(0, Math.max(0, slash));
    return new Metric(name.substring(slash + 1), part(objective, part), Source.SCHEDULES);
  }

  /** A part of what an objective trains. */
  static String part(String objective, String part) {
    return objective.isEmpty() || part.isEmpty() ? objective + part : objective + SLASH + part;
  }

  /**
   * The name that schedules, stopping rules and records know it by.
   *
   * @return such as {@code val_loss}, {@code generator/loss} or {@code dense_1/update_ratio}
   */
  public String name() {
    return part(part, source == Source.VALIDATION ? VALIDATION_PREFIX + quantity : quantity);
  }
}
