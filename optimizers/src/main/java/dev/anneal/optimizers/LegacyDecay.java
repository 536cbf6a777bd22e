package dev.anneal.optimizers;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.PerEpoch;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * Another schedule divided by {@code 1 + decay * iteration}, whatever the unit of that schedule:
 * the {@code decay} argument of legacy Keras optimizers.
 *
 * @param of the schedule divided
 * @param decay how fast the value falls, at least 0
 */
record LegacyDecay(Schedule of, double decay) implements Schedule {
  /** The hyper-parameters of an optimizer whose learning rate is so divided. */
  static List<Hyperparameter> apply(double decay, List<Hyperparameter> hyperparameters) {
    return hyperparameters.stream()
        .map(each ->
            decay > 0 && each.name().equals(Optimizer.LEARNING_RATE)
                ? new Hyperparameter(each.name(), new LegacyDecay(each.schedule(), decay))
                : each)
        .toList();
  }

  @Override
  public double at(Progress progress) {
    // Product and sum rounded apart, not fused: the arithmetic of Keras.
    return of.at(progress) / (1 + decay * progress.iteration());
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return of.boundaries(run);
  }

  /** Said here, since what is not public cannot be read from outside. */
  @Override
  public List<Schedule> parts() {
    return List.of(of);
  }

  /** The decay once an epoch; a constant so divided is a schedule that the built-in ones have. */
  @Override
  public Optional<PerEpoch> perEpoch() {
    Schedule read = progress -> of.at(progress) / (1 + decay * progress.epoch());
    return of instanceof Constant(double initial)
        ? Optional.of(
            new PerEpoch(
                read,
                Optional.of(
                    "time-based(initial=%s, decay=%s) per epoch, and no decay in the optimizer"
                        .formatted(Numbers.print(initial), Numbers.print(decay)))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "%s / (1 + %s * iteration)".formatted(Catalogue.describe(of), Numbers.print(decay));
  }
}
