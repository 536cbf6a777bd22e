package dev.anneal.nn.model;

/** What the computation of a model is written out for. */
public enum Mode {
  /** To train it: layers drop out, and normalize by the batch. */
  TRAINING,

  /**
   * To make {@linkplain Scope#follow running values} for weights that were not trained with: layers
   * normalize by the batch, and nothing drops out.
   */
  STATISTICS,

  /** To use it. */
  EVALUATION
}
