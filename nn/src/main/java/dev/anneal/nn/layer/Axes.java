package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Extents along axes: of a window its rows and columns, of an image rows, columns and channels. As
 * text they are joined by {@code x}: {@code 3x5}, {@code 28x28x1}.
 *
 * @param extents each at least 1; at least one
 */
public record Axes(List<Integer> extents) {
  /** Checks and copies. */
  public Axes {
    extents = List.copyOf(extents);
    if (extents.isEmpty() || extents.stream().anyMatch(n -> n < 1)) {
      throw new InputException("extents are at least 1, not " + extents);
    }
  }

  /**
   * The same along one axis or several.
   *
   * @param extents each at least 1
   * @return the axes
   */
  public static Axes of(Integer... extents) {
    return new Axes(List.of(extents));
  }

  /**
   * Reads {@code 3} or {@code 28x28x1}.
   *
   * @param text the text
   * @return the axes
   * @throws InputException if it is anything else
   */
  public static Axes parse(String text) {
    try {
      return new Axes(Arrays.stream(text.strip().split("x", -1)).map(Integer::valueOf).toList());
    } catch (NumberFormatException _) {
      throw new InputException(
          "\"%s\" is no size; write 3, or 3x5, or 28x28x1".formatted(Messages.brief(text)));
    }
  }

  /** Numbers in all. */
  long product() {
    return extents.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  @Override
  public String toString() {
    return extents.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
