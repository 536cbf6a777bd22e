/**
 * Which parameters are trained by which optimizer, and when. {@link dev.anneal.nn.group.Groups} is
 * where to begin; a {@link dev.anneal.nn.group.Group} takes parameters by a pattern or a predicate
 * and may be frozen for a time. {@code GroupNotation} reads and writes them as text. These are
 * descriptions only: what becomes of them step by step is done by the training.
 */
package dev.anneal.nn.group;
