package dev.anneal.experiments;

import dev.anneal.nn.training.Evaluation;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param result what was measured on the way
 * @param last loss and accuracies at the end: those of the last epoch, or of the best where early
 *     stopping put its weights back
 * @param test how the model does on the data set's own test samples, if it has any
 */
public record Outcome(RunRecord result, EpochRecord last, Optional<Evaluation> test) {}
