package dev.anneal.search.space;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** What a value may be. */
public sealed interface Range {
  /**
   * One of its values.
   *
   * @param position in [0, 1)
   * @return as it is written
   */
  String at(double position);

  /**
   * Where a picture shows the value.
   *
   * @param position in [0, 1)
   * @return in [0, 1], the same for positions with the same value
   */
  default double shown(double position) {
    return position;
  }

  /**
   * The ends of an axis, or all values of a few.
   *
   * @return at least two texts, from 0 to 1
   */
  List<String> labels();

  /**
   * How many values there are.
   *
   * @return 0 for a continuum
   */
  default int count() {
    return 0;
  }

  /** Digits that are written: no more can be told apart by training. */
  MathContext DIGITS = new MathContext(4);

  private static String text(double value, double low, double high) {
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    return Numbers.print(Math.clamp(rounded, low, high));
  }

  private static List<String> ends(double low, double high) {
    return List.of(Numbers.print(low), Numbers.print(high));
  }

  private static void check(String name, double low, double high) {
    if (!(low < high)) {
      throw new InputException(
          "%s(%s, %s): the first must be less than the second"
              .formatted(name, Numbers.print(low), Numbers.print(high)));
    }
  }

  /**
   * Numbers, as likely each.
   *
   * @param low the least
   * @param high the greatest
   */
  record Uniform(double low, double high) implements Range {
    /** Checks the ends. */
    public Uniform {
      check("uniform", low, high);
    }

    @Override
    public String at(double position) {
      return text(low + (high - low) * position, low, high);
    }

    @Override
    public List<String> labels() {
      return ends(low, high);
    }
  }

  /**
   * Numbers, each magnitude as likely.
   *
   * @param low the least, above 0
   * @param high the greatest
   */
  record Log(double low, double high) implements Range {
    /** Checks the ends. */
    public Log {
      check("log", low, high);
      if (!(low > 0)) {
        throw new InputException(
            "log(%s, %s): the first must be greater than 0"
                .formatted(Numbers.print(low), Numbers.print(high)));
      }
    }

    @Override
    public String at(double position) {
      double logarithm = Math.log(low) + position * (Math.log(high) - Math.log(low));
      return text(Math.exp(logarithm), low, high);
    }

    @Override
    public List<String> labels() {
      return ends(low, high);
    }
  }

  /**
   * Whole numbers.
   *
   * @param low the least
   * @param high the greatest, which may be taken too
   */
  record Whole(int low, int high) implements Range {
    /** Checks the ends. */
    public Whole {
      check("int", low, high);
    }

    private long index(double position) {
      return (long) Math.floor(position * (1.0 + high - low));
    }

    @Override
    public String at(double position) {
      return Long.toString(low + index(position));
    }

    @Override
    public double shown(double position) {
      return index(position) / ((double) high - low);
    }

    @Override
    public List<String> labels() {
      return List.of(Integer.toString(low), Integer.toString(high));
    }
  }

  /**
   * One of some texts.
   *
   * @param options as they are written, at least two
   */
  record Choice(List<String> options) implements Range {
    /** Checks their number. */
    public Choice {
      options = List.copyOf(options);
      if (options.size() < 2) {
        throw new InputException(
            "choice(%s): give at least two, with a comma between".formatted(options.getFirst()));
      }
    }

    int index(double position) {
      return (int) (position * options.size());
    }

    @Override
    public String at(double position) {
      return options.get(index(position));
    }

    @Override
    public double shown(double position) {
      return index(position) / (options.size() - 1.0);
    }

    @Override
    public List<String> labels() {
      return options;
    }

    @Override
    public int count() {
      return options.size();
    }
  }
}
