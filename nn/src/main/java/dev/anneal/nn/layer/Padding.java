package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;

/**
 * Zeros around an image. As text it is {@code valid} for none, {@code same} for as many as make a
 * result of {@code ceil(extent / stride)}, one more behind than before where their number is odd
 * (as in TensorFlow), or how many there are on each side.
 *
 * @param each how many on each side; {@link #FITTED} to fit
 */
public record Padding(int each) {
  private static final int FITTED = -1;

  /** None. */
  public static final Padding VALID = new Padding(0);

  /** As many as keep the size. */
  public static final Padding SAME = new Padding(FITTED);

  /** Checks. */
  public Padding {
    if (each < FITTED) {
      throw new InputException("padding is at least 0, not " + each);
    }
  }

  /**
   * Reads a padding.
   *
   * @param text {@code valid}, {@code same} or a whole number
   * @return the padding
   * @throws InputException if it is anything else
   */
  public static Padding parse(String text) {
    return switch (text.strip()) {
      case "valid" -> VALID;
      case "same" -> SAME;
      default -> {
        try {
          yield new Padding(Math.max(FITTED - 1, Integer.parseInt(text.strip())));
        } catch (NumberFormatException _) {
          throw new InputException(
              "\"%s\" is no padding; write valid, same or a number"
                  .formatted(Messages.brief(text)));
        }
      }
    };
  }

  /** How many before the first number along an axis. */
  int before(int extent, int reach, int stride) {
    return each == FITTED ? fitted(extent, reach, stride) / 2 : each;
  }

  /** How many behind the last. */
  int after(int extent, int reach, int stride) {
    int all = fitted(extent, reach, stride);
    return each == FITTED ? all - all / 2 : each;
  }

  private static int fitted(int extent, int reach, int stride) {
    return Math.max(0, (Math.ceilDiv(extent, stride) - 1) * stride + reach - extent);
  }

  @Override
  public String toString() {
    return each == FITTED ? "same" : each == 0 ? "valid" : Integer.toString(each);
  }
}
