package dev.anneal.bench.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What programs said when each had its turn once, minutes apart at most.
 *
 * @param number from 1; programs that take turns in pairs have a round for each pair
 * @param lines in the order in which they were said
 */
record Round(int number, List<Line> lines) {
  /** Says how busy the machine was. */
  private static final String MACHINE = "machine";

  private static final String LOAD = "load";
  private static final String OTHERS = "others";

  /** Reads a file whose name begins with the number. */
  static Round read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      int number = Integer.parseInt(file.getFileName().toString().split("\\D", 2)[0]);
      return new Round(number, lines.map(Line::parse).flatMap(Optional::stream).toList());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  Stream<String> programs() {
    return lines.stream().map(Line::program).filter(name -> !name.equals(MACHINE)).distinct();
  }

  /** The rows of a program. */
  Stream<Row> rows(String program) {
    return lines.stream().filter(line -> line.program().equals(program)).map(Line::row).distinct();
  }

  /** The median of what a program said of a row, which it may have measured several times. */
  OptionalDouble value(String program, Row row) {
    double[] values =
        lines.stream()
            .filter(line -> line.program().equals(program) && line.row().equals(row))
            .mapToDouble(Line::value)
            .toArray();
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(values));
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** How fast the machine was on so many threads, once for each process that looked. */
  DoubleStream ceilings(int threads) {
    return lines.stream().filter(line -> line.row().isCeiling(threads)).mapToDouble(Line::value);
  }

  /** The load average before the round: our own work of a minute ago is in it. */
  DoubleStream load() {
    return machine(LOAD);
  }

  /** How many processors others had in use during the round. */
  DoubleStream others() {
    return machine(OTHERS);
  }

  private DoubleStream machine(String what) {
    return lines.stream()
        .filter(line -> line.program().equals(MACHINE) && line.row().what().equals(what))
        .mapToDouble(Line::value);
  }
}
