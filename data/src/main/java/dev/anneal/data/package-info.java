/**
 * Data to train on: {@link dev.anneal.data.DataSets} opens it by name, {@link
 * dev.anneal.data.ArraySamples} takes arrays, {@link dev.anneal.data.Split} and {@link
 * dev.anneal.data.Slice} cut it in parts.
 */
package dev.anneal.data;
