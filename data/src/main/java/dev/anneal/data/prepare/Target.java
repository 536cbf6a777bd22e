package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** What a model is to predict: a class, or a quantity. */
public sealed interface Target {
  /**
   * The column.
   *
   * @return its name
   */
  String name();

  /**
   * How many classes there are, as {@link dev.anneal.core.sample.Samples#classes} has them.
   *
   * @return 0 for a quantity
   */
  int classes();

  /**
   * The names of the classes.
   *
   * @return in the order of their codes; none for a quantity
   */
  List<String> names();

  /**
   * The labels of some rows.
   *
   * @param column the column, which may be of another table
   * @param rows which of its rows, each with a value
   * @return codes of classes, or what a quantity is for a model
   * @throws InputException if a class is unknown, or a quantity is no number; the message names the
   *     row
   */
  float[] labels(Column column, int[] rows);

  /**
   * One of some classes.
   *
   * @param name of the column
   * @param names of the classes, numbers by value and texts by their letters
   */
  record Classes(String name, List<String> names) implements Target {
    /** Copies the list. */
    public Classes {
      names = List.copyOf(names);
    }

    /** The classes of a column. */
    static Classes of(Column column) {
      List<String> names =
          switch (column) {
            case Categorical texts -> texts.categories();
            case Numeric numbers ->
                Arrays.stream(numbers.values())
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .distinct()
                    .mapToObj(value -> Cells.text(value, numbers.written()))
                    .toList();
          };
      if (names.size() < 2) {
        throw new InputException(
            "column \"%s\": all rows have %s; a model tells at least 2 classes apart"
                .formatted(
                    column.name(), names.isEmpty() ? "no value" : Cells.quoted(names.getFirst())));
      }
      return new Classes(column.name(), names);
    }

    @Override
    public int classes() {
      return names.size();
    }

    @Override
    public float[] labels(Column column, int[] rows) {
      IntFunction<String> texts = Cells.texts(column);
      float[] labels = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        labels[i] = code(texts.apply(rows[i]), rows[i]);
      }
      return labels;
    }

    /** Names are compared as numbers where they are: 1 and 1.0 are one class. */
    private int code(String text, int row) {
      int at = names.indexOf(text);
      OptionalDouble number = Numbers.parse(text);
      if (at < 0 && number.isPresent()) {
        at =
            IntStream.range(0, names.size())
                .filter(i -> Numbers.parse(names.get(i)).equals(number))
                .findFirst()
                .orElse(-1);
      }
      if (at < 0) {
        throw new InputException(
            "row %d: %s is none of the classes of \"%s\": %s"
                .formatted(row + 1, Cells.quoted(text), name, Messages.list(names)));
      }
      return at;
    }
  }

  /**
   * A number. Models predict how many deviations it is above the mean.
   *
   * @param name of the column
   * @param mean of the rows that train
   * @param deviation likewise, more than 0
   */
  record Quantity(String name, double mean, double deviation) implements Target {
    /** A column, as some of its rows have it. */
    static Quantity of(Column column, int[] rows) {
      if (!(column instanceof Numeric numbers)) {
        throw new InputException(
            "column \"%s\" has texts, and no quantity; leave out --task regression"
                .formatted(column.name()));
      }
      double[] values =
          Arrays.stream(rows)
              .mapToDouble(row -> Encoder.checked(column.name(), numbers.values()[row], row))
              .toArray();
      Scaling.Affine line = Scaling.STANDARD.learn(values);
      if (line.factor() == 0) {
        throw new InputException(
            "column \"%s\" is %s in all rows that train; there is nothing to predict"
                .formatted(column.name(), Cells.text(line.shift(), numbers.written())));
      }
      return new Quantity(column.name(), line.shift(), 1 / line.factor());
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public float[] labels(Column column, int[] rows) {
      if (!(column instanceof Numeric numbers)) {
        throw new InputException(
            "column \"%s\" has texts where the model was trained on numbers".formatted(name));
      }
      float[] labels = new float[rows.length];
      for (int i = 0; i < rows.length; i++) {
        labels[i] = (float) ((numbers.values()[rows[i]] - mean) / deviation);
      }
      return labels;
    }

    /**
     * The quantity that a model means.
     *
     * @param prediction what it predicts
     * @return in the unit of the column
     */
    public double restored(float prediction) {
      return mean + deviation * prediction;
    }
  }
}
