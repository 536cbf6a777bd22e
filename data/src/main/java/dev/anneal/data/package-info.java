/**
 * Data to train on. {@link dev.anneal.data.DataSets} opens it by name and is where to begin; {@link
 * dev.anneal.data.ArraySamples} and {@link dev.anneal.data.RealSamples} take arrays, {@link
 * dev.anneal.data.Split} and {@link dev.anneal.data.Selection} cut it in parts. Readers of formats
 * and the cache of downloads are within and not seen from outside. How a batch is drawn and
 * shuffled is the business of the training.
 */
package dev.anneal.data;
