/**
 * Runs: what decides them, carrying them out, and what they leave behind. Begin with {@link
 * dev.anneal.experiments.Experiment}, which {@link dev.anneal.experiments.Runner} carries out into
 * a {@link dev.anneal.experiments.RunFolder}; {@link dev.anneal.experiments.Comparison} is several
 * of them side by side, {@link dev.anneal.experiments.Preset} what is usual for a data set. How
 * results look is left to the reports, and options to the command.
 */
package dev.anneal.experiments;
