/**
 * Contenders that differ in schedule or optimizer and share all else, trained with the same seeds,
 * round by round, until one is the best, all are alike, or the seeds are used up.
 */
package dev.anneal.comparison;
