/**
 * A program compiled for batches: steps over memory that exists already, so that a training step
 * allocates nothing. Begin with {@link dev.anneal.nn.plan.Plan}; each {@code Instruction} computes
 * one node, {@code Liveness} decides who shares memory, {@link dev.anneal.nn.plan.ParameterStore}
 * lays out the weights, and {@link dev.anneal.nn.plan.DataLoader} fills the next batch meanwhile.
 * It is the inside of the module: models and losses are known here as programs only.
 */
package dev.anneal.nn.plan;
