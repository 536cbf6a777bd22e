/**
 * The losses that come with the library, each from output and labels to one number a sample. {@link
 * dev.anneal.nn.loss.Regression} is a plain one to begin with, {@link
 * dev.anneal.nn.loss.CrossEntropy} shows how one is computed from logits, and {@link
 * dev.anneal.nn.loss.WeightedLosses}, {@link dev.anneal.nn.loss.Regularized} and {@link
 * dev.anneal.nn.loss.SampleWeighted} are made of others. Those of {@link
 * dev.anneal.nn.loss.LossPlugins} have a notation. Gradients are derived, so none is written here;
 * what nobody minimizes is a {@link dev.anneal.nn.measure.Measure}.
 */
package dev.anneal.nn.loss;
