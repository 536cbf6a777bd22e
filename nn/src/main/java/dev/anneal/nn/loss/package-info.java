/**
 * The losses that come with the library, each from output and labels to one number a sample. {@link
 * dev.anneal.nn.loss.Regression} is a plain one to begin with, {@link
 * dev.anneal.nn.loss.CrossEntropy} shows how one is computed from logits, and {@link
 * dev.anneal.nn.loss.WeightedLosses} and {@link dev.anneal.nn.loss.Regularized} are made of others.
 * Gradients are derived, so none is written here; metrics that nobody minimizes belong to the
 * training.
 */
package dev.anneal.nn.loss;
