package dev.anneal.cli;

import dev.anneal.api.InputException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a search may cost. */
sealed interface Budget {
  /** So many trials, and the finals. */
  record Trials(int number) implements Budget {}

  /** So many epochs of training, finals included. */
  record Epochs(long number) implements Budget {}

  /** So long, finals included; time before a kill counts. */
  record Within(Duration time) implements Budget {
    double seconds() {
      return time.toMillis() / 1000.0;
    }
  }

  /** Where nothing is said. */
  Trials USUAL = new Trials(27);

  /** A number with s, min or h behind it. */
  Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|min|m|h)");

  /**
   * Reads options.
   *
   * @throws InputException if there are several, or one has a wrong value
   */
  static Budget of(@Nullable Integer trials, @Nullable Long epochs, @Nullable String within) {
    int given = (trials == null ? 0 : 1) + (epochs == null ? 0 : 1) + (within == null ? 0 : 1);
    if (given > 1) {
      throw new InputException("give one of --trials, --epoch-budget and --within");
    }
    if (trials != null) {
      if (trials < 2) {
        throw new InputException("--trials must be at least 2, not " + trials);
      }
      return new Trials(trials);
    }
    if (epochs != null) {
      return new Epochs(epochs);
    }
    return within == null ? USUAL : new Within(time(within));
  }

  private static Duration time(String text) {
    Matcher time = TIME.matcher(text.strip());
    if (!time.matches()) {
      throw new InputException(
          "--within is a time such as 90s, 10min or 2h, not \"%s\"".formatted(text));
    }
    double seconds =
        Double.parseDouble(time.group(1))
            * switch (time.group(2)) {
              case "s" -> 1;
              case "h" -> 3600;
              default -> 60;
            };
    if (seconds == 0) {
      throw new InputException("--within must be more than 0, not \"%s\"".formatted(text));
    }
    return Duration.ofMillis((long) (1000 * seconds));
  }
}
