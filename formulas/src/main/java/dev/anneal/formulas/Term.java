package dev.anneal.formulas;

import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;

/** A formula or a part of one, ready to be computed. */
@FunctionalInterface
interface Term {
  /** The value at an iteration of a run, which is the first of an epoch if read per epoch. */
  double at(Progress run, long iteration, Unit per);

  /** A number that does not depend on the time. */
  record Fixed(double value) implements Term {
    @Override
    public double at(Progress run, long iteration, Unit per) {
      return value;
    }
  }
}
