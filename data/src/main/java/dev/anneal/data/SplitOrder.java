package dev.anneal.data;

import java.util.Locale;

/** Which samples are set aside. */
public enum SplitOrder {
  /** The last, as Keras does. */
  ORDERED,

  /** Drawn at random, each class in its share. */
  STRATIFIED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
