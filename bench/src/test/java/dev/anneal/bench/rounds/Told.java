package dev.anneal.bench.rounds;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Rounds as tests write them: {@code |} for the tabs. */
final class Told {
  private Told() {}

  static Round round(int number, String... lines) {
    return new Round(
        number,
        Arrays.stream(lines)
            .map(line -> Line.parse(line.replace('|', '\t')))
            .flatMap(Optional::stream)
            .toList());
  }

  /** The same lines in some rounds. */
  static Rounds rounds(int count, String... lines) {
    return new Rounds(
        IntStream.rangeClosed(1, count).mapToObj(number -> round(number, lines)).toList());
  }
}
