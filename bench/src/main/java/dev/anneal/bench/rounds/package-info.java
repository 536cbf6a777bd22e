/**
 * Programs that took turns on a machine, and what may be said of their rows: ratios with intervals,
 * doubts, a verdict.
 */
@NullMarked
package dev.anneal.bench.rounds;

import org.jspecify.annotations.NullMarked;
