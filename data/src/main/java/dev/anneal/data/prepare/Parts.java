package dev.anneal.data.prepare;

import dev.anneal.core.sample.Samples;
import dev.anneal.data.RowParts;
import dev.anneal.data.Splitting;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A table, prepared and split. The preparation is learned from the rows that train alone.
 *
 * @param pipeline what was learned
 * @param training samples that train
 * @param validation samples that validate, if any
 * @param test samples that test, if any
 * @param leftOut rows without a target, or with something missing where such are dropped
 */
public record Parts(
    Pipeline pipeline,
    Samples training,
    Optional<Samples> validation,
    Optional<Samples> test,
    int leftOut) {
  /**
   * Prepares and splits.
   *
   * @param table the table
   * @param how it becomes samples
   * @param splitting which rows are in which part
   * @param seed decides which are drawn
   * @return the parts
   * @throws dev.anneal.api.InputException if a column is missing, the table does not fit the task,
   *     or a part has no rows
   */
  public static Parts of(Table table, Preparation how, Splitting splitting, long seed) {
    Fitting fitting = new Fitting(table, splitting.group().map(how::alsoWithout).orElse(how));
    int[] usable = fitting.usable();
    RowParts rows =
        splitting.deal(
            usable,
            fitting::classes,
            some -> groups(table.column(splitting.group().orElseThrow()), some),
            seed);
    Pipeline pipeline = fitting.fit(rows.training());
    return new Parts(
        pipeline,
        pipeline.samples(table, rows.training()),
        samples(pipeline, table, rows.validation()),
        samples(pipeline, table, rows.test()),
        table.rows() - usable.length);
  }

  private static Optional<Samples> samples(Pipeline pipeline, Table table, int[] rows) {
    return rows.length == 0 ? Optional.empty() : Optional.of(pipeline.samples(table, rows));
  }

  /** Numbers of the groups, in the order in which they come. */
  private static int[] groups(Column column, int[] rows) {
    IntFunction<String> texts = Cells.texts(column);
    Map<String, Integer> known = new HashMap<>();
    return IntStream.of(rows)
        .map(row -> known.computeIfAbsent(texts.apply(row), _ -> known.size()))
        .toArray();
  }
}
