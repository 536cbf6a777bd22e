package dev.anneal.core.vector;

import jdk.incubator.vector.FloatVector;

/**
 * Asks the Vector API about this machine. This package alone imports the incubator's classes, and
 * is touched only where its module is present.
 */
public final class VectorBits {
  private VectorBits() {}

  /**
   * The widest vector that the processor computes at full speed.
   *
   * @return 128, 256 or 512; less than 128 where there is none
   */
  public static int preferred() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
