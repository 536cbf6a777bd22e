package dev.anneal.nn.minimize;

/**
 * Looks along a direction for a step that fulfils the strong conditions of Wolfe: the value has
 * fallen by a part of what the slope promised, and the slope is small against the first one. A
 * bracket is widened until it holds such a step, then narrowed, both by cubic interpolation.
 *
 * <p>After the search of PyTorch's L-BFGS, evaluation by evaluation.
 */
final class LineSearch {
  private static final double ENOUGH_DECREASE = 1e-4;
  private static final double ENOUGH_FLATTENING = 0.9;
  private static final int MOST_ITERATIONS = 25;

  /** By which part of itself a bracket is narrowed at the least. */
  private static final double MARGIN = 0.1;

  private final Line line;
  private final double slope;
  private final double value;
  private int iterations;

  /**
   * A point of the line.
   *
   * @param at how far along the direction
   * @param value of the function
   * @param slope along the direction
   * @param gradient of the function
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Point(double at, double value, double slope, double[] gradient) {}

  /** The function along a direction. */
  @FunctionalInterface
  interface Line {
    /** Evaluates the function at some distance. */
    Point at(double distance);
  }

  private LineSearch(Line line, Point start) {
    this.line = line;
    slope = start.slope;
    value = start.value;
  }

  /**
   * Searches.
   *
   * @param line the function along the direction
   * @param start where it begins, at 0
   * @param first the first step to try
   * @param smallest brackets narrower than that are not narrowed further
   */
  static Point search(Line line, Point start, double first, double smallest) {
    LineSearch search = new LineSearch(line, start);
    return search.widen(start, line.at(first), smallest);
  }

  private boolean isTooHigh(Point point) {
    return point.value > value + ENOUGH_DECREASE * point.at * slope;
  }

  private boolean isFlat(Point point) {
    return Math.abs(point.slope) <= -ENOUGH_FLATTENING * slope;
  }

  private Point widen(Point start, Point first, double smallest) {
    Point before = start;
    Point point = first;
    while (iterations < MOST_ITERATIONS) {
      if (isTooHigh(point) || (iterations > 1 && point.value >= before.value)) {
        return narrow(before, point, smallest);
      }
      if (isFlat(point)) {
        return point;
      }
      if (point.slope >= 0) {
        return narrow(before, point, smallest);
      }
      double least = point.at + 0.01 * (point.at - before.at);
      double next = interpolate(before, point, least, 10 * point.at);
      before = point;
      point = line.at(next);
      iterations++;
    }
    return point.value < start.value ? point : start;
  }

  private Point narrow(Point one, Point other, double smallest) {
    // Two slots, of which the lower one may be either: what is inserted takes a slot over.
    Point[] bracket = {one, other};
    int low = one.value <= other.value ? 0 : 1;
    boolean stuck = false;
    while (iterations < MOST_ITERATIONS && Math.abs(bracket[1].at - bracket[0].at) >= smallest) {
      double left = Math.min(bracket[0].at, bracket[1].at);
      double right = Math.max(bracket[0].at, bracket[1].at);
      double at = interpolate(bracket[0], bracket[1], left, right);
      double margin = MARGIN * (right - left);
      boolean close = Math.min(right - at, at - left) < margin;
      if (close && (stuck || at >= right || at <= left)) {
        at = right - at < at - left ? right - margin : left + margin;
        close = false;
      }
      stuck = close;
      Point point = line.at(at);
      iterations++;
      if (isTooHigh(point) || point.value >= bracket[low].value) {
        bracket[1 - low] = point;
        low = bracket[0].value <= bracket[1].value ? 0 : 1;
      } else {
        if (isFlat(point)) {
          return point;
        }
        if (point.slope * (bracket[1 - low].at - bracket[low].at) >= 0) {
          bracket[1 - low] = bracket[low];
        }
        bracket[low] = point;
      }
    }
    return bracket[low];
  }

  /** The minimum of the cubic through two points with their slopes; the middle if it has none. */
  private static double interpolate(Point one, Point other, double least, double most) {
    Point left = one.at <= other.at ? one : other;
    Point right = one.at <= other.at ? other : one;
    double d1 = left.slope + right.slope - 3 * (left.value - right.value) / (left.at - right.at);
    double square = d1 * d1 - left.slope * right.slope;
    if (!(square >= 0)) {
      return (least + most) / 2;
    }
    double d2 = Math.sqrt(square);
    double at =
        right.at
            - (right.at - left.at)
                * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
    return Math.min(Math.max(at, least), most);
  }
}
