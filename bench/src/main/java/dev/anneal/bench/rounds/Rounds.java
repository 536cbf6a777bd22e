package dev.anneal.bench.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * All rounds of a measurement.
 *
 * @param all in the order in which they took place
 */
record Rounds(List<Round> all) {

  /** Reads the files {@code *.tsv} of a folder, whose names are in the order of the rounds. */
  static Rounds read(Path folder) throws IOException {
    List<Round> all = new ArrayList<>();
    for (Path file : files(folder)) {
      all.add(Round.read(file));
    }
    return new Rounds(all);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".tsv")).sorted().toList();
    }
  }

  /** How many times each program had its turn beside another. */
  int count() {
    return all.stream().mapToInt(Round::number).max().orElse(0);
  }

  /** Who was measured. */
  List<String> programs() {
    return all.stream().flatMap(Round::programs).distinct().toList();
  }

  /** The rows of a program, those of fewer threads first. */
  List<Row> rows(String program) {
    return all.stream()
        .flatMap(round -> round.rows(program))
        .distinct()
        .sorted(Comparator.comparingInt(Row::threads))
        .toList();
  }

  /** What a program said of a row in each round in which it had it. */
  double[] values(String program, Row row) {
    return all.stream().flatMapToDouble(round -> round.value(program, row).stream()).toArray();
  }

  /** One row of two programs. */
  Comparison compare(Row row, String first, String second) {
    return Comparison.of(row, all, first, second);
  }
}
