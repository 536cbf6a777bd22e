package dev.anneal.api.schedule;

import dev.anneal.api.numeric.DoubleDouble;

/** What a number stands for where frameworks disagree: a value, or a part of another value. */
public enum Relative {
  /** The value itself. */
  VALUE {
    @Override
    public double of(double number, double whole) {
      return number;
    }
  },
  /** A fraction of the value that it refers to. */
  FRACTION {
    @Override
    public double of(double number, double whole) {
      return DoubleDouble.finite(number * whole);
    }
  };

  /**
   * The value that a number stands for.
   *
   * @param number the number as it was given
   * @param whole the value that a fraction refers to
   * @return the value, finite where both numbers are
   */
  public abstract double of(double number, double whole);
}
