package dev.anneal.experiments;

import dev.anneal.data.DataSets;
import java.util.Locale;

/** Which samples validate. */
public enum SplitOrder {
  /** The last, as Keras does. */
  ORDERED,

  /** Drawn at random, each class in its share. */
  STRATIFIED;

  /**
   * What is usual.
   *
   * @param data the name of a data set
   * @return stratified for a file, which may well be sorted; else the last, as in the experiments
   *     that the data sets come from
   */
  static SplitOrder of(String data) {
    return DataSets.isFile(data) ? STRATIFIED : ORDERED;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
