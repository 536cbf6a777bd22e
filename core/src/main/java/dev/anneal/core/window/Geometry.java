package dev.anneal.core.window;

import dev.anneal.api.InputException;
import java.math.BigInteger;

/**
 * What a window makes of images. An image is a row of a matrix: pixel after pixel, row after row,
 * the channels of a pixel side by side.
 *
 * @param height rows of an image
 * @param width columns of an image
 * @param channels numbers of a pixel
 * @param filters numbers of a pixel of the result
 * @param groups parts of the channels, each seen by as many of the filters and by no others;
 *     divides both
 * @param window what moves
 */
public record Geometry(
    int height, int width, int channels, int filters, int groups, Window window) {
  /** Checks that the window fits. */
  public Geometry {
    if (window.reachDown() > height + window.top() + window.bottom()
        || window.reachAcross() > width + window.left() + window.right()) {
      throw new InputException(
          "a window of %d x %d does not fit into images of %d x %d"
                  .formatted(window.reachDown(), window.reachAcross(), height, width)
              + (window.top() + window.bottom() + window.left() + window.right() > 0
                  ? " with their padding"
                  : ": pad them, or take a smaller window"));
    }
    if (channels < 1 || filters < 1 || groups < 1 || channels % groups + filters % groups != 0) {
      throw new InputException(
          "%d groups do not divide %d channels and %d filters"
              .formatted(groups, channels, filters));
    }
    checkSize("an image", height, width, channels);
    checkSize("a result", down(height, window), across(width, window), filters);
    checkSize("the matrix of weights", window.height(), window.width(), channels, filters);
  }

  private static void checkSize(String what, int... extents) {
    BigInteger numbers = BigInteger.ONE;
    for (int extent : extents) {
      numbers = numbers.multiply(BigInteger.valueOf(extent));
    }
    if (numbers.bitLength() >= Integer.SIZE) {
      throw new InputException(
          "%s would have %,d numbers; an array holds at most %,d"
              .formatted(what, numbers, Integer.MAX_VALUE));
    }
  }

  /**
   * Rows of the result.
   *
   * @return at least 1
   */
  public int down() {
    return down(height, window);
  }

  private static int down(int height, Window window) {
    return (height + window.top() + window.bottom() - window.reachDown()) / window.down() + 1;
  }

  /**
   * Columns of the result.
   *
   * @return at least 1
   */
  public int across() {
    return across(width, window);
  }

  private static int across(int width, Window window) {
    return (width + window.left() + window.right() - window.reachAcross()) / window.across() + 1;
  }

  /**
   * Numbers that a filter weighs.
   *
   * @return rows of the matrix of weights: row of the window after row, column after column,
   *     channel after channel of the filter's group
   */
  public int patch() {
    return window.height() * window.width() * channels / groups;
  }

  /**
   * Numbers of an image.
   *
   * @return columns of its matrix
   */
  public int inputs() {
    return height * width * channels;
  }

  /**
   * Numbers of a result.
   *
   * @return columns of its matrix
   */
  public int outputs() {
    return down() * across() * filters;
  }
}
