package dev.anneal.comparison.verdict;

/**
 * How far one contender is ahead of another over the seeds that both have run.
 *
 * @param mean of the differences, positive where the first is better
 * @param low the lower end of the interval
 * @param high its upper end
 * @param ahead in how many seeds the first is better
 * @param seeds how many there are
 */
public record Lead(double mean, double low, double high, int ahead, int seeds) {}
