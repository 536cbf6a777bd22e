package dev.anneal.api.optimizer;

/**
 * How many numbers there are of what an optimizer's rule reads or keeps as state: one per weight,
 * per row, per column, per parameter or per group.
 */
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
  /** One number for all parameters that the optimizer trains. */
  GROUP;

  /**
   * Whether there is a single number for the whole parameter or group.
   *
   * @return true for {@link #PARAMETER} and {@link #GROUP}
   */
  public boolean isScalar() {
    return this == PARAMETER || this == GROUP;
  }

  /**
   * Whether it is a square matrix over pairs of rows or of columns, which only matrix functions
   * read.
   */
  public boolean isPair() {
    return this == ROW_PAIR || this == COLUMN_PAIR;
  }

  /** How many rows the numbers for a parameter of a given shape have. */
  public int rows(int rows, int columns) {
    return switch (this) {
      case WEIGHT, ROW, ROW_PAIR -> rows;
      case COLUMN_PAIR -> columns;
      case COLUMN, PARAMETER, GROUP -> 1;
    };
  }

  /** How many columns the numbers for a parameter of a given shape have. */
  public int columns(int rows, int columns) {
    return switch (this) {
      case WEIGHT, COLUMN, COLUMN_PAIR -> columns;
      case ROW_PAIR -> rows;
      case ROW, PARAMETER, GROUP -> 1;
    };
  }

  /** The granularity of an expression that reads numbers of this granularity and of another. */
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
