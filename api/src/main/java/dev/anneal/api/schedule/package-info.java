/**
 * The value of a hyper-parameter over a training run, as a function of where training stands. Begin
 * with {@link dev.anneal.api.schedule.Schedule} and what it reads, {@link
 * dev.anneal.api.schedule.Progress}; values that depend on the one before go through {@link
 * dev.anneal.api.schedule.Recurrence}. The compositions that {@code Schedule} offers as methods are
 * here too. Shapes that stand alone, such as a decay or a cycle, are plugins and belong to a module
 * of their own.
 */
package dev.anneal.api.schedule;
