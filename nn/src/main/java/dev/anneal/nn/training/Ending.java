package dev.anneal.nn.training;

/** Why a session takes no further step. */
public enum Ending {
  /** All epochs are done. */
  COMPLETED,
  /** It no longer improved. */
  STOPPED_EARLY,
  /** The minimizer has arrived. */
  CONVERGED,
  /** Somebody asked for it; what is left can be done later. */
  STOPPED,
  /** The loss is no longer a number, or far above that of the first batch. */
  DIVERGED
}
