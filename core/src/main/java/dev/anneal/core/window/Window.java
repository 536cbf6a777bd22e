package dev.anneal.core.window;

import dev.anneal.api.InputException;

/**
 * A window that moves over images.
 *
 * @param height its rows, at least 1
 * @param width its columns, at least 1
 * @param down pixels from one position to the next below, at least 1
 * @param across pixels from one position to the next on the right, at least 1
 * @param spread pixels from one of its rows or columns to the next in the image, at least 1; more
 *     leave gaps (dilation)
 * @param top rows of zeros above the image
 * @param bottom rows of zeros below it
 * @param left columns of zeros on its left
 * @param right columns of zeros on its right
 */
public record Window(
    int height,
    int width,
    int down,
    int across,
    int spread,
    int top,
    int bottom,
    int left,
    int right) {
  /** Checks. */
  public Window {
    if (height < 1 || width < 1 || down < 1 || across < 1 || spread < 1) {
      throw new InputException(
          "a window has at least one row and column, strides and dilation of at least 1: not %d x %d, strides %d and %d, dilation %d"
              .formatted(height, width, down, across, spread));
    }
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new InputException(
          "padding is at least 0, not %d, %d, %d, %d".formatted(top, bottom, left, right));
    }
  }

  /**
   * Rows of the image, its padding included, that it covers.
   *
   * @return at least its height
   */
  public int reachDown() {
    return spread * (height - 1) + 1;
  }

  /**
   * Columns likewise.
   *
   * @return at least its width
   */
  public int reachAcross() {
    return spread * (width - 1) + 1;
  }
}
