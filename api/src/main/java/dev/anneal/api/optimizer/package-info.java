/**
 * How a gradient becomes a step: the contract of optimizers. Begin with {@link
 * dev.anneal.api.optimizer.Optimizer}, then {@link dev.anneal.api.optimizer.StepBuilder}, with
 * which a rule describes one step for one weight; its state lies in a {@link
 * dev.anneal.api.optimizer.Slot}. A rule says what is to be computed and never computes it: the
 * engine compiles it. The optimizers themselves are plugins in modules of their own.
 */
package dev.anneal.api.optimizer;
