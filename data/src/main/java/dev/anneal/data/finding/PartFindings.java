package dev.anneal.data.finding;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks at the samples that train and those that validate, as a model will be given them. */
public final class PartFindings {
  /** Ranges further apart than this are on no common scale. */
  private static final double APART = 100;

  /** Rows that are looked at to see how far columns range. */
  private static final int ROWS = 1000;

  /** Cramér's V from which on shares of classes differ by much. */
  private static final double EFFECT = 0.15;

  /** The normal deviate that chance surpasses once in a thousand times. */
  private static final double EVIDENCE = 3.09;

  /** Of fewer samples of a class nothing can be said. */
  private static final int RARE = 5;

  /** The part of the samples that validate from which on twins in training matter. */
  private static final double SHARED = 0.01;

  private static final int FEW_SHARED = 3;

  private static final int NAMED = 8;

  /** Where so many training samples are twins, samples have few values, and it is no wonder. */
  private static final double ALIKE = 0.05;

  /** A part of the samples that may well be told right. */
  private static final double CLEAR = 0.99;

  /** Of a small table so many that cannot are a chance. */
  private static final int FEW_OPEN = 5;

  private PartFindings() {}

  /**
   * Looks at how far inputs range, and whether they can tell the classes apart.
   *
   * @param training the samples that train
   * @return what was found
   */
  public static List<DataFinding> of(Samples training) {
    return Stream.of(ofScale(training), ofContradictions(training))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Compares the parts.
   *
   * @param training the samples that train
   * @param validation those that validate
   * @param classNames the names of the classes; none where labels are quantities
   * @param drawn whether their rows were drawn, each class in its share
   * @return what was found
   */
  public static List<DataFinding> of(
      Samples training, Samples validation, List<String> classNames, boolean drawn) {
    List<DataFinding> found = new ArrayList<>();
    if (!classNames.isEmpty()) {
      ofClasses(training, validation, classNames, drawn).ifPresent(found::add);
    }
    ofTwins(training, validation).ifPresent(found::add);
    return found;
  }

  private static int[] counts(Samples samples) {
    int[] counts = new int[samples.classes()];
    for (int i = 0; i < samples.size(); i++) {
      counts[samples.label(i)]++;
    }
    return counts;
  }

  private static Optional<DataFinding> ofClasses(
      Samples training, Samples validation, List<String> names, boolean drawn) {
    int[] ofTraining = counts(training);
    int[] ofValidation = counts(validation);
    return missing("train", ofTraining, ofValidation, names, drawn)
        .or(() -> missing("validate", ofValidation, ofTraining, names, drawn))
        .or(() ->
            differ(ofTraining, ofValidation)
                ? Optional.of(
                    new DataFinding(
                        "class-shares",
                        "",
                        "the samples that validate have other shares of the classes than those that"
                            + " train",
                        "draw them with --split stratified"))
                : rare(ofValidation, names));
  }

  private static Optional<DataFinding> missing(
      String what, int[] counts, int[] others, List<String> names, boolean drawn) {
    List<String> missing =
        IntStream.range(0, counts.length)
            .filter(i -> counts[i] == 0 && others[i] > 0)
            .mapToObj(i -> "\"" + names.get(i) + "\"")
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataFinding(
                "class-missing",
                "",
                "the samples that %s have none of the %s %s"
                    .formatted(
                        what,
                        missing.size() == 1 ? "class" : "classes",
                        Messages.list(shown(missing), "and")),
                drawn
                    ? "nothing can be said of them: have more of them, or leave them out"
                    : "draw rows with --split stratified"));
  }

  /** More names than these say nothing any more. */
  private static List<String> shown(List<String> names) {
    return names.size() <= NAMED
        ? names
        : Stream.concat(names.stream().limit(NAMED), Stream.of(names.size() - NAMED + " others"))
            .toList();
  }

  private static Optional<DataFinding> rare(int[] counts, List<String> names) {
    List<String> rare =
        IntStream.range(0, counts.length)
            .filter(i -> counts[i] > 0 && counts[i] < RARE)
            .mapToObj(i -> "\"%s\" (%d)".formatted(names.get(i), counts[i]))
            .toList();
    return rare.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataFinding(
                "rare-class",
                "",
                "fewer than %d samples validate of %s"
                    .formatted(RARE, Messages.list(shown(rare), "and")),
                "little can be said of them: validate more, or on folds (--fold 1/5)"));
  }

  private static Optional<DataFinding> ofTwins(Samples training, Samples validation) {
    Set<Long> known = new HashSet<>();
    float[] row = new float[training.features() + training.targets()];
    for (int i = 0; i < training.size(); i++) {
      known.add(hash(training, i, row));
    }
    int shared = 0;
    for (int i = 0; i < validation.size(); i++) {
      shared += known.contains(hash(validation, i, row)) ? 1 : 0;
    }
    return training.size() - known.size() > ALIKE * training.size()
            || shared < FEW_SHARED
            || shared < SHARED * validation.size()
        ? Optional.empty()
        : Optional.of(
            new DataFinding(
                "twins",
                "",
                "%d of the %d samples that validate are among those that train too"
                    .formatted(shared, validation.size()),
                "leave doubles out of the file, or keep them in one part: --group"));
  }

  private static long hash(Samples samples, int sample, float[] row) {
    samples.copy(sample, row, 0);
    samples.target(sample, row, samples.features());
    return hash(row);
  }

  /** All 64 bits count: {@link Arrays#hashCode} has 512 values for rows of zeros and ones. */
  private static long hash(float[] row) {
    long hash = 0;
    for (float each : row) {
      hash = (hash ^ Float.floatToIntBits(each)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  /** Of samples with the same inputs, a model can be right about those of one class. */
  private static Optional<DataFinding> ofContradictions(Samples samples) {
    if (samples.classes() == 0) {
      return Optional.empty();
    }
    Map<Long, Map<Integer, Integer>> counts = new HashMap<>();
    float[] row = new float[samples.features()];
    for (int i = 0; i < samples.size(); i++) {
      samples.copy(i, row, 0);
      counts
          .computeIfAbsent(hash(row), _ -> new HashMap<>())
          .merge(samples.label(i), 1, Integer::sum);
    }
    int right = counts.values().stream().mapToInt(each -> Collections.max(each.values())).sum();
    return right >= CLEAR * samples.size() || samples.size() - right < FEW_OPEN
        ? Optional.empty()
        : Optional.of(
            new DataFinding(
                "contradictions",
                "",
                "samples with the same inputs are of different classes: of those that train, at"
                    + " best %s %% can be right"
                        .formatted(NumberFormats.percent((double) right / samples.size())),
                "give more columns, or look for wrong labels"));
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
                "",
                "input %d ranges %,.0f times as far as input %d"
                    .formatted(widest + 1, ratio, narrowest + 1),
                "bring them to a common scale, such as mean 0 and deviation 1: --scale standard"))
        : Optional.empty();
  }

  private static double range(float[] least, float[] greatest, int column) {
    return (double) greatest[column] - least[column];
  }
}
