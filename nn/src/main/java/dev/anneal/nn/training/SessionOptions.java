package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.Optional;

/**
 * What a session does beside taking steps.
 *
 * @param epochs after how many it ends, at least 1
 * @param validation what to measure on after each epoch
 * @param stopping when to end earlier
 * @param best which epoch's weights to put back at the end, instead of keeping the last one's
 * @param diagnosed whether the last update of each epoch is looked at
 * @param guard what to do about numbers that are not finite
 * @param listener looks on
 */
record SessionOptions(
    int epochs,
    Optional<Samples> validation,
    Optional<EarlyStopping> stopping,
    Optional<Monitor> best,
    boolean diagnosed,
    Guard guard,
    TrainingListener listener) {
  SessionOptions {
    if (epochs < 1) {
      throw new InputException("training takes at least 1 epoch, not " + epochs);
    }
  }
}
