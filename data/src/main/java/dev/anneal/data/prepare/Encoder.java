package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Makes inputs of a column: a number of one, or one of several that is 1 while the others are 0. It
 * gives one number a row, which is that input, or which of the several it is.
 */
sealed interface Encoder {
  /** None of several inputs: all are 0. */
  int NONE = -1;

  /** The name of the column. */
  String name();

  /** The names of the inputs, as many as there are. */
  List<String> inputs();

  /** Whether a row's number is which of the inputs is 1, and not the input itself. */
  default boolean isOneOfSeveral() {
    return true;
  }

  /** Gives the number of each row of a column, which may be that of another table. */
  Encoded of(Column column);

  /** The numbers of a column. */
  @FunctionalInterface
  interface Encoded {
    float at(int row);
  }

  /** Whether a row has something that was not seen in training. */
  default boolean isUnseen(float encoded) {
    return false;
  }

  /**
   * Of numbers.
   *
   * @param written as what
   * @param fill stands for a missing one
   */
  record Quantity(String name, Written written, OptionalDouble fill, double shift, double factor)
      implements Encoder {
    /** Learns from some rows of a column. */
    static Quantity learn(Numeric column, int[] rows, Scaling scaling, Imputation imputation) {
      double[] all =
          Arrays.stream(rows)
              .mapToDouble(row -> checked(column.name(), column.values()[row], row))
              .toArray();
      double[] present =
          Arrays.stream(all).filter(value -> !Double.isNaN(value)).sorted().toArray();
      if (present.length == 0) {
        return new Quantity(column.name(), column.written(), OptionalDouble.of(0), 0, 0);
      }
      OptionalDouble fill = imputation.learn(present);
      double[] filled =
          fill.isEmpty()
              ? present
              : Arrays.stream(all)
                  .map(value -> Double.isNaN(value) ? fill.getAsDouble() : value)
                  .sorted()
                  .toArray();
      Scaling.Affine line = scaling.learn(filled);
      return new Quantity(column.name(), column.written(), fill, line.shift(), line.factor());
    }

    @Override
    public List<String> inputs() {
      return List.of(name);
    }

    @Override
    public boolean isOneOfSeveral() {
      return false;
    }

    @Override
    public Encoded of(Column column) {
      return switch (column) {
        case Numeric numbers -> row -> encode(numbers.values()[row], row);
        case Categorical texts -> ofTexts(texts);
      };
    }

    /** Numbers among texts: a column of a small table may be taken for something else. */
    private Encoded ofTexts(Categorical texts) {
      OptionalDouble[] numbers =
          texts.categories().stream().map(written::number).toArray(OptionalDouble[]::new);
      return row -> {
        int code = texts.codes()[row];
        if (code >= 0 && numbers[code].isEmpty()) {
          throw new InputException(
              "row %d: column \"%s\" has %s where the model was trained on %s"
                  .formatted(
                      row + 1,
                      name,
                      Cells.quoted(texts.categories().get(code)),
                      written.isDays() ? "days" : "numbers"));
        }
        return encode(code < 0 ? Double.NaN : numbers[code].getAsDouble(), row);
      };
    }

    private float encode(double value, int row) {
      double present = Double.isNaN(value) ? fill.orElseThrow(() -> missing(name, row)) : value;
      float encoded = (float) ((checked(name, present, row) - shift) * factor);
      if (!Float.isFinite(encoded)) {
        throw new InputException(
            "row %d: column \"%s\" has %s, which is too far from what it had in training"
                .formatted(row + 1, name, Numbers.print(value)));
      }
      return encoded;
    }
  }

  /**
   * Of texts: an input for each.
   *
   * @param missing whether one more stands for nothing
   */
  record Category(String name, List<String> categories, boolean missing) implements Encoder {
    public Category {
      categories = List.copyOf(categories);
    }

    /** Learns from some rows of a column. */
    static Category learn(Categorical column, int[] rows) {
      boolean[] seen = new boolean[column.categories().size()];
      boolean missing = false;
      for (int row : rows) {
        int code = column.codes()[row];
        missing |= code < 0;
        if (code >= 0) {
          seen[code] = true;
        }
      }
      return new Category(
          column.name(),
          IntStream.range(0, seen.length)
              .filter(code -> seen[code])
              .mapToObj(column.categories()::get)
              .toList(),
          missing);
    }

    @Override
    public List<String> inputs() {
      List<String> inputs = new ArrayList<>();
      categories.forEach(category -> inputs.add(name + "=" + category));
      if (missing) {
        inputs.add(name + "=");
      }
      return inputs;
    }

    @Override
    public boolean isUnseen(float encoded) {
      return encoded == NONE;
    }

    @Override
    public Encoded of(Column column) {
      Map<String, Integer> known = new HashMap<>();
      for (int i = 0; i < categories.size(); i++) {
        known.put(categories.get(i), i);
      }
      if (missing) {
        known.put("", categories.size());
      }
      if (column instanceof Categorical texts) {
        int[] codes =
            texts.categories().stream().mapToInt(text -> known.getOrDefault(text, NONE)).toArray();
        int absent = known.getOrDefault("", NONE);
        return row -> texts.codes()[row] < 0 ? absent : codes[texts.codes()[row]];
      }
      IntFunction<String> texts = Cells.texts(column);
      return row -> known.getOrDefault(texts.apply(row), NONE);
    }
  }

  /**
   * Of texts, of which there are many: those with the same remainder share an input. A missing one
   * has that of the empty text.
   *
   * @param size how many inputs
   */
  record Hash(String name, int size) implements Encoder {
    @Override
    public List<String> inputs() {
      return IntStream.range(0, size).mapToObj(i -> name + "#" + i).toList();
    }

    @Override
    public Encoded of(Column column) {
      IntFunction<String> texts = Cells.texts(column);
      return row -> {
        CRC32 crc = new CRC32();
        crc.update(texts.apply(row).getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % size;
      };
    }
  }

  /** A number that models can be given. */
  static double checked(String name, double value, int row) {
    if (Math.abs(value) > Float.MAX_VALUE) {
      throw new InputException(
          "row %d: column \"%s\" has %s, which is too large; the limit is 3.4e38"
              .formatted(row + 1, name, Numbers.print(value)));
    }
    return value;
  }

  static InputException missing(String name, int row) {
    return new InputException(
        "row %d: column \"%s\" has no value; give it one, or train with --missing median"
            .formatted(row + 1, name));
  }
}
