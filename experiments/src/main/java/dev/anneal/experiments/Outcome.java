package dev.anneal.experiments;

import dev.anneal.nn.training.Evaluation;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param result what was measured on the way
 * @param test how the model does on the data set's own test samples, if it has any
 * @param weights those that were kept, parameter after parameter
 */
@SuppressWarnings("ArrayRecordComponent") // as large as a model: never compared
public record Outcome(RunRecord result, Optional<Evaluation> test, float[] weights) {}
