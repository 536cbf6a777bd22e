package dev.anneal.nn.graph;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.core.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where weights start. The families of Glorot and Bengio (2010) and He et al. (2015) scale with the
 * matrix: {@code in} is its rows, {@code out} its columns. As in Keras, their normal forms are
 * truncated at two standard deviations.
 *
 * @param family the distribution
 * @param scale the standard deviation of {@link Family#NORMAL}; 1 for the others
 */
public record Initializer(Family family, double scale) {
  /**
   * The standard normal distribution cut at two standard deviations has this standard deviation.
   */
  private static final double TRUNCATED_DEVIATION = 0.8796256610342398;

  /** Distributions. */
  public enum Family {
    /** Uniform on ±sqrt(6 / (in + out)). */
    GLOROT_UNIFORM,
    /** Truncated normal of variance 2 / (in + out). */
    GLOROT_NORMAL,
    /** Uniform on ±sqrt(6 / in). */
    HE_UNIFORM,
    /** Truncated normal of variance 2 / in. */
    HE_NORMAL,
    /** Normal with mean 0 and a given standard deviation. */
    NORMAL,
    /** All zero. */
    ZEROS,
    /** All one. */
    ONES
  }

  /** Glorot uniform: Keras's default for dense layers. */
  public static final Initializer GLOROT_UNIFORM = new Initializer(Family.GLOROT_UNIFORM, 1);

  /** All zero: the default for biases. */
  public static final Initializer ZEROS = new Initializer(Family.ZEROS, 1);

  /** All one: the default for factors. */
  public static final Initializer ONES = new Initializer(Family.ONES, 1);

  /** Checks the scale. */
  public Initializer {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          "initializer: the standard deviation must be in (0, inf), not " + scale);
    }
  }

  /**
   * Normal with mean 0.
   *
   * @param deviation the standard deviation, more than 0
   * @return the initializer
   */
  public static Initializer normal(double deviation) {
    return new Initializer(Family.NORMAL, deviation);
  }

  /**
   * Reads {@code glorot-uniform}, {@code glorot-normal}, {@code he-uniform}, {@code he-normal},
   * {@code zeros}, {@code ones}, {@code normal} (standard deviation 0.05) or {@code normal(0.1)}.
   *
   * @param text the text
   * @return the initializer
   * @throws InputException if it is none of these
   */
  public static Initializer parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    if (name.equals("normal")) {
      return normal(0.05);
    }
    if (name.startsWith("normal(") && name.endsWith(")")) {
      try {
        return normal(Double.parseDouble(name.substring("normal(".length(), name.length() - 1)));
      } catch (NumberFormatException _) {
        throw unknown(text);
      }
    }
    for (Family family : Family.values()) {
      if (family != Family.NORMAL && name.equals(spelling(family))) {
        return new Initializer(family, 1);
      }
    }
    throw unknown(text);
  }

  private static InputException unknown(String text) {
    List<String> known =
        Stream.concat(
                Arrays.stream(Family.values())
                    .filter(f -> f != Family.NORMAL)
                    .map(Initializer::spelling),
                Stream.of("normal(deviation)"))
            .toList();
    return new InputException(
        "no initializer is named \"%s\"%s; known: %s"
            .formatted(
                Messages.brief(text), Messages.didYouMean(text, known), Messages.list(known)));
  }

  private static String spelling(Family family) {
    return family.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * One weight.
   *
   * @param random the parameter's own stream
   * @param index the weight's position in its matrix, row-major
   * @param in rows of the matrix
   * @param out columns of the matrix
   * @return its first value
   */
  public float draw(RandomStream random, int index, int in, int out) {
    double value =
        switch (family) {
          case GLOROT_UNIFORM -> uniform(random, index, 6.0 / (in + out));
          case GLOROT_NORMAL -> truncated(random, index, 2.0 / (in + out));
          case HE_UNIFORM -> uniform(random, index, 6.0 / in);
          case HE_NORMAL -> truncated(random, index, 2.0 / in);
          case NORMAL -> scale * random.normal(0, index);
          case ZEROS -> 0;
          case ONES -> 1;
        };
    return (float) value;
  }

  private static double uniform(RandomStream random, int index, double squaredLimit) {
    return StrictMath.sqrt(squaredLimit) * (2 * random.uniform(0, index) - 1);
  }

  private static double truncated(RandomStream random, int index, double variance) {
    double draw = random.normal(0, index);
    for (int attempt = 1; Math.abs(draw) > 2; attempt++) {
      draw = random.normal(attempt, index);
    }
    return StrictMath.sqrt(variance) / TRUNCATED_DEVIATION * draw;
  }

  @Override
  public String toString() {
    return family == Family.NORMAL ? "normal(" + scale + ")" : spelling(family);
  }
}
