package dev.anneal.comparison;

import dev.anneal.experiments.PreparedRun;

/**
 * A run that a comparison needs.
 *
 * @param contender whose, from 0
 * @param draw what is drawn for it
 * @param run what to do
 */
public record Entry(int contender, Draw draw, PreparedRun run) {}
