package dev.anneal.data.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TableWriterProperties {
  private static final Dialect DIALECT =
      new Dialect(UTF_8, false, false, ',', '"', '.', ',', Optional.empty(), 0, true, false);

  /** A column of some rows, without its name. */
  private record Unnamed(Function<String, Column> named) {}

  @Provide
  Arbitrary<Table> tables() {
    return Combinators.combine(Arbitraries.integers().between(1, 12), names())
        .flatAs((rows, names) ->
            Arbitraries.oneOf(numbers(rows), days(rows), texts(rows))
                .list()
                .ofSize(names.size())
                .map(columns -> table(names, columns, rows)));
  }

  private static Table table(List<String> names, List<Unnamed> columns, int rows) {
    return new Table(
        IntStream.range(0, names.size())
            .mapToObj(i -> columns.get(i).named().apply(names.get(i)))
            .toList(),
        rows,
        DIALECT);
  }

  /** Letters that mean something in some dialect, and names that do. */
  private static Arbitrary<List<String>> names() {
    return Arbitraries.oneOf(
            Arbitraries.of("1", "-1e5", "NA", "X", "Unnamed: 0", "sep=;", "2026-11-27", "?", "a;b"),
            awkward())
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  private static Arbitrary<String> awkward() {
    return Arbitraries.strings()
        .withChars("a1,;\t|\"' #%\n\r.\u00e4\u00a0")
        .ofMinLength(1)
        .ofMaxLength(6);
  }

  private static Arbitrary<Unnamed> numbers(int rows) {
    return numeric(Arbitraries.doubles(), Written.NUMBERS, rows);
  }

  private static Arbitrary<Unnamed> days(int rows) {
    return numeric(
        Arbitraries.longs()
            .between(-60_000_000_000L, 200_000_000_000L)
            .flatMap(seconds ->
                Arbitraries.of(0, 1, 500_000_000, 123_456_789)
                    .map(nanos -> LocalDateTime.ofEpochSecond(seconds, nanos, UTC).toString()))
            .map(Days.DAY_FIRST::of),
        Written.DATES,
        rows);
  }

  private static Arbitrary<Unnamed> numeric(Arbitrary<Double> values, Written written, int rows) {
    return values
        .optional(0.8)
        .list()
        .ofSize(rows)
        .map(list -> {
          double[] array = list.stream().mapToDouble(each -> each.orElse(Double.NaN)).toArray();
          int missing = (int) list.stream().filter(Optional::isEmpty).count();
          // Without any it is a column of numbers.
          Written as = missing == rows ? Written.NUMBERS : written;
          return new Unnamed(name -> new Numeric(name, as, array, missing));
        });
  }

  private static Arbitrary<Unnamed> texts(int rows) {
    return Arbitraries.oneOf(
            Arbitraries.of("1", "007", "1.50", "2026-11-27", "x", "NA", "none", "?", " "),
            awkward())
        .optional(0.8)
        .list()
        .ofSize(rows)
        .map(list -> {
          List<String> sorted =
              list.stream().flatMap(Optional::stream).distinct().sorted().toList();
          int[] codes =
              list.stream().mapToInt(each -> each.map(sorted::indexOf).orElse(-1)).toArray();
          int missing = (int) list.stream().filter(Optional::isEmpty).count();
          return new Unnamed(name -> new Categorical(name, sorted, codes, missing));
        });
  }

  /** All of it, with the bits of numbers: records of arrays are not compared. */
  private static String describe(Column column) {
    return switch (column) {
      case Numeric(String name, Written written, double[] values, int missing) ->
          "%s %s %d %s"
              .formatted(
                  name,
                  written,
                  missing,
                  Arrays.stream(values).mapToLong(Double::doubleToLongBits).boxed().toList());
      case Categorical(String name, List<String> categories, int[] codes, int missing) ->
          "%s %s %d %s".formatted(name, categories, missing, Arrays.toString(codes));
    };
  }

  @Property(tries = 500)
  void readsBackWhatWasWritten(@ForAll("tables") Table table) throws IOException {
    TableOptions options =
        TableOptions.builder()
            .separator(',')
            .decimal('.')
            .header(true)
            .rowNames(false)
            .texts(
                table.columns().stream()
                    .filter(Categorical.class::isInstance)
                    .map(Column::name)
                    .collect(toSet()))
            .build();
    Path folder = Files.createTempDirectory("tables");
    Path file = folder.resolve("t.csv");
    try {
      table.write(file);
      Table read = Table.read(file, options);
      assertEquals(
          table.columns().stream().map(TableWriterProperties::describe).toList(),
          read.columns().stream().map(TableWriterProperties::describe).toList());
      assertEquals(table.rows(), read.rows());
      assertEquals(table.dialect(), read.dialect());
      try (Stream<Path> left = Files.list(folder)) {
        assertEquals(List.of(file), left.toList());
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
