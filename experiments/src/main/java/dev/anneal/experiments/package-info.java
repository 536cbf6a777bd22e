/**
 * Runs: what decides them, carrying them out, and what they leave behind. Begin with {@link
 * dev.anneal.experiments.Experiment}, which {@link dev.anneal.experiments.Runner} carries out into
 * a {@link dev.anneal.experiments.RunFolder}; {@link dev.anneal.experiments.Preset} is what is
 * usual for a data set. How results look is left to the reports, options to the command, and
 * several runs side by side to comparisons.
 */
package dev.anneal.experiments;
