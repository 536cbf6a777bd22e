package dev.anneal.core.schedule;

import dev.anneal.core.spec.PluginKind;
import java.util.Optional;

/**
 * The value of a hyper-parameter over a training run, as a pure function of where training stands.
 *
 * <p>There is no {@code step()} and no hidden counter: the same progress gives the same bits, in
 * any order and any number of calls. So a preview, a training run and a resumed run cannot
 * disagree. Implementations are records, allocate nothing in {@link #at} and validate in their
 * constructor.
 */
@FunctionalInterface
@PluginKind("schedule")
public interface Schedule {
  /**
   * The value in force for the update at {@code progress}.
   *
   * @param progress where training stands; read it, never keep it
   * @return a finite number
   */
  double at(Progress progress);

  /**
   * What the author of a schedule that is read per iteration may have meant.
   *
   * @return this schedule read per epoch, by default for records with a {@link Unit}; nothing for
   *     schedules that are not read per iteration
   */
  default Optional<EpochReading> perEpoch() {
    return EpochReading.of(this);
  }
}
