package dev.anneal.nn.plan;

import dev.anneal.core.random.RandomStream;

/** What a seed decides: a stream for each use of chance, so that none changes another. */
public enum Seeds {
  /** The first weights. */
  WEIGHTS(0),
  /** The order of the samples. */
  ORDER(1),
  /** What models draw, such as the masks of dropout. */
  MODEL(2),
  /** What optimizers draw. */
  OPTIMIZER(3);

  private final long label;

  Seeds(long label) {
    this.label = label;
  }

  public RandomStream of(long seed) {
    return new RandomStream(seed).child(label);
  }
}
