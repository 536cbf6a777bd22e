package dev.anneal.nn.plan;

/** One instruction of a plan. It allocates nothing when it runs. */
interface Step {
  /**
   * Computes the value of one node from those of its operands.
   *
   * @param batch samples in this batch
   * @param iteration which update this is for, from 0
   */
  void run(int batch, long iteration);
}
