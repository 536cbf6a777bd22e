package dev.anneal.core.optimize;

import dev.anneal.core.schedule.Schedule;

/**
 * A number that an update rule reads anew at each step.
 *
 * @param name its name in snake case, such as {@code learning_rate}
 * @param schedule its value over the run; a constant is a schedule
 */
public record Hyperparameter(String name, Schedule schedule) {}
