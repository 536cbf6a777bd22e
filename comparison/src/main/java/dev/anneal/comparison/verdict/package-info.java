/**
 * What may be said of contenders from a few paired numbers each: which of them may be the best, by
 * how much one leads, how many more seeds would tell, how often one that failed may fail. It is
 * arithmetic alone and knows nothing of training.
 */
package dev.anneal.comparison.verdict;
