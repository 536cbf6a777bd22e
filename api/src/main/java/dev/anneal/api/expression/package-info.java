/**
 * Numbers in elementwise formulas, written once and computed in any precision. Begin with {@link
 * dev.anneal.api.expression.Expression}: operands, constants and functions, as values that can be
 * compared and taken apart; an {@link dev.anneal.api.expression.ExpressionGraph} is the way to walk
 * those that share parts. Rules of optimizers, activations and losses are made of these. How an
 * expression is compiled, differentiated or run is left to the engine and to the networks.
 */
package dev.anneal.api.expression;
