/**
 * Numbers for whoever writes a schedule or a message. {@link dev.anneal.api.numeric.DoubleDouble}
 * has shapes between two values that are rounded once, {@link dev.anneal.api.numeric.Numbers} reads
 * and prints numbers so that they come back equal, and {@link dev.anneal.api.numeric.NumberFormats}
 * prints them for people. Scalars in double precision only: what computes on arrays belongs to the
 * engine.
 */
package dev.anneal.api.numeric;
