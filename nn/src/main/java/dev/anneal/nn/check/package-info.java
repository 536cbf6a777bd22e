/**
 * Whether a layer or a loss has the gradient that it should: for the tests of whoever writes one.
 * {@link dev.anneal.nn.check.GradientCheck} holds derived gradients against differences; {@link
 * dev.anneal.nn.check.DoubleEvaluator} computes a program in double precision straight from the
 * definitions, and shares no code with the engine so that it can be its judge. Nothing here is used
 * while training.
 */
package dev.anneal.nn.check;
