/**
 * What a model trains on, as the engine sees it: {@link dev.anneal.core.sample.Samples}, rows of
 * numbers with labels that are copied into a batch on demand. The contract alone stands here, so
 * that networks need no reader of files; data sets, formats and splits that implement it are in the
 * module for data.
 */
package dev.anneal.core.sample;
