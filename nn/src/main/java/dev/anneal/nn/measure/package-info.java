/**
 * What a model is judged by beside its loss: a {@link dev.anneal.nn.measure.Measure} is a number
 * made of all {@link dev.anneal.nn.measure.Predictions} for a set of samples. {@link
 * dev.anneal.nn.measure.ClassMeasure} and {@link dev.anneal.nn.measure.NumberMeasure} are the usual
 * ones. Nothing here trains, and nothing needs a gradient.
 */
package dev.anneal.nn.measure;
