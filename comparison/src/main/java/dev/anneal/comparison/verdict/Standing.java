package dev.anneal.comparison.verdict;

/** What a look at the contenders came to. */
public enum Standing {
  /** Several may be the best. */
  OPEN,
  /** One alone may be the best. */
  BEST,
  /** Those that may be the best differ by less than what counts. */
  ALIKE,
  /** Those that may be the best have the same numbers: what differs in them has no effect. */
  IDENTICAL
}
