/**
 * Trained models: the {@link dev.anneal.nn.predict.ModelFile} that keeps one with all that it takes
 * to use it, and the {@link dev.anneal.nn.predict.Predictor} that any number of threads use at
 * once. Nothing here trains.
 */
package dev.anneal.nn.predict;
