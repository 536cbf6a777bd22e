package dev.anneal.core.schedule;

import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;

/**
 * The same value throughout. A bare number in a specification is a constant.
 *
 * @param value the value
 */
@Plugin(name = "constant", summary = "the same value throughout")
public record Constant(@Param(value = "the value", alias = "initial") double value)
    implements Schedule {
  /** Checks the value. */
  public Constant {
    Parameters.check(Constant.class, value);
  }

  @Override
  public double at(Progress progress) {
    return value;
  }
}
