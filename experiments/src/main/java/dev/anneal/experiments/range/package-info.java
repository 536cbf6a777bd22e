/**
 * The learning-rate range test: what the loss does while a rate climbs a {@link
 * dev.anneal.experiments.range.Ladder}, and where to look for a good one. Begin with {@link
 * dev.anneal.experiments.range.RangeTest}; it leaves a {@link
 * dev.anneal.experiments.range.RangeResult} of curves, one a seed, from which {@link
 * dev.anneal.experiments.range.SuggestionRule rules} suggest a rate or say why they do not.
 */
package dev.anneal.experiments.range;
