/**
 * The laws of schedules and optimizers, each alone and as suites that any plugin can be held to. A
 * test extends {@link dev.anneal.testkit.ScheduleConformance} or {@link
 * dev.anneal.testkit.OptimizerConformance} and says which instances to try; {@link
 * dev.anneal.testkit.Specifications} makes random ones of their annotations. The built-in plugins
 * pass the same suites. Beside the laws there is only what they measure with: runs, a run in double
 * precision, counted allocations, functions to descend. Tests of single classes belong to their
 * modules.
 */
@NullMarked
package dev.anneal.testkit;

import org.jspecify.annotations.NullMarked;
