package dev.anneal.data.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.core.sample.Samples;
import dev.anneal.data.RowParts;
import dev.anneal.data.SplitOrder;
import dev.anneal.data.Splitting;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import dev.anneal.data.table.Dialect;
import dev.anneal.data.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The laws of preparing a table, on tables of numbers and texts with holes. */
class PipelineProperties {
  private static final Dialect DIALECT =
      new Dialect(
          StandardCharsets.UTF_8,
          false,
          false,
          ',',
          '"',
          '.',
          ',',
          Optional.empty(),
          0,
          true,
          false);
  private static final List<String> COLOURS = List.of("blue", "green", "red");

  private static Table table(int rows, long seed) {
    Random random = new Random(seed);
    double[] numbers =
        random.doubles(rows).map(x -> x < 0.1 ? Double.NaN : 1e6 + 1000 * x).toArray();
    int[] colours = random.ints(rows, -1, COLOURS.size()).toArray();
    int[] kinds = IntStream.range(0, rows).map(i -> i % 2).toArray();
    return new Table(
        List.of(
            new Numeric("x", Written.NUMBERS, numbers, missing(numbers)),
            new Categorical("c", COLOURS, colours, (int) count(colours)),
            new Categorical("kind", List.of("a", "b"), kinds, 0)),
        rows,
        DIALECT);
  }

  private static int missing(double[] numbers) {
    return (int) Arrays.stream(numbers).filter(Double::isNaN).count();
  }

  private static long count(int[] codes) {
    return Arrays.stream(codes).filter(code -> code < 0).count();
  }

  private static Preparation preparation(Scaling scaling, boolean mean) {
    return Preparation.USUAL
        .withScaling(scaling)
        .withImputation(mean ? Imputation.MEAN : Imputation.MEDIAN);
  }

  private static float[] all(Samples samples) {
    int features = samples.features();
    float[] values = new float[samples.size() * features];
    IntStream.range(0, samples.size()).forEach(i -> samples.copy(i, values, i * features));
    return values;
  }

  /** Whatever stands in rows that validate and test, what is learned is the same. */
  @Property(tries = 100)
  void learnsFromTheRowsThatTrainAlone(
      @ForAll @IntRange(min = 20, max = 60) int rows,
      @ForAll long seed,
      @ForAll Scaling scaling,
      @ForAll boolean mean) {
    Table table = table(rows, seed);
    Splitting splitting =
        new Splitting(0.3, 0.2, SplitOrder.STRATIFIED, Optional.empty(), Optional.empty());
    Preparation how = preparation(scaling, mean);
    Fitting fitting = new Fitting(table, how);
    RowParts parts = splitting.deal(fitting.usable(), fitting::classes, some -> some, 1);
    Parts before = Parts.of(table, how, splitting, 1);
    for (Column column : table.columns().subList(0, 2)) {
      for (int[] hidden : List.of(parts.validation(), parts.test())) {
        for (int row : hidden) {
          switch (column) {
            case Numeric numbers -> numbers.values()[row] = -1e9 * row;
            case Categorical texts -> texts.codes()[row] = 0;
          }
        }
      }
    }
    Parts after = Parts.of(table, how, splitting, 1);
    assertEquals(before.pipeline().print(), after.pipeline().print());
    assertArrayEquals(all(before.training()), all(after.training()));
  }

  @Property(tries = 100)
  void readsBackTheSameBits(
      @ForAll @IntRange(min = 2, max = 40) int rows,
      @ForAll long seed,
      @ForAll Scaling scaling,
      @ForAll boolean mean) {
    Table table = table(rows, seed);
    Pipeline pipeline = Pipeline.fit(table, preparation(scaling, mean));
    Pipeline read = Pipeline.parse("text", pipeline.print());
    assertEquals(pipeline.print(), read.print());
    assertArrayEquals(all(pipeline.samples(table)), all(read.samples(table)));
  }

  @Property(tries = 50)
  void aRowIsTheSameAloneAndAmongOthers(
      @ForAll @IntRange(min = 2, max = 20) int rows, @ForAll long seed) {
    Table table = table(rows, seed);
    Pipeline pipeline = Pipeline.fit(table, Preparation.USUAL);
    float[] together = all(pipeline.samples(table));
    int features = pipeline.inputs().size();
    for (int row = 0; row < rows; row++) {
      assertArrayEquals(
          Arrays.copyOfRange(together, row * features, (row + 1) * features),
          all(pipeline.samples(table, new int[] {row})));
    }
  }

  @Property(tries = 50)
  void standardizedNumbersHaveMeanZeroAndDeviationOne(
      @ForAll @IntRange(min = 5, max = 60) int rows, @ForAll long seed) {
    Table table = table(rows, seed);
    Pipeline pipeline = Pipeline.fit(table, Preparation.USUAL);
    Samples samples = pipeline.samples(table);
    float[] row = new float[samples.features()];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < rows; i++) {
      samples.copy(i, row, 0);
      sum += row[0];
      squares += row[0] * row[0];
    }
    assertEquals(0, sum / rows, 1e-5);
    assertEquals(1, squares / rows, 1e-5);
  }
}
