/**
 * Functions without noise, minimized as a whole. {@link dev.anneal.nn.minimize.Lbfgs} takes any
 * {@link dev.anneal.nn.minimize.DifferentiableFunction} and decides itself where to evaluate it, so
 * it is no optimizer of batches; {@link dev.anneal.nn.minimize.FullBatchObjective} makes one of a
 * model and all of its samples. Begin with the example at {@code Lbfgs}. What takes one gradient a
 * step is an optimizer and a plugin.
 */
package dev.anneal.nn.minimize;
