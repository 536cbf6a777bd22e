package dev.anneal.search.space;

import java.util.List;
import java.util.SortedMap;

/**
 * A text with values that are not chosen yet. An option of a choice may have some in its turn,
 * which matter only where it is taken.
 *
 * @param parts in their order
 */
record Template(List<Part> parts) {
  /** A part of the text. */
  sealed interface Part {}

  /** As it stands. */
  record Fixed(String text) implements Part {}

  /** A number; {@code dimension} tells which position gives it. */
  record Quantity(int dimension, Range range) implements Part {}

  /** One of some texts, likewise. */
  record Alternatives(int dimension, Range.Choice range, List<Template> options) implements Part {}

  /**
   * Chooses.
   *
   * @param point a position for each dimension
   * @param used receives the values of the dimensions that matter
   * @return the text
   */
  String fill(double[] point, SortedMap<Integer, String> used) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Fixed(String fixed) -> text.append(fixed);
        case Quantity(int dimension, Range range) -> {
          String value = range.at(point[dimension]);
          used.put(dimension, value);
          text.append(value);
        }
        case Alternatives(int dimension, Range.Choice range, List<Template> options) -> {
          used.put(dimension, range.at(point[dimension]));
          text.append(options.get(range.index(point[dimension])).fill(point, used));
        }
      }
    }
    return text.toString();
  }
}
