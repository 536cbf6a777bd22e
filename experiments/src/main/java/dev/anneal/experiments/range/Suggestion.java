package dev.anneal.experiments.range;

import java.util.OptionalDouble;

/** A value to try, or why there is none. */
public sealed interface Suggestion {
  /**
   * A value to try.
   *
   * @param number finite
   */
  record Value(double number) implements Suggestion {}

  /**
   * None.
   *
   * @param reason why, in words
   */
  record None(String reason) implements Suggestion {}

  /**
   * The value.
   *
   * @return nothing where there is none
   */
  default OptionalDouble value() {
    return this instanceof Value(double number)
        ? OptionalDouble.of(number)
        : OptionalDouble.empty();
  }

  /**
   * Why there is no value.
   *
   * @return the reason; empty where there is one
   */
  default String reason() {
    return this instanceof None(String why) ? why : "";
  }
}
