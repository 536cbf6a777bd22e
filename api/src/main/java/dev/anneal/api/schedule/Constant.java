package dev.anneal.api.schedule;

import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.plugin.Bounded;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;

/** The same value throughout. A bare number in a specification is a constant. */
@Plugin(name = "constant", summary = "the same value throughout")
public record Constant(@Param(value = "the value", alias = "initial") double value)
    implements Schedule, Bounded {
  @Override
  public double bounded() {
    return value;
  }

  @Override
  public String text() {
    return Numbers.print(value);
  }

  @Override
  public double at(Progress progress) {
    return value;
  }
}
