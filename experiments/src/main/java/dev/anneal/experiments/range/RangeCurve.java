package dev.anneal.experiments.range;

import static dev.anneal.api.numeric.NumberFormats.brief;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the loss of each batch was, and of it a smoothed curve, while one seed climbed a ladder.
 *
 * <p>The smoothed loss is the running mean {@code m = 0.95 m + 0.05 loss} divided by {@code 1 -
 * 0.95^t}, as Adam corrects its means: the first is the first loss itself. It is compared with the
 * <em>start</em>, the mean of the losses on the first tenth of the ladder, where rates are too
 * small to do anything. The <em>noise</em> is the standard deviation of a batch's loss on the first
 * fifth, by the differences of successive ones, which a slow fall does not enter (J. von Neumann,
 * "Distribution of the Ratio of the Mean Square Successive Difference to the Variance", 1941);
 * later on it would have in it what high rates do to the weights. All of it is in differences of
 * losses, never ratios, so that losses may be negative.
 */
public final class RangeCurve {
  private static final double BETA = 0.95;

  /** So many times its fall a loss rises to no good. */
  private static final double FAR = 3;

  /**
   * So many standard deviations of what noise makes of it a fall must be. It is the deepest of
   * many, so that 3 are passed by 2 in 100 flat curves of 100 steps, 4 by 3 in 1,000 (2026-11-28).
   * The noise of a single batch would be too much to ask: a regression rarely falls by 3 times
   * that.
   */
  private static final double CLEARLY = 4;

  /** Relative to losses, what single precision makes of them. */
  private static final double ROUNDING = 1e-6;

  /** Why a climb is over. */
  public enum End {
    /** It reached the top of the ladder. */
    TOP,
    /** A loss or a weight was not finite. */
    NOT_FINITE,
    /** The smoothed loss rose above its minimum by more than 3 times what it had fallen. */
    ROSE,
    /** The smoothed loss came back to that of a constant prediction: the network is dead. */
    CONSTANT
  }

  private final long seed;
  private final Ladder ladder;
  private final OptionalDouble constant;
  private final double[] losses;
  private final double[] smoothed;
  private final boolean finite;
  private final int minimum;

  /**
   * A curve of the losses so far.
   *
   * @param seed of the climb
   * @param ladder what was climbed
   * @param constant the loss of a constant prediction, where it is known
   * @param losses at its first steps, one after the other, at most as many as it has; those from
   *     the first that is not finite are left out
   */
  public RangeCurve(long seed, Ladder ladder, OptionalDouble constant, double... losses) {
    this.seed = seed;
    this.ladder = ladder;
    this.constant = constant;
    this.losses = Arrays.stream(losses).takeWhile(Double::isFinite).toArray();
    finite = this.losses.length == losses.length;
    smoothed = smoothed(this.losses);
    minimum = minimum();
  }

  /** Each moves from the one before by its part of the difference, so that a constant stays. */
  private static double[] smoothed(double[] losses) {
    double[] smoothed = new double[losses.length];
    double mean = 0;
    double forgotten = 1;
    for (int i = 0; i < losses.length; i++) {
      forgotten *= BETA;
      mean += (1 - BETA) / (1 - forgotten) * (losses[i] - mean);
      smoothed[i] = mean;
    }
    return smoothed;
  }

  /** The first step, after the start, with the least smoothed loss; -1 while there is none. */
  private int minimum() {
    int least = losses.length > lead() ? lead() : -1;
    for (int i = lead() + 1; i < losses.length; i++) {
      least = smoothed[i] < smoothed[least] ? i : least;
    }
    return least;
  }

  /** The steps that are the start, at least 5. */
  int lead() {
    return ladder.steps() / 10;
  }

  /** The step of the minimum; -1 where the climb was over at its start. */
  int atMinimum() {
    return minimum;
  }

  private double start() {
    return Arrays.stream(losses, 0, Math.min(lead(), losses.length)).average().orElse(0);
  }

  private double noise() {
    int measured = Math.min(2 * lead(), losses.length);
    double squares = 0;
    for (int i = 1; i < measured; i++) {
      squares += (losses[i] - losses[i - 1]) * (losses[i] - losses[i - 1]);
    }
    return measured < 2 ? 0 : Math.sqrt(squares / (2 * (measured - 1)));
  }

  /** What smoothed losses must differ by from those of the start to differ at all. */
  private double clearly() {
    double variances = 1.0 / lead() + (1 - BETA) / (1 + BETA); // of a mean, of a running mean
    return CLEARLY * Math.sqrt(variances) * noise();
  }

  /** How far the smoothed loss has fallen. */
  double fall() {
    return start() - smoothed[minimum];
  }

  /** How much the smoothed loss changes a step, from the step before to the one after. */
  double slope(int step) {
    return (smoothed[after(step)] - smoothed[before(step)]) / (after(step) - before(step));
  }

  /** How much it changes with the logarithm of the rate, likewise. */
  double slopeOverLogarithm(int step) {
    return (smoothed[after(step)] - smoothed[before(step)])
        / Math.log(rate(after(step)) / rate(before(step)));
  }

  private static int before(int step) {
    return Math.max(0, step - 1);
  }

  private int after(int step) {
    return Math.min(losses.length - 1, step + 1);
  }

  /** Why nothing can be suggested, whatever the rule. */
  Optional<String> unsupported() {
    if (minimum < 0) {
      return Optional.of(
          "training went astray within %d steps, at the start of the ladder: begin lower (--from)"
              .formatted(losses.length + 1));
    }
    double fall = fall();
    double rounding = ROUNDING * Math.max(Math.abs(start()), Math.abs(smoothed[minimum]));
    if (fall <= rounding) {
      return Optional.of("the loss does not fall");
    }
    return fall <= clearly()
        ? Optional.of(
            "the loss falls by %s, as it may by chance: that of a batch varies by %s"
                .formatted(brief(fall), brief(noise())))
        : Optional.empty();
  }

  /** Whether the smoothed loss is at its least where the climb reached the top of the ladder. */
  boolean fallsToTheTop() {
    return minimum == ladder.steps() - 1;
  }

  /**
   * Why the climb is over.
   *
   * @return nothing while it goes on
   */
  public Optional<End> end() {
    if (!finite) {
      return Optional.of(End.NOT_FINITE);
    }
    if (losses.length == ladder.steps()) {
      return Optional.of(End.TOP);
    }
    if (minimum < 0) {
      return Optional.empty();
    }
    double now = smoothed[losses.length - 1];
    double least = smoothed[minimum];
    // A fall that is smaller than the noise is none.
    if (now > least + FAR * Math.max(fall(), noise())) {
      return Optional.of(End.ROSE);
    }
    boolean dead =
        constant.isPresent()
            && now >= constant.getAsDouble()
            && least < constant.getAsDouble() - clearly();
    return dead ? Optional.of(End.CONSTANT) : Optional.empty();
  }

  /**
   * The seed of the climb.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * How many steps were climbed.
   *
   * @return at most those of the ladder
   */
  public int size() {
    return losses.length;
  }

  /**
   * The value at a step.
   *
   * @param step from 0
   * @return that of the ladder
   */
  public double rate(int step) {
    return ladder.at(step);
  }

  /**
   * The loss of the batch at a step, before its update.
   *
   * @param step from 0 to {@code size() - 1}
   * @return finite
   */
  public double loss(int step) {
    return losses[step];
  }

  /**
   * The smoothed loss at a step.
   *
   * @param step from 0 to {@code size() - 1}
   * @return finite
   */
  public double smoothed(int step) {
    return smoothed[step];
  }
}
