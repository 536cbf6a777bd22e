package dev.anneal.api.optimizer;

/** Over what a number that an optimizer's rule reads or keeps is the same. */
public enum Granularity {
  /** A number for each weight, [rows x columns]. */
  WEIGHT,
  /** A number for each row, which all weights of the row read. */
  ROW,
  /** A number for each column, which all weights of the column read. */
  COLUMN,
  /** A matrix [rows x rows], which only a {@link MatrixFunction} reads. */
  ROW_PAIR,
  /** A matrix [columns x columns], which only a {@link MatrixFunction} reads. */
  COLUMN_PAIR,
  /** One number for the parameter. */
  PARAMETER,
  /** One number for all parameters that the optimizer has. */
  GROUP;

  /**
   * Whether there is one number of it.
   *
   * @return true for {@link #PARAMETER} and {@link #GROUP}
   */
  public boolean isScalar() {
    return this == PARAMETER || this == GROUP;
  }

  /** Whether only matrix functions read it. */
  public boolean isPair() {
    return this == ROW_PAIR || this == COLUMN_PAIR;
  }

  /** The height of the matrix of a parameter's numbers. */
  public int rows(int rows, int columns) {
    return switch (this) {
      case WEIGHT, ROW, ROW_PAIR -> rows;
      case COLUMN_PAIR -> columns;
      case COLUMN, PARAMETER, GROUP -> 1;
    };
  }

  /** Its width. */
  public int columns(int rows, int columns) {
    return switch (this) {
      case WEIGHT, COLUMN, COLUMN_PAIR -> columns;
      case ROW_PAIR -> rows;
      case ROW, PARAMETER, GROUP -> 1;
    };
  }

  /** What an expression over this and another has. */
  public Granularity join(Granularity other) {
    if (this == other || other == GROUP || (other == PARAMETER && this != GROUP)) {
      return this;
    }
    if (isScalar()) {
      return other;
    }
    if (isPair() || other.isPair()) {
      throw new IllegalArgumentException("only a matrix function reads a " + this + " or " + other);
    }
    return WEIGHT;
  }
}
