package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a table is to become samples.
 *
 * @param target the name of the column to predict; without one the last
 * @param drop names of columns that are left out; in one text several with commas between them,
 *     unless that is the name of one
 * @param task what is predicted; without one as the target looks like ({@link Task#of})
 * @param scaling of numbers
 * @param imputation of numbers that are missing
 * @param hashed columns of texts that are hashed, and to how many inputs each
 */
public record Preparation(
    Optional<String> target,
    List<String> drop,
    Optional<Task> task,
    Scaling scaling,
    Imputation imputation,
    Map<String, Integer> hashed) {
  /** The last column is predicted, numbers are standardized, medians stand for missing ones. */
  public static final Preparation USUAL =
      new Preparation(
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Scaling.STANDARD,
          Imputation.MEDIAN,
          Map.of());

  /** Copies and checks. */
  public Preparation {
    drop = List.copyOf(drop);
    hashed = Map.copyOf(hashed);
    hashed.forEach((name, inputs) -> {
      if (inputs < 1) {
        throw new InputException(
            "column \"%s\" is hashed to at least 1 input, not %d".formatted(name, inputs));
      }
    });
  }

  /**
   * The column of a table that is predicted.
   *
   * @param table the table
   * @return its place
   * @throws InputException if there is none of the name
   */
  public int targetOf(Table table) {
    return table.columns().indexOf(new Fitting(table, this).target());
  }

  /**
   * The same for another column to predict.
   *
   * @param name of the column
   * @return a copy
   */
  public Preparation withTarget(String name) {
    return new Preparation(Optional.of(name), drop, task, scaling, imputation, hashed);
  }

  /**
   * The same without some columns.
   *
   * @param names of the columns
   * @return a copy
   */
  public Preparation withDropped(String... names) {
    return new Preparation(target, List.of(names), task, scaling, imputation, hashed);
  }

  /**
   * The columns of a table that are left out.
   *
   * @param table the table
   * @return their names
   */
  public List<String> dropped(Table table) {
    List<String> names = table.columns().stream().map(Column::name).toList();
    return drop.stream()
        .flatMap(text ->
            names.contains(text)
                ? Stream.of(text)
                : Arrays.stream(text.split(",", -1)).map(String::strip))
        .distinct()
        .toList();
  }

  /** The same with one more column left out. */
  Preparation alsoWithout(String name) {
    List<String> names = Stream.concat(drop.stream(), Stream.of(name)).distinct().toList();
    return new Preparation(target, names, task, scaling, imputation, hashed);
  }

  /**
   * The same for another task.
   *
   * @param wanted the task
   * @return a copy
   */
  public Preparation withTask(Task wanted) {
    return new Preparation(target, drop, Optional.of(wanted), scaling, imputation, hashed);
  }

  /**
   * The same with another scale.
   *
   * @param wanted the scaling
   * @return a copy
   */
  public Preparation withScaling(Scaling wanted) {
    return new Preparation(target, drop, task, wanted, imputation, hashed);
  }

  /**
   * The same with others in the place of missing values.
   *
   * @param wanted the imputation
   * @return a copy
   */
  public Preparation withImputation(Imputation wanted) {
    return new Preparation(target, drop, task, scaling, wanted, hashed);
  }

  /**
   * The same with a column hashed.
   *
   * @param column its name
   * @param inputs to how many
   * @return a copy
   */
  public Preparation withHashed(String column, int inputs) {
    return new Preparation(target, drop, task, scaling, imputation, Map.of(column, inputs));
  }
}
