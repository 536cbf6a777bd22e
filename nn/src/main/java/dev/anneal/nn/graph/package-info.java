/**
 * Computations as nodes, before anything runs. Begin with {@link dev.anneal.nn.graph.Graph}, which
 * makes them, and {@link dev.anneal.nn.graph.Op}, the list of what a node can do. {@code Gradients}
 * derives the nodes of a gradient and {@code Elementwise} fuses chains of formulas; a {@link
 * dev.anneal.nn.graph.Program} is the result, in order. Memory, threads and batches are the plan's
 * business, layers and losses are made of nodes elsewhere.
 */
package dev.anneal.nn.graph;
