package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;

/** One instruction of a plan. It allocates nothing when it runs. */
interface Instruction {
  /**
   * Computes the value of one node from those of its operands.
   *
   * @param batch samples in this batch
   * @param progress where training stands
   */
  void run(int batch, Progress progress);
}
