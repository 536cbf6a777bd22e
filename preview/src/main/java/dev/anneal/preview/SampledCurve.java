package dev.anneal.preview;

import dev.anneal.api.schedule.Boundary;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The values of a schedule along a run. Of a short run it has each; of a long one it has samples at
 * even distances, and the updates around each boundary, where jumps and peaks are.
 */
public final class SampledCurve {
  /** Updates that are all read; of longer runs as many samples are taken. */
  private static final int MOST = 100_000;

  private final long[] iterations;
  private final double[] values;

  private SampledCurve(long[] iterations, double[] values) {
    this.iterations = iterations;
    this.values = values;
  }

  /**
   * A value at an update.
   *
   * @param iteration the update, counted from 0
   * @param value the value
   */
  public record Point(long iteration, double value) {}

  /**
   * What happens in a stretch of the run.
   *
   * @param first the value at its beginning
   * @param last the value at its end
   * @param least the least value
   * @param greatest the greatest value
   */
  public record Column(double first, double last, double least, double greatest) {}

  static SampledCurve of(LongToDoubleFunction schedule, long length, List<Boundary> boundaries) {
    LongStream even =
        length <= MOST
            ? LongStream.range(0, length)
            : LongStream.range(0, MOST).map(i -> Math.round((length - 1.0) * i / (MOST - 1)));
    LongStream around =
        boundaries.stream()
            .mapToLong(Boundary::iteration)
            .filter(boundary -> boundary <= length)
            .flatMap(boundary -> LongStream.rangeClosed(boundary - 1, boundary + 1))
            .filter(i -> 0 <= i && i < length);
    long[] iterations = LongStream.concat(even, around).sorted().distinct().toArray();
    return new SampledCurve(iterations, LongStream.of(iterations).mapToDouble(schedule).toArray());
  }

  /**
   * How many updates were read.
   *
   * @return at least 1
   */
  public int size() {
    return values.length;
  }

  /**
   * A value read.
   *
   * @param i its number, counted from 0
   * @return the value and where it was read
   */
  public Point point(int i) {
    return new Point(iterations[i], values[i]);
  }

  /**
   * The values read, without their places.
   *
   * @return a copy
   */
  public double[] values() {
    return values.clone();
  }

  /**
   * The least value, the first of several.
   *
   * @return where and what
   */
  public Point least() {
    return extreme(1);
  }

  /**
   * The greatest value, the first of several.
   *
   * @return where and what
   */
  public Point greatest() {
    return extreme(-1);
  }

  private Point extreme(int sign) {
    int found = 0;
    for (int i = 1; i < values.length; i++) {
      if (sign * values[i] < sign * values[found]) {
        found = i;
      }
    }
    return point(found);
  }

  /**
   * The run in stretches of equal length, for a plot. One in which nothing was read has the value
   * before.
   *
   * @param count how many
   * @return that many
   */
  public List<Column> columns(int count) {
    Column[] columns = new Column[count];
    int next = 0;
    double before = values[0];
    for (int c = 0; c < count; c++) {
      int first = next;
      while (next < values.length && column(next, count) <= c) {
        next++;
      }
      double[] within =
          first == next ? new double[] {before} : Arrays.copyOfRange(values, first, next);
      before = within[within.length - 1];
      columns[c] =
          new Column(
              within[0],
              before,
              Arrays.stream(within).min().orElseThrow(),
              Arrays.stream(within).max().orElseThrow());
    }
    return List.of(columns);
  }

  private int column(int i, int count) {
    double length = iterations[iterations.length - 1] + 1.0;
    return (int) Math.min(count - 1, Math.floor(iterations[i] / length * count));
  }

  /**
   * Fewer points that look the same in a chart of so many columns: of each column the first and the
   * last, the least and the greatest.
   *
   * @param count how many columns
   * @return at most four times as many points, in order
   */
  public List<Point> thinned(int count) {
    if (values.length <= 4 * count) {
      return IntStream.range(0, values.length).mapToObj(this::point).toList();
    }
    boolean[] kept = new boolean[values.length];
    int first = 0;
    while (first < values.length) {
      int least = first;
      int greatest = first;
      int next = first;
      while (next < values.length && column(next, count) == column(first, count)) {
        least = values[next] < values[least] ? next : least;
        greatest = values[next] > values[greatest] ? next : greatest;
        next++;
      }
      kept[first] = kept[next - 1] = kept[least] = kept[greatest] = true;
      first = next;
    }
    return IntStream.range(0, values.length).filter(i -> kept[i]).mapToObj(this::point).toList();
  }
}
