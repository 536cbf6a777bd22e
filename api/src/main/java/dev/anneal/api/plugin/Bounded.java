package dev.anneal.api.plugin;

/** A value that a parameter's {@link Param#range} bounds though it is no plain number. */
public interface Bounded {
  /**
   * What the range bounds.
   *
   * @return a number
   */
  double bounded();

  /**
   * The value as specifications write it.
   *
   * @return its text, for messages
   */
  String text();
}
