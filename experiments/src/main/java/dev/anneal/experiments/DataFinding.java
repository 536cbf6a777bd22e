package dev.anneal.experiments;

import dev.anneal.api.Messages;
import dev.anneal.core.sample.Samples;
import dev.anneal.preview.lint.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Something about the data of a run that may lead it astray. Each rule asks for an effect that
 * matters and for evidence that it is no chance.
 *
 * @param rule a short name for programs
 * @param what it is
 * @param advice what to do about it
 */
public record DataFinding(String rule, String what, String advice) {
  /** Ranges further apart than this are on no common scale. */
  private static final double APART = 100;

  /** Rows that are looked at to see how far columns range. */
  private static final int ROWS = 1000;

  /** Cramér's V from which on shares of classes differ by much. */
  private static final double EFFECT = 0.15;

  /** The normal deviate that chance surpasses once in a thousand times. */
  private static final double EVIDENCE = 3.09;

  /**
   * The finding in one line, as that of a schedule ({@link Finding#sentence}).
   *
   * @return what, what to do, and the rule
   */
  public String sentence() {
    return "%s; %s [%s]".formatted(what, advice, rule);
  }

  /**
   * Looks at the data of a run.
   *
   * @param data its parts
   * @param batch samples of an update
   * @return what was found
   */
  public static List<DataFinding> of(TrainingData data, int batch) {
    List<DataFinding> found = new ArrayList<>();
    // Others are split as the experiments are that they come from.
    if (TableFile.is(data.name()) && data.training().classes() > 0) {
      data.validation().flatMap(part -> ofShares(data, part)).ifPresent(found::add);
    }
    ofScale(data.training()).ifPresent(found::add);
    if (batch > data.training().size()) {
      found.add(
          new DataFinding(
              "batch-beyond-data",
              "the batch has %d samples, but only %d train"
                  .formatted(batch, data.training().size()),
              "an epoch is one update: give a smaller --batch"));
    }
    return found;
  }

  private static int[] counts(Samples samples) {
    int[] counts = new int[samples.classes()];
    for (int i = 0; i < samples.size(); i++) {
      counts[samples.label(i)]++;
    }
    return counts;
  }

  private static Optional<DataFinding> ofShares(TrainingData data, Samples validation) {
    int[] training = counts(data.training());
    int[] validating = counts(validation);
    for (int part = 0; part < 2; part++) {
      int[] counts = part == 0 ? training : validating;
      List<String> missing =
          IntStream.range(0, counts.length)
              .filter(i -> counts[i] == 0 && training[i] + validating[i] > 0)
              .mapToObj(i -> "\"" + data.classNames().get(i) + "\"")
              .toList();
      if (!missing.isEmpty()) {
        return Optional.of(
            new DataFinding(
                "class-missing",
                "the samples that %s have none of the %s %s"
                    .formatted(
                        part == 0 ? "train" : "validate",
                        missing.size() == 1 ? "class" : "classes",
                        Messages.list(missing, "and")),
                "draw them with --split stratified"));
      }
    }
    return differ(training, validating)
        ? Optional.of(
            new DataFinding(
                "class-shares",
                "the samples that validate have other shares of the classes than those that train",
                "draw them with --split stratified"))
        : Optional.empty();
  }

  /**
   * Whether two rows of counts have other shares: Cramér's V of their table, and its chi-squared in
   * the approximation of Wilson and Hilferty (1931).
   */
  private static boolean differ(int[] first, int[] second) {
    double ofFirst = IntStream.of(first).sum();
    double ofSecond = IntStream.of(second).sum();
    double all = ofFirst + ofSecond;
    double chiSquared = 0;
    int classes = 0;
    for (int i = 0; i < first.length; i++) {
      double both = first[i] + second[i];
      if (both > 0) {
        classes++;
        double expected = both * ofFirst / all;
        double other = both * ofSecond / all;
        chiSquared += Math.pow(first[i] - expected, 2) / expected;
        chiSquared += Math.pow(second[i] - other, 2) / other;
      }
    }
    if (classes < 2) {
      return false;
    }
    double freedom = classes - 1;
    double spread = 2 / (9 * freedom);
    double deviate = (Math.cbrt(chiSquared / freedom) - (1 - spread)) / Math.sqrt(spread);
    return Math.sqrt(chiSquared / all) > EFFECT && deviate > EVIDENCE;
  }

  private static Optional<DataFinding> ofScale(Samples samples) {
    int columns = samples.features();
    float[] least = new float[columns];
    float[] greatest = new float[columns];
    float[] row = new float[columns];
    int rows = Math.min(ROWS, samples.size());
    for (int i = 0; i < rows; i++) {
      samples.copy((int) ((long) i * samples.size() / rows), row, 0);
      for (int column = 0; column < columns; column++) {
        least[column] = i == 0 ? row[column] : Math.min(least[column], row[column]);
        greatest[column] = i == 0 ? row[column] : Math.max(greatest[column], row[column]);
      }
    }
    int[] byRange =
        IntStream.range(0, columns)
            .filter(column -> greatest[column] > least[column])
            .boxed()
            .sorted(Comparator.comparingDouble(column -> range(least, greatest, column)))
            .mapToInt(Integer::intValue)
            .toArray();
    if (byRange.length == 0) {
      return Optional.empty();
    }
    int narrowest = byRange[0];
    int widest = byRange[byRange.length - 1];
    double most = range(least, greatest, widest);
    double ratio = most / range(least, greatest, narrowest);
    double usual = range(least, greatest, byRange[byRange.length / 2]);
    // Some pixels of images hardly change, and networks do not mind.
    return ratio > APART && (most > APART || most > APART * usual)
        ? Optional.of(
            new DataFinding(
                "scale",
                "column %d ranges %,.0f times as far as column %d"
                    .formatted(widest + 1, ratio, narrowest + 1),
                "bring the columns to a common scale, such as mean 0 and deviation 1"))
        : Optional.empty();
  }

  private static double range(float[] least, float[] greatest, int column) {
    return (double) greatest[column] - least[column];
  }
}
