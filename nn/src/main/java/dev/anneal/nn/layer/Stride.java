package dev.anneal.nn.layer;

import java.util.Optional;

/**
 * How far a pool moves: {@code size}, so that windows lie side by side, or pixels down and across.
 *
 * @param pixels from one position to the next; none for the size
 */
public record Stride(Optional<Axes> pixels) {
  /** Windows lie side by side. */
  public static final Stride SIZE = new Stride(Optional.empty());

  private static final String OF_SIZE = "size";

  /**
   * Reads a stride.
   *
   * @param text {@code size}, or {@code 2}, or {@code 2x1}
   * @return the stride
   * @throws dev.anneal.api.InputException if it is anything else
   */
  public static Stride parse(String text) {
    return text.strip().equals(OF_SIZE) ? SIZE : new Stride(Optional.of(Axes.parse(text)));
  }

  Axes or(Axes size) {
    return pixels.orElse(size);
  }

  @Override
  public String toString() {
    return pixels.map(Axes::toString).orElse(OF_SIZE);
  }
}
