/**
 * Numbers in rows and columns, or in any number of dimensions, for programs that use the library:
 * {@link dev.anneal.core.tensor.Tensor}, which weights and predictions are handed out as.
 * Operations make new tensors, for convenience and not for speed; within a training step the engine
 * works on flat arrays, and nothing that runs in each step belongs here.
 */
package dev.anneal.core.tensor;
